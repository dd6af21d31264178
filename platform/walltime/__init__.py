"""Wall time: what a clock at a place shows, and the moment in UTC that it means.

A gathering is fixed by the clock of its place, not in UTC: when a country moves its clock, or changes its law,
"10:00 in Karlskrona" stays 10:00 in Karlskrona. Times that the clock skips or shows twice are read as RFC 5545,
section 3.3.5, says, so that every calendar program reads our files as we do.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

MIDNIGHT = time()


def to_utc(day: date, at: time, zone: str) -> datetime:
    """The moment when the clock of ``zone`` shows ``at`` on ``day``.

    A time shown twice is the first of the two; a skipped one is read with the offset before the change,
    so 02:30 in the night when 02:00 becomes 03:00 is 03:30.
    """
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)


def is_skipped(day: date, at: time, zone: str) -> bool:
    """True when the clock of ``zone`` never shows ``at`` on ``day``: it is put forward over it."""
    return to_utc(day, at, zone).astimezone(ZoneInfo(zone)).replace(tzinfo=None) != datetime.combine(day, at)


def is_repeated(day: date, at: time, zone: str) -> bool:
    """True when the clock of ``zone`` shows ``at`` twice on ``day``: it is put back over it."""
    first = datetime.combine(day, at, ZoneInfo(zone))
    return not is_skipped(day, at, zone) and first.utcoffset() != first.replace(fold=1).utcoffset()


@dataclass(frozen=True)
class ClockChange:
    """The clock of ``zone`` is moved by ``by`` (forward when positive) at ``at``, a moment in UTC."""

    zone: str
    at: datetime
    by: timedelta

    @property
    def forward(self) -> bool:
        """True in spring of the northern hemisphere."""
        return self.by > timedelta()

    @property
    def day(self) -> date:
        """The date at the place when it happens."""
        return self.at.astimezone(ZoneInfo(self.zone)).date()


def clock_changes(zone: str, after: datetime, before: datetime) -> list[ClockChange]:
    """Every change of ``zone``'s clock between two moments, in order."""
    years = range(after.year, before.year + 1)
    return [change for year in years for change in changes_of_year(zone, year) if after < change.at <= before]


@lru_cache(maxsize=256)
def changes_of_year(zone: str, year: int) -> tuple[ClockChange, ...]:
    """The changes of one year in UTC, to the second: the days are compared, then the day that differs is halved."""
    found = []
    moment, end = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    while moment < end:
        following = min(moment + timedelta(days=1), end)
        if offset(zone, moment) != offset(zone, following):
            at = first_with_new_offset(zone, moment, following)
            found.append(ClockChange(zone, at, offset(zone, at) - offset(zone, moment)))
        moment = following
    return tuple(found)


def first_with_new_offset(zone: str, low: datetime, high: datetime) -> datetime:
    """The first second between ``low`` and ``high`` that has ``high``'s offset."""
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=(high - low).total_seconds() // 2)
        low, high = (low, middle) if offset(zone, middle) == offset(zone, high) else (middle, high)
    return high


def offset(zone: str, moment: datetime) -> timedelta:
    """How far ``zone`` is ahead of UTC at ``moment``."""
    return moment.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()
