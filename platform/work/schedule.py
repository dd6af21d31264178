"""What falls due by itself: registered from each app's ``apps.py``, enqueued by whoever holds the tick."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import transaction

from work.backend import Job
from work.models import Schedule

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""Periods are counted from here: every quarter of an hour is at :00, :15, :30 and :45."""


@dataclass(frozen=True)
class Periodic:
    """A job that is called with ``since`` and ``until`` (ISO moments): everything that fell due after the one, up to
    the other. A call begins where the last one ended, so after a pause one call makes good for all of it."""

    name: str
    job: Job
    after: Callable[[datetime], datetime]
    """Moment → when it is next due, after that moment."""


registered: dict[str, Periodic] = {}


def periodic(name: str, job: Job, *, every: timedelta, lag: timedelta = timedelta()) -> None:
    """Call ``job(since, until)`` every so often, ``lag`` after the round moment."""
    due(name, job, after=lambda moment: moment + every - (moment - lag - EPOCH) % every)


def due(name: str, job: Job, *, after: Callable[[datetime], datetime]) -> None:
    """Call ``job(since, until)`` when ``after(the last time)`` has come."""
    registered[name] = Periodic(name, job, after)


def enqueue_due(now: datetime) -> int:
    """Enqueue each job that is due; how many. One that was never seen begins to count now."""
    known = {row.name: row for row in Schedule.objects.all()}
    begin([one for name, one in registered.items() if name not in known], now)
    late = [(one, known[one.name]) for one in registered.values() if one.name in known]
    return sum(enqueue(one, row, now) for one, row in late if row.next_due <= now)


def begin(unseen: list[Periodic], now: datetime) -> None:
    """Start counting."""
    rows = [Schedule(name=one.name, last_ran=now, next_due=one.after(now)) for one in unseen]
    Schedule.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def enqueue(one: Periodic, row: Schedule, now: datetime) -> bool:
    """Move the row on and enqueue, both or neither. Of two processes at once only one finds the row unmoved."""
    unmoved = Schedule.objects.filter(name=row.name, last_ran=row.last_ran, next_due=row.next_due)
    if not unmoved.update(last_ran=now, next_due=one.after(now)):
        return False
    one.job.enqueue(since=row.last_ran.isoformat(), until=now.isoformat())
    return True
