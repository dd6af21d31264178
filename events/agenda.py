"""The agenda as it is read: days in the reader's time, on each its gatherings with everybody's time beside."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import cast

from django.db.models import Count, Exists, OuterRef, Prefetch, Q
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from events.clocks import Clock, Parties, Reader, clocks_at, parties_of
from events.models import Answer, Event, Move
from events.models.event import Events
from events.notes import ClockNote, clock_notes
from events.swahili import swahili_time
from partnerships.permissions import Reach


@dataclass(frozen=True)
class Line:
    """A gathering as it stands in a list. Days and times are the reader's; ``was`` is set when it was moved;
    ``choice`` is the reader's answer, empty when there is none; ``asks`` says that one is waited for."""

    event: Event
    first: date
    last: date
    hours: str
    start: str
    swahili: str
    clocks: list[Clock]
    was: str
    choice: str
    asks: bool
    coming: int

    @property
    def opening(self) -> str:
        """The time of the first day, where ``hours`` counts days instead."""
        return self.start if self.last > self.first else ""


@dataclass
class Day:
    """Gatherings that begin on ``first`` and end on ``last``; before them a month's name, the line of now, notes.

    The line of now stands under its own month's name and over a later one's (``now_first``)."""

    first: date
    last: date
    lines: list[Line] = field(default_factory=list)
    month: str = ""
    now: str = ""
    now_first: bool = False
    notes: list[ClockNote] = field(default_factory=list)
    weekday: str = ""
    until: str = ""

    @property
    def waits(self) -> bool:
        """True when nothing but deadlines stands here."""
        return all(line.event.is_deadline and not line.event.is_cancelled for line in self.lines)


def with_answers(events: Events, person: User, reach: Reach | None = None) -> Events:
    """What a line needs, in three queries however many: places and counts, the person's answers, the last moves.

    Whether it waits for the person is asked of the same set that is listed as waiting.
    """
    mine = Prefetch("answers", Answer.objects.filter(person=person), to_attr="mine")
    coming = Count("answers", filter=Q(answers__choice=Answer.Choice.YES))
    waits = Exists(Event.objects.unanswered_by(person, reach).filter(pk=OuterRef("pk")))
    return events.with_places().annotate(coming=coming, waits=waits).prefetch_related(mine, "moves")


def lines_of(events: Iterable[Event], reader: Reader, parties: Parties | None = None) -> list[Line]:
    """Lines in the order of the reader's days; ``events`` come from ``with_answers``."""
    events = list(events)
    parties = parties_of(events) if parties is None else parties
    lines = [line_of(event, reader, parties) for event in events]
    return sorted(lines, key=lambda line: (line.first, not line.event.all_day, line.event.starts_at, line.event.pk))


def line_of(event: Event, reader: Reader, parties: Parties) -> Line:
    """One gathering for one reader."""
    opens = event.starts_at.astimezone(reader.clock).time()
    says = reader.says_swahili and not event.all_day
    answers = cast(list[Answer], getattr(event, "mine", []))
    return Line(
        event=event,
        first=event.day_for(reader.clock),
        last=event.last_day_for(reader.clock),
        hours=hours_of(event, reader),
        start="" if event.all_day else f"{opens:%H:%M}",
        swahili=swahili_time(opens) if says else "",
        clocks=[] if event.all_day else clocks_at(event.starts_at, parties.get(event.pk, []), reader),
        was=was(event, reader),
        choice=answers[0].choice if answers else "",
        asks=getattr(event, "waits", False),
        coming=getattr(event, "coming", 0),
    )


def hours_of(event: Event, reader: Reader) -> str:
    """``10:00–12:00`` by the reader's clock, ``3 days``, ``All day``, or the moment of a deadline."""
    if event.days > 1 and event.last_day_for(reader.clock) != event.day_for(reader.clock):
        return ngettext("%(n)d day", "%(n)d days", event.days) % {"n": event.days}
    if event.all_day:
        return "" if event.is_deadline else _("All day")
    opens, closes = (f"{at.astimezone(reader.clock):%H:%M}" for at in (event.starts_at, event.ends_at))
    return opens if opens == closes else f"{opens}–{closes}"


def was(event: Event, reader: Reader) -> str:
    """Where it stood before it was moved last: ``Mon 20 October, 10:00`` by the reader's clock."""
    moves = list(event.moves.all())
    return moved_from(moves[0], reader) if moves else ""


def moved_from(move: Move, reader: Reader) -> str:
    """The day and time that a move left, by the reader's clock."""
    if move.opens is None:
        return reader.date(move.first_day, "EEE d MMMM")
    local = move.starts_at.astimezone(reader.clock)
    return f"{reader.date(local.date(), 'EEE d MMMM')}, {local:%H:%M}"


def days_of(lines: list[Line], reader: Reader) -> list[Day]:
    """Lines gathered under their days, with the names of the months between."""
    days: list[Day] = []
    for line in lines:
        if not days or (days[-1].first, days[-1].last) != (line.first, line.last):
            days.append(new_day(line, days[-1] if days else None, reader))
        days[-1].lines.append(line)
    return days


def new_day(line: Line, before: Day | None, reader: Reader) -> Day:
    """The head of a day; the month is named when it is another than the day's before."""
    day = Day(line.first, line.last, weekday=reader.date(line.first, "EEE"))
    if before is None or (before.first.year, before.first.month) != (line.first.year, line.first.month):
        day.month = month_name(line.first, reader)
    if line.last > line.first:
        near = (line.last.year, line.last.month) == (line.first.year, line.first.month)
        day.until = reader.date(line.last, "EEE d" if near else "d MMM")
    return day


def month_name(day: date, reader: Reader) -> str:
    """``November 2026``, as the language writes a month that stands alone."""
    return capfirst(reader.date(day, "LLLL y"))


def mark_now(days: list[Day], reader: Reader, now: datetime) -> None:
    """Draw the line of now before the first day that is not past."""
    local = now.astimezone(reader.clock)
    for day in days:
        if day.first >= local.date():
            day.now = _("Today, %(when)s") % {"when": f"{reader.date(local.date(), 'EEEE d')}, {local:%H:%M}"}
            day.now_first = (day.first.year, day.first.month) != (local.year, local.month)
            return


def mark_changes(days: list[Day], parties: Parties, reader: Reader, after: datetime) -> None:
    """Put a note before the first day that a moved clock concerns."""
    everybody = list({one.pk: one for group in parties.values() for one in group}.values())
    if not days:
        return
    last = datetime.combine(days[-1].first, datetime.min.time(), reader.clock) + timedelta(days=1)
    for note in clock_notes(everybody, reader, after, max(last, after)):
        following = next((day for day in days if day.first >= note.day), None)
        if following:
            following.notes.append(note)


def agenda(
    events: Iterable[Event],
    reader: Reader,
    *,
    now: datetime | None = None,
    ahead: bool = True,
    since: datetime | None = None,
) -> list[Day]:
    """A page of the agenda. ``ahead`` marks now and the moved clocks; the past, newest first, needs neither.

    ``since`` is where the page before ended: now stands on the first page only, and no moved clock falls between two.
    """
    events = list(events)
    parties = parties_of(events)
    lines = lines_of(events, reader, parties)
    if not ahead:
        return days_of(lines[::-1], reader)
    now = now or timezone.now()
    days = days_of(lines, reader)
    if since is None:
        mark_now(days, reader, now)
    first = since or min((event.starts_at for event in events), default=now)
    mark_changes(days, parties, reader, max(now, first))
    return days
