"""What stands under the bell: what a person was told and may still see, a window at a time, and how much is new."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from babel.dates import format_date
from django.utils import timezone, translation
from django.utils.translation import gettext as _

import things
from accounts.models import User
from notifications.deliveries import facts_of
from notifications.kinds import kinds
from notifications.models import Notification
from notifications.models.notification import Notifications
from notifications.telling import Told, tell

PAGE = 30
"""Lines on one page."""
MOST = 99
"""The count says “99+” above this, and no more are looked at."""


@dataclass(frozen=True)
class Line:
    """One line: what was told, and what became of it on its ways out, in words."""

    told: Told
    facts: list[str]

    @property
    def notification(self) -> Notification:
        """The row."""
        return self.told.notification

    @property
    def icon(self) -> str:
        """The sign where nobody caused it."""
        return kinds[self.notification.kind].icon


@dataclass(frozen=True)
class Day:
    """A heading and the lines below it, the newest first."""

    day: date
    label: str
    lines: list[Line]


@dataclass(frozen=True)
class Window:
    """Lines that follow each other, and whether more stand below them."""

    lines: list[Line]
    more: bool

    @property
    def days(self) -> list[Day]:
        """The lines by the reader's days."""
        return [Day(day, day_label(day), list(lines)) for day, lines in groupby(self.lines, local_day)]

    @property
    def first(self) -> Notification | None:
        """The newest shown."""
        return self.lines[0].notification if self.lines else None

    @property
    def last(self) -> Notification | None:
        """The oldest shown."""
        return self.lines[-1].notification if self.lines else None


def window(person: User, notifications: Notifications, size: int = PAGE) -> Window:
    """The first ``size`` of ``notifications`` (the person's own) that they may still see. Where much is gone, more is
    read, in growing pieces; ordinarily two queries, and one for each kind of thing."""
    rows = notifications.select_related("by").prefetch_related("deliveries")
    found: list[Told] = []
    for piece in pieces(rows, size + 1):
        found += tell(piece, person)
        if len(found) > size:
            break
    return Window([Line(one, facts_of(one.notification)) for one in found[:size]], len(found) > size)


def pieces(rows: Notifications, size: int) -> Iterator[list[Notification]]:
    """All of ``rows``, in pieces that grow fourfold."""
    start = 0
    while piece := list(rows[start : start + size]):
        yield piece
        if len(piece) < size:
            return
        start, size = start + size, size * 4


def new_count(person: User) -> int:
    """How many are new and may still be seen, at most one more than ``MOST``. One query where there is none."""
    unseen = Notification.objects.visible_to(person).unseen().order_by().values_list("kind", "about_kind", "about_id")
    abouts = [(about, pk) for kind, about, pk in unseen[: MOST + 1] if kind in kinds]
    seen = {kind: things.visible(kind, ids, person) for kind, ids in by_kind(abouts).items()}
    return sum(pk in seen[kind] for kind, pk in abouts)


def by_kind(abouts: Iterable[tuple[str, int]]) -> dict[str, set[int]]:
    """Which ids are asked of each kind of thing."""
    ids: dict[str, set[int]] = defaultdict(set)
    for kind, pk in abouts:
        ids[kind].add(pk)
    return ids


def local_day(line: Line) -> date:
    """The day on the reader's wall."""
    return timezone.localdate(line.notification.created_at)


def day_label(day: date) -> str:
    """``Friday 10 October``, with the year when it is another one, and ``Today`` before it."""
    today = timezone.localdate()
    form = "EEEE d MMMM" if day.year == today.year else "EEEE d MMMM y"
    text = str(format_date(day, form, locale=translation.get_language() or "en"))
    return _("Today, %(day)s") % {"day": text} if day == today else text[:1].upper() + text[1:]
