"""When something may leave, by the person's own clock: after their quiet hours, or with their next digest.

Everything takes and gives aware moments. Wall times that a change of the clock leaves out are taken an hour later;
of those that come twice, the first counts (PEP 495, ``fold=0``).
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from notifications.models import Preferences

DAY = timedelta(days=1)
SATURDAY = 5


def next_digest(after: datetime, preferences: Preferences, zone: str) -> datetime:
    """The first moment after ``after`` at which this person's digest leaves."""
    here = ZoneInfo(zone)
    day = after.astimezone(here).date() - DAY
    while True:
        if preferences.rhythm == Preferences.Rhythm.DAILY or day.weekday() == preferences.digest_day:
            moment = at(day, time(preferences.digest_hour), here)
            if moment > after:
                return moment
        day += DAY


def after_quiet(moment: datetime, preferences: Preferences, zone: str) -> datetime:
    """``moment`` itself, or the end of the quiet hours (and quiet days) that it falls into."""
    here = ZoneInfo(zone)
    for _ in range(4):  # the night before a quiet weekend, both days, the night after
        end = end_of_quiet(moment, preferences, here)
        if end is None:
            return moment
        moment = end
    return moment


def end_of_quiet(moment: datetime, preferences: Preferences, here: ZoneInfo) -> datetime | None:
    """The end of the quiet stretch around ``moment``; None when it is not quiet then."""
    local = moment.astimezone(here)
    if preferences.quiet_weekends and local.weekday() >= SATURDAY:
        return at(local.date() + (7 - local.weekday()) * DAY, time(), here)
    for night in (local.date() - DAY, local.date()):
        start, end = quiet_hours(night, preferences, here)
        if start <= moment < end:
            return end
    return None


def quiet_hours(night: date, preferences: Preferences, here: ZoneInfo) -> tuple[datetime, datetime]:
    """The quiet hours that begin on the day ``night``; empty where both times are the same."""
    begin, end = preferences.quiet_from, preferences.quiet_until
    last = night + DAY if end < begin else night
    return at(night, begin, here), at(last, end, here)


def at(day: date, clock: time, here: ZoneInfo) -> datetime:
    """The moment at which a clock on the wall shows this, in UTC so that comparing and adding are plain."""
    return datetime.combine(day, clock, here).astimezone(ZoneInfo("UTC"))
