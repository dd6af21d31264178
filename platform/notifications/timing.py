"""When something may leave, by the person's own clock: after their quiet hours, or with their next digest.

Everything takes and gives aware moments. Quiet is what the clock on the wall says is quiet, also when it shows an hour
twice or leaves one out. The hour of a digest that a change of the clock leaves out is taken as much later as the clock
is moved; of one that comes twice, the first counts (PEP 495, ``fold=0``).
"""

from bisect import bisect_left
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from notifications.models import Preferences

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
SATURDAY = 5
PUNCTUAL = timedelta(hours=1)
"""So long after its moment a digest is not late: many leave at seven, and the mail server may take its time."""


def next_digest(after: datetime, preferences: Preferences, zone: str) -> datetime:
    """The first moment after ``after`` at which this person's digest leaves."""
    here = ZoneInfo(zone)
    day = after.astimezone(here).date() - DAY
    while True:
        if is_digest_day(day, preferences):
            moment = at(day, time(preferences.digest_hour), here)
            if moment > after:
                return moment
        day += DAY


def digest_leaves(now: datetime, preferences: Preferences, zone: str) -> datetime:
    """When a digest that is due may leave: now, if its moment has just been. One that was kept waiting (the mail server
    was away) leaves outside the quiet hours, and not before the hour of the day on which it leaves: so two digests
    never come on one day."""
    if next_digest(now - PUNCTUAL, preferences, zone) <= now:
        return now
    here = ZoneInfo(zone)
    moment, following = after_quiet(now, preferences, zone), next_digest(now, preferences, zone)
    return moment if wall(moment, here).date() < wall(following, here).date() else following


def after_quiet(moment: datetime, preferences: Preferences, zone: str) -> datetime:
    """``moment`` itself, or the end of the quiet hours (and quiet days) that it falls into."""
    here = ZoneInfo(zone)
    while is_quiet(local := wall(moment, here), preferences):
        moment = later(moment, end_of_quiet(local, preferences) - local, here)
    return moment


def day_around(moment: datetime, zone: str) -> tuple[datetime, datetime]:
    """When the person's day around ``moment`` begins, and when the next does."""
    here = ZoneInfo(zone)
    day = moment.astimezone(here).date()
    return at(day, time(), here), at(day + DAY, time(), here)


def is_digest_day(day: date, preferences: Preferences) -> bool:
    """A weekly digest leaves on the day that was chosen; a daily one not on days that are to be quiet."""
    if preferences.rhythm == Preferences.Rhythm.WEEKLY:
        return day.weekday() == preferences.digest_day
    return not (preferences.quiet_weekends and day.weekday() >= SATURDAY)


def is_quiet(local: datetime, preferences: Preferences) -> bool:
    """Whether the person wants no mail while their clock shows ``local``."""
    if preferences.quiet_weekends and local.weekday() >= SATURDAY:
        return True
    begin, end = preferences.quiet_from, preferences.quiet_until
    if begin <= end:
        return begin <= local.time() < end
    return local.time() >= begin or local.time() < end


def end_of_quiet(local: datetime, preferences: Preferences) -> datetime:
    """What the clock shows when the quiet stretch around ``local`` is over."""
    if preferences.quiet_weekends and local.weekday() >= SATURDAY:
        return datetime.combine(local.date() + (7 - local.weekday()) * DAY, time())
    end = datetime.combine(local.date(), preferences.quiet_until)
    return end if end > local else end + DAY


def later(moment: datetime, ahead: timedelta, here: ZoneInfo) -> datetime:
    """``ahead`` after ``moment``, or when the clock is changed if that comes first: between two changes the clock on
    the wall and the time that goes by are the same."""
    minutes = ahead // MINUTE + 2
    whole = moment.replace(second=0, microsecond=0)
    before = offset(moment, here)
    changed = bisect_left(range(minutes), True, key=lambda n: offset(whole + n * MINUTE, here) != before)
    return moment + ahead if changed == minutes else min(moment + ahead, whole + changed * MINUTE)


def offset(moment: datetime, here: ZoneInfo) -> timedelta:
    """How far the clock is ahead of UTC."""
    return moment.astimezone(here).utcoffset() or timedelta()


def wall(moment: datetime, here: ZoneInfo) -> datetime:
    """What the clock on the wall shows, without a zone."""
    return moment.astimezone(here).replace(tzinfo=None, fold=0)


def at(day: date, clock: time, here: ZoneInfo) -> datetime:
    """The moment at which a clock on the wall shows this, in UTC so that comparing and adding are plain."""
    return datetime.combine(day, clock, here).astimezone(UTC)
