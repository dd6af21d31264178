"""How far somebody has read: markers move forward by reading, back by asking, and begin at the room's end."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from chat.broadcasts import marker_moved, topic
from chat.models import ReadMarker, Room
from notifications.actions import settle


def join_rooms(user: User, rooms: Iterable[Room]) -> None:
    """Begin a marker at the end of each room where ``user`` has none yet."""
    ReadMarker.objects.bulk_create(
        [ReadMarker(user=user, room=room, last_read_number=room.message_count) for room in rooms],
        ignore_conflicts=True,
    )


@transaction.atomic
def mark_read(user: User, room: Room, number: int) -> int:
    """Everything up to ``number`` is read. The marker moves forward only, never past the last message, and what the
    person was told of these messages is settled. Returns where it stands; their other devices hear of a move."""
    upto = min(number, room.message_count)
    settle(user, topic(room.pk), upto)
    return move(user, room, upto, Q(last_read_number__lt=upto))


@transaction.atomic
def mark_unread(user: User, room: Room, number: int) -> int:
    """What comes after ``number`` is unread again. The marker moves back only. Returns where it stands."""
    return move(user, room, max(number, 0), Q(last_read_number__gt=max(number, 0)), back=True)


def move(user: User, room: Room, number: int, only_if: Q, *, back: bool = False) -> int:
    """Put the marker at ``number`` where ``only_if`` holds."""
    join_rooms(user, [room])
    markers = ReadMarker.objects.filter(user=user, room=room)
    if markers.filter(only_if).update(last_read_number=number):
        marker_moved(user.pk, room.pk, number, back=back)
        return number
    return markers.values_list("last_read_number", flat=True).get()
