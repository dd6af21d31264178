"""Drafts: the newest words stand, and older ones that another device wrote are kept beside them."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from chat.actions.posting import BIGGEST, Refused
from chat.models import Draft, Room
from chat.models.draft import ROOM_ITSELF
from chat.permissions import can_post
from chat.text import problem
from partnerships.permissions import Reach

LONGEST = 20_000
"""Characters of a draft: more than a message takes, since it may become two."""
MOST_OTHER = 40_000
"""Characters kept beside it; of more than that, the newest."""


@dataclass(frozen=True)
class Typed:
    """What a device has typed. ``since`` is the version that it knew (0 for none), ``written_at`` when it was typed.
    ``settled`` says that the other words were taken or thrown away there."""

    body: str
    since: int = 0
    reply_to: int | None = None
    written_at: datetime | None = None
    settled: bool = False


def own_draft(user: User, room: Room, thread: int = ROOM_ITSELF) -> Draft | None:
    """What ``user`` has begun to write there. ``room`` is visible to them."""
    return Draft.objects.filter(user=user, room=room, thread=thread).first()


@transaction.atomic
def save_draft(user: User, room_id: int, typed: Typed, thread: int = ROOM_ITSELF) -> Draft | Refused:
    """Keep what was typed, and say what stands now. Where a device did not know of what another wrote, the words
    written last stand and the others are kept in ``other``."""
    reach = Reach.of(user)
    room = Room.objects.visible_to(user, reach).with_place().filter(pk=min(room_id, BIGGEST)).first()
    if room is None:
        return Refused("not_found")
    if typed.body.strip() and not can_post(reach, room):
        return Refused("read_only")
    if problem(typed.body) == "bad_text":
        return Refused("bad_text")
    if len(typed.body) > LONGEST:
        return Refused("too_long")
    return settle(locked_draft(user, room, thread), typed)


def forget_draft(user: User, room: Room, since: int, thread: int = ROOM_ITSELF) -> None:
    """It was sent. What another device has written since stays."""
    if own_draft(user, room, thread) is not None:
        save_draft(user, room.pk, Typed("", since), thread)


def locked_draft(user: User, room: Room, thread: int) -> Draft:
    """The row, its lock held until the transaction ends."""
    place = {"user": user, "room": room, "thread": thread}
    Draft.objects.get_or_create(**place, defaults={"version": 0, "written_at": timezone.now()})
    return Draft.objects.select_for_update(of=("self",)).get(**place)


def settle(draft: Draft, typed: Typed) -> Draft:
    """What stands after ``typed``."""
    now = timezone.now()
    written_at = min(typed.written_at or now, now)
    if typed.settled:
        draft.other = ""
    if draft.version == typed.since or draft.body.strip() == typed.body.strip():
        put(draft, typed, written_at)
    elif typed.body.strip():
        keep_both(draft, typed, written_at)
    draft.version += 1
    draft.save()
    return draft


def put(draft: Draft, typed: Typed, written_at: datetime) -> None:
    """These words stand now."""
    words = typed.body if typed.body.strip() else ""
    draft.body, draft.reply_to, draft.written_at = words, typed.reply_to if words else None, written_at


def keep_both(draft: Draft, typed: Typed, written_at: datetime) -> None:
    """The words written last stand, the others are offered beside them."""
    older = typed.body
    if not draft.body or written_at >= draft.written_at:
        older = draft.body
        put(draft, typed, written_at)
    if older and older not in draft.body:
        draft.other = "\n\n".join(filter(None, [draft.other, older]))[-MOST_OTHER:]
