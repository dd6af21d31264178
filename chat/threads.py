"""Threads as their readers see them: what stands under a root, one thread's own messages, and the list of those
followed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Q, When

from accounts.models import User
from chat.models import Mention, Message, Room, ThreadMarker
from chat.models.thread import newest_in
from chat.pages import Window
from chat.quotes import Quote, quote_of
from partnerships.permissions import Reach

PAGE = 50
"""Messages of a thread on one page."""
LISTED = 30
"""Threads on one page of the list."""
READ_LAST = Case(When(unread=0, then=1), default=0)


@dataclass(frozen=True)
class Replies:
    """What stands under message ``root``: how many answers, and when and where the last one."""

    root: int
    count: int
    last_number: int
    last_at: datetime


def replies_under(room: Room, messages: Iterable[Message]) -> dict[int, Replies]:
    """For those of ``messages`` that began a thread, by number; one query."""
    roots = [message.number for message in messages if not message.thread]
    rows = newest_in(room, roots) if roots else ()
    found = (Replies(row["thread"], row["count"], row["last_number"], row["last_at"]) for row in rows)  # type: ignore[arg-type]  # values() loses their types
    return {one.root: one for one in found}


def thread_window(room: Room, root: int, *, before: int | None = None, around: int | None = None) -> Window:
    """The last messages of a thread without its root, those before a number, or from a number on. ``more`` tells of
    earlier ones, or of later ones after ``around``."""
    rows = Message.objects.filter(room=room, thread=root, number__gt=room.floor).with_author()
    if around is not None:
        found = list(rows.filter(number__gte=around).order_by("number")[: PAGE + 1])
        shown = found[:PAGE]
    else:
        newest = rows if before is None else rows.filter(number__lt=before)
        found = list(newest.order_by("-number")[: PAGE + 1])
        shown = found[:PAGE][::-1]
    Mention.objects.load(shown)
    return Window(shown, len(found) > PAGE)


def own_marker(user: User, room: Room, root: int) -> ThreadMarker | None:
    """The marker of somebody who follows the thread, with its ``unread``."""
    return ThreadMarker.objects.followed().with_unread(user).filter(room=room, root=root).first()


@dataclass(frozen=True)
class Followed:
    """A thread in the list: its ``root`` in few words, and what is unread in it."""

    room: Room
    root: Quote
    unread: int
    last_number: int
    last_at: datetime

    @property
    def href(self) -> str:
        """The page of the thread."""
        return f"{self.room.get_absolute_url()}{self.root.number}/thread/"


def followed_by(user: User, page: int = 1) -> tuple[list[Followed], bool]:
    """One page of the threads that ``user`` follows, those with unread messages first, then by their last message;
    and whether there are more. Three queries."""
    markers = ThreadMarker.objects.followed().with_unread(user).filter(last_number__isnull=False)  # type: ignore[misc]  # annotated
    start = (page - 1) * LISTED
    rows = list(markers.order_by(READ_LAST, "-last_at", "-pk")[start : start + LISTED + 1])
    roots = roots_of(rows[:LISTED], user)
    rooms = Room.objects.with_place().in_bulk({one.room_id for one in rows})
    shown = [
        Followed(rooms[one.room_id], roots[one.room_id, one.root], one.unread, one.last_number, one.last_at)  # type: ignore[attr-defined]  # annotated by with_unread
        for one in rows[:LISTED]
        if (one.room_id, one.root) in roots
    ]
    return shown, len(rows) > LISTED


def roots_of(markers: Sequence[ThreadMarker], reader: User) -> dict[tuple[int, int], Quote]:
    """The first words of each thread."""
    rule = Q(pk__in=[])
    for one in markers:
        rule |= Q(room=one.room_id, number=one.root)
    found = Message.objects.filter(rule).with_author() if markers else ()
    return {(one.room_id, one.number): quote_of(one, reader) for one in found}


def unread_threads(user: User, reach: Reach) -> int:
    """In how many of the threads that ``user`` follows there is something unread."""
    return ThreadMarker.objects.followed().with_unread(user, reach).filter(unread__gt=0).count()  # type: ignore[misc]  # annotated
