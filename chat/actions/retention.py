"""How long a room's messages are kept: set with notice, undone until it takes effect, and carried out day by day."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from chat.actions.files import drop_files_of
from chat.actions.posting import Refused, locked
from chat.broadcasts import room_changed
from chat.models import Deletion, Findable, Mention, Message, Question, Reaction, ReadMarker, Retention, Revision, Room
from chat.models.kept import FOR_EVER, YEARS
from chat.models.message import SPARED
from chat.noting import RETENTION, post_note
from chat.permissions import can_moderate
from partnerships.permissions import Reach

NOTICE = timedelta(days=30)
"""The room is told so long before anything goes."""
BATCH = 500


@dataclass(frozen=True)
class Preview:
    """What a rule would take: ``going`` messages from before ``cutoff``, on ``day``; ``spared`` of that age stay."""

    years: int
    day: datetime
    cutoff: datetime | None
    going: int = 0
    spared: int = 0


def set_retention(user: User, room_id: int, years: int) -> Refused | None:
    """Keep the messages of a room for so many years (0: for ever). Keeping them longer holds at once; a shorter time
    after ``NOTICE``. The room is told. Coordinators of the place may, and who runs its network."""
    return changed(user, room_id, years) if years in dict(YEARS) else Refused("bad_frame")


def undo_retention(user: User, room_id: int) -> Refused | None:
    """Take a shorter time back before it takes effect."""
    return changed(user, room_id, None)


@transaction.atomic
def changed(user: User, room_id: int, years: int | None) -> Refused | None:
    """Under the room's lock: ``years`` are wanted from now on, or what holds now (None)."""
    room = locked([room_id]).get(room_id)
    reach = Reach.of(user)
    if room is None or not Room.objects.visible_to(user, reach).filter(pk=room_id).exists():
        return Refused("not_found")
    if not can_moderate(reach, room):
        return Refused("forbidden")
    now = timezone.now()
    rule, _ = Retention.objects.get_or_create(room=room, defaults={"set_by": user, "set_at": now})
    wanted = rule.years if years is None else years
    before = (rule.years, rule.next_years)
    shorter = span(wanted) < span(rule.years)
    rule.years = rule.years if shorter else wanted
    rule.next_years = wanted if shorter else None
    if (rule.years, rule.next_years) == before:
        return None
    rule.next_at = now + NOTICE if shorter else None
    rule.set_by, rule.set_at = user, now
    rule.save()
    begins = {"from": timezone.localdate(rule.next_at).isoformat()} if rule.next_at else {}
    post_note(room, user, {"kind": RETENTION, "years": wanted, **begins})
    return None


def span(years: int) -> float:
    """For comparing: for ever is longest."""
    return years if years != FOR_EVER else float("inf")


def preview(room: Room, years: int, now: datetime | None = None) -> Preview:
    """What would go if this was set now."""
    day = (now or timezone.now()) + NOTICE
    if years == FOR_EVER:
        return Preview(years, day, None)
    cutoff = years_before(day, years)
    old = Message.objects.filter(room=room, number__gt=room.floor, number__lte=last_before(room, cutoff))
    spared = old.filter(SPARED, deleted_at=None).count()
    return Preview(years, day, cutoff, old.filter(deleted_at=None).count() - spared, spared)


def years_before(moment: datetime, years: int) -> datetime:
    """The same day so many years ago; the last of February for its 29th."""
    try:
        return moment.replace(year=moment.year - years)
    except ValueError:
        return moment.replace(year=moment.year - years, day=28)


def last_before(room: Room, cutoff: datetime) -> int:
    """The number of the last message that is older. Time never runs backwards in a room, so a few looks find it."""
    low, high = room.floor, room.message_count
    while low < high:
        middle = (low + high + 1) // 2
        posted_at = Message.objects.filter(room=room, number=middle).values_list("posted_at", flat=True).get()
        low, high = (middle, high) if posted_at < cutoff else (low, middle - 1)
    return low


def carry_out(now: datetime) -> int:
    """Every rule that holds by ``now``: shorter times take effect, floors rise, and what lies below is emptied; how
    many messages. It may be called again at any moment, and goes on where it was ended."""
    for rule in Retention.objects.filter(next_at__lte=now):
        due = Retention.objects.filter(pk=rule.pk, next_years=rule.next_years, next_at=rule.next_at)
        due.update(years=rule.next_years, next_years=None, next_at=None)
    emptied = 0
    for rule in Retention.objects.exclude(years=FOR_EVER).select_related("room").order_by("pk"):
        raise_floor(rule.room_id, last_before(rule.room, years_before(now, rule.years)))
        while some := empty_below(rule.room_id):
            emptied += some
    return emptied


@transaction.atomic
def raise_floor(room_id: int, number: int) -> None:
    """Everything up to ``number`` is gone for readers, but what is spared. One version of the room, however much it is;
    what somebody had not read of it is unread no more."""
    room = locked([room_id])[room_id]
    if number <= room.floor:
        return
    room.floor = number
    room.version += 1
    room.state_version = room.version
    room.save(update_fields=["floor", "version", "state_version"])
    ReadMarker.objects.filter(room=room, last_read_number__lt=number).update(last_read_number=number)
    room_changed(room)


@transaction.atomic
def empty_below(room_id: int) -> int:
    """Take the words, signs, files and earlier wordings of some messages below the floor that are not spared; how many
    messages. Their rows stay, so that numbers and ``client_id`` hold."""
    room = locked([room_id])[room_id]
    below = Message.objects.filter(room=room, number__lte=room.floor, deleted_at=None).exclude(SPARED)
    some = list(below.order_by("number").values_list("pk", flat=True)[:BATCH])
    if not some:
        return 0
    for rows in (Reaction, Mention, Revision, Question, Findable, Deletion):
        rows.objects.filter(message__in=some).delete()
    drop_files_of(some)
    gone: dict[str, Any] = {"body": "", "html": "", "reactions": [], "attachments": []}
    gone |= {"question": None, "note": None, "calls": None, "edited_at": None}
    Message.objects.filter(pk__in=some).update(**gone, deleted_at=timezone.now())
    still = Question.objects.open().filter(room=room).count()
    Room.objects.filter(pk=room_id).update(open_questions=still)
    return len(some)
