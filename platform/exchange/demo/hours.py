"""When people write: in working hours of their own zone, on working days, with the pauses that the script gives."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from itertools import count
from random import Random
from zoneinfo import ZoneInfo

from exchange.demo.source import Line

MORNING, EVENING, NIGHT = time(7, 30), time(17, 30), time(20, 30)
QUICK = timedelta(hours=1)
"""An answer within this may come in the evening of a working day: the talk is going on."""
FRIDAY = 4
STEP = timedelta(hours=1)
"""By how much more, each time, a talk that ends too late is begun earlier: soon by more than a weekend."""


def timeline(lines: Sequence[Line], zones: Sequence[str], start: datetime, chance: Random) -> list[datetime]:
    """A moment (UTC) for each line; ``zones`` are those of who says it."""
    moments: list[datetime] = []
    moment = start
    for line, zone in zip(lines, zones, strict=True):
        moment += line.after + timedelta(seconds=chance.randrange(60))
        moment = awake(moment, ZoneInfo(zone), quick=bool(moments) and line.after <= QUICK, chance=chance)
        moments.append(moment.replace(microsecond=0))
    return moments


def awake(moment: datetime, zone: ZoneInfo, *, quick: bool, chance: Random) -> datetime:
    """``moment``, or the next morning that somebody in ``zone`` is at work."""
    local = moment.astimezone(zone)
    if local.weekday() <= FRIDAY and MORNING <= local.time() < (NIGHT if quick else EVENING):
        return moment
    if local.time() >= MORNING:
        local += timedelta(days=1)
    while local.weekday() > FRIDAY:
        local += timedelta(days=1)
    opens = datetime.combine(local.date(), MORNING, zone)
    return (opens + timedelta(minutes=chance.randrange(100), seconds=chance.randrange(60))).astimezone(moment.tzinfo)


def timeline_until(lines: Sequence[Line], zones: Sequence[str], end: datetime, seed: str) -> list[datetime]:
    """A ``timeline`` whose last moment is at or before ``end``, as near as pauses, nights and weekends allow."""
    start = end - sum((line.after for line in lines), timedelta())
    for tries in count():
        moments = timeline(lines, zones, start, Random(seed))
        if moments[-1] <= end:
            break
        start -= moments[-1] - end + tries * STEP
    return moments
