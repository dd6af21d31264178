"""Messages become part of something that lasts, and say so in their rooms. Whether somebody may do that was asked where
it was done: the wiring calls this."""

from collections import Counter
from collections.abc import Collection, Iterable

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from chat.actions.posting import locked
from chat.broadcasts import message_changed
from chat.models import Kept, Message, Room


@transaction.atomic
def keep_messages(kind: str, thing: int, ids: Iterable[int]) -> None:
    """The thing ``kind`` ``thing`` quotes these messages and no others. Each that says something else than before
    takes a version of its room, under the room's lock."""
    wanted = set(ids)
    before = set(Kept.objects.filter(kind=kind, thing=thing).values_list("message", flat=True))
    if wanted == before:
        return
    places = dict(Message.objects.filter(pk__in=wanted ^ before).values_list("pk", "room"))
    rooms = locked(places.values())
    Kept.objects.filter(kind=kind, thing=thing, message__in=before - wanted).delete()
    rows = [Kept(kind=kind, thing=thing, message_id=pk, room_id=places[pk]) for pk in sorted(wanted - before)]
    Kept.objects.bulk_create(rows, ignore_conflicts=True)
    mark(places, rooms)


def mark(ids: Collection[int], rooms: dict[int, Room]) -> None:
    """Let each of these say whether it is kept."""
    still = set(Kept.objects.filter(message__in=ids).values_list("message", flat=True))
    moved: Counter[int] = Counter()
    for message in Message.objects.filter(pk__in=ids).with_author().order_by("room", "number"):
        if (message.kept_at is not None) == (message.pk in still):
            continue
        room = message.room = rooms[message.room_id]
        moved[room.pk] += 1 if message.pk in still else -1
        message.kept_at = timezone.now() if message.pk in still else None
        room.version += 1
        message.version = room.version
        message.save(update_fields=["kept_at", "version"])
        message_changed(message)
    for pk, change in moved.items():
        room = rooms[pk]
        room.save(update_fields=["version"])
        Room.objects.filter(pk=pk).update(kept_count=F("kept_count") + change)
