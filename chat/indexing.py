"""Makes messages findable, behind what is said: each room is followed by its version. So edits and deletions come by
the same way, a crash loses nothing, and posting takes no longer for it."""

from time import monotonic

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from chat.models import Findable, Message, Room, TakenUp
from chat.models.findable import key_of
from chat.text import words_of
from search.analysis import terms

BATCH = 1000
"""Messages of one transaction: on SQLite nobody else writes as long as it takes, so their words are read before it."""
PACE = 1.0
"""Seconds between two rounds at least, where nothing waits."""

_last_round = [0.0]


def keep_up() -> int:
    """For a worker that calls it over and over: a batch from each room that has moved. How many messages."""
    if monotonic() - _last_round[0] < PACE:
        return 0
    done = sum(take_up(room) for room in behind())
    if not done:
        _last_round[0] = monotonic()
    return done


def work_off() -> int:
    """Everything, at once; how many messages."""
    done = 0
    while rooms := behind():
        done += sum(take_up(room) for room in rooms)
    return done


def start_over() -> None:
    """Let every room be taken up again from its first message; what is findable stays so until it is its turn."""
    TakenUp.objects.all().delete()


def behind() -> list[Room]:
    """The rooms that have moved since they were last taken up, each with where that was."""
    rooms = Room.objects.annotate(indexed=Coalesce(F("taken_up__version"), 0), swept=Coalesce(F("taken_up__floor"), 0))
    return list(rooms.filter(Q(version__gt=F("indexed")) | Q(floor__gt=F("swept"))).order_by("pk"))


def take_up(room: Room) -> int:
    """One batch of a room (of ``behind``), in the order of its versions. Nothing where another process was quicker."""
    begun: int = room.indexed  # type: ignore[attr-defined]  # annotated by behind
    changed = Message.objects.filter(room=room, version__gt=begun, version__lte=room.version)
    found = list(changed.order_by("version")[:BATCH])
    reached = found[-1].version if len(found) == BATCH else room.version
    rows = [findable(one) for one in found if not one.deleted_at and one.number > room.floor]
    with transaction.atomic():
        TakenUp.objects.get_or_create(room=room)
        place = TakenUp.objects.filter(room=room, version=begun, floor=room.swept)  # type: ignore[attr-defined]
        if not place.update(version=reached, floor=room.floor):
            return 0
        if room.floor > room.swept:  # type: ignore[attr-defined]  # annotated by behind
            Findable.objects.filter(room=room, message__number__lte=room.floor).delete()
        forget(found)
        # should two messages ever have one key, it is better that one is not found than that the room is stuck
        Findable.objects.bulk_create(rows, ignore_conflicts=True)
    return len(found)


def forget(messages: list[Message]) -> None:
    """Let these be found no more: at once where words are taken back or changed."""
    Findable.objects.filter(pk__in=[key_of(message) for message in messages]).delete()


def findable(message: Message) -> Findable:
    """What search knows of a message."""
    return Findable(
        key=key_of(message),
        message=message,
        room_id=message.room_id,
        author_id=message.author_id,
        terms=" ".join(terms_of(said_in(message), message.language)),
        has_link="<a " in message.html,
    )


def said_in(message: Message) -> str:
    """Its words, and the names of its files."""
    return "\n".join([words_of(message.body, message.html), *(file["name"] for file in message.attachments)])


def terms_of(text: str, language: str) -> list[str]:
    """The terms of a text; ``_`` parts words here, since it does in PostgreSQL's parser."""
    return terms(text.replace("_", " "), language)
