"""A month as a table: weeks from Monday, numbered as ISO 8601 numbers them, each day with what touches it."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from events.agenda import Line, month_name
from events.clocks import Reader

FIRST, LAST = date(1971, 1, 1), date(2199, 12, 1)
"""The months that have a page."""


@dataclass
class Cell:
    """One day of the table."""

    day: date
    inside: bool
    today: bool
    label: str
    lines: list[Line] = field(default_factory=list)

    @property
    def month(self) -> date:
        """The first of the month that the day belongs to."""
        return self.day.replace(day=1)

    @property
    def waits(self) -> bool:
        """True when something of this day waits for the reader."""
        return any(line.asks for line in self.lines)


@dataclass(frozen=True)
class Week:
    """A row: the ISO number and seven cells."""

    number: int
    cells: list[Cell]


@dataclass(frozen=True)
class Month:
    """What the table shows, and the months beside it (None at the ends of time)."""

    first: date
    name: str
    weekdays: list[tuple[str, str]]
    weeks: list[Week]
    previous: date | None
    following: date | None


def span(first: date) -> tuple[date, date]:
    """The first and the last day that the table of this month shows, whole weeks."""
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    return weeks[0][0], weeks[-1][-1]


def month_of(first: date, lines: Iterable[Line], reader: Reader, today: date) -> Month:
    """The table of the month that begins on ``first``; a line stands on each day that it touches for the reader."""
    lines = list(lines)
    weeks = [
        Week(week[0].isocalendar().week, [cell(day, first, lines, reader, today) for day in week])
        for week in calendar.Calendar().monthdatescalendar(first.year, first.month)
    ]
    return Month(
        first=first,
        name=month_name(first, reader),
        weekdays=[(reader.date(one.day, "EEEEE"), reader.date(one.day, "EEEE")) for one in weeks[0].cells],
        weeks=weeks,
        previous=(first - timedelta(days=1)).replace(day=1) if first > FIRST else None,
        following=(first + timedelta(days=31)).replace(day=1) if first < LAST else None,
    )


def cell(day: date, first: date, lines: list[Line], reader: Reader, today: date) -> Cell:
    """One day with the lines that touch it."""
    return Cell(
        day=day,
        inside=day.month == first.month,
        today=day == today,
        label=reader.date(day, "EEEE d MMMM"),
        lines=[line for line in lines if line.first <= day <= line.last],
    )
