"""Who follows a thread: whoever begins or answers one, and whoever asks to, until they leave it."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from chat.broadcasts import thread_marker_moved
from chat.models import Message, Room, ThreadMarker
from chat.notices import thread_read


@transaction.atomic
def follow_thread(user: User, room: Room, root: int, *, on: bool) -> bool:
    """Follow the thread that message ``root`` begins, or leave it. Whoever follows it anew has read it up to its end.
    False where there is no such message."""
    begun = Message.objects.filter(room=room, number=min(root, room.message_count), thread=None).exists()
    if not begun or root <= 0 or root > room.message_count:
        return False
    if on:
        marker = ThreadMarker(user=user, room=room, root=root, last_read_number=room.message_count)
        ThreadMarker.objects.begin([marker])
    else:
        ThreadMarker.objects.filter(user=user, room=room, root=root, left_at=None).update(left_at=timezone.now())
    return True


@transaction.atomic
def mark_thread_read(user: User, room: Room, root: int, number: int) -> int:
    """Everything in the thread up to ``number`` is read. The marker moves forward only, never past the room's last
    message, and what the person was told of these messages is settled; the room's own marker stays where it is.
    Returns where the thread's stands: whoever does not follow it has none, and nothing moves."""
    upto = min(number, room.message_count)
    thread_read(user, room, root, upto)
    markers = ThreadMarker.objects.filter(user=user, room=room, root=min(root, room.message_count))
    if markers.filter(last_read_number__lt=upto).update(last_read_number=upto):
        thread_marker_moved(user.pk, room.pk, root, upto)
    return markers.values_list("last_read_number", flat=True).first() or upto
