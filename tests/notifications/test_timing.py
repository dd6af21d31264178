"""When something may leave, over both changes of the clock and over years, in zones that change it in every way."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from accounts.models import User
from notifications.models import Preferences
from notifications.timing import DAY, MINUTE, after_quiet, digest_leaves, next_digest

STOCKHOLM = "Europe/Stockholm"
ZONES = [
    STOCKHOLM,
    "Africa/Kigali",
    "Africa/Johannesburg",
    "Africa/Dar_es_Salaam",
    "Africa/Casablanca",  # moves its clock for Ramadan
    "America/Sao_Paulo",  # left midnight out, until 2018
    "Asia/Kathmandu",  # 5 hours and 45 minutes
    "Australia/Lord_Howe",  # moves its clock by half an hour
    "Pacific/Apia",  # left out the whole of 30 December 2011
]
SPRING = datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
"""Stockholm's clock goes from 02:00 to 03:00."""
AUTUMN = datetime(2026, 10, 25, 1, 0, tzinfo=UTC)
"""Stockholm's clock goes from 03:00 back to 02:00."""
CHANGES = [
    SPRING,
    AUTUMN,
    datetime(2027, 3, 28, 1, 0, tzinfo=UTC),
    datetime(2011, 12, 30, 10, 0, tzinfo=UTC),  # Apia
    datetime(2018, 2, 18, 2, 0, tzinfo=UTC),  # São Paulo, back
    datetime(2018, 11, 4, 3, 0, tzinfo=UTC),  # São Paulo, forward over midnight
    datetime(2026, 4, 4, 15, 0, tzinfo=UTC),  # Lord Howe
]


def wishes(**fields: Any) -> Preferences:
    """Somebody's, not stored."""
    return Preferences(person=User(name="Reader"), **fields)


zones = st.sampled_from(ZONES)
seconds = st.integers(-5 * 86_400, 5 * 86_400).map(lambda n: timedelta(seconds=n))
moments = st.one_of(
    st.builds(lambda change, off: change + off, st.sampled_from(CHANGES), seconds),
    st.datetimes(datetime(2010, 1, 1), datetime(2036, 1, 1), timezones=st.just(UTC)),
)
clocks = st.one_of(
    st.times().map(lambda one: one.replace(second=0, microsecond=0)), st.sampled_from([time(), time(2, 30), time(3)])
)
rhythms = st.builds(
    wishes,
    rhythm=st.sampled_from(Preferences.Rhythm),
    digest_hour=st.integers(0, 23),
    digest_day=st.sampled_from(Preferences.Day),
    quiet_weekends=st.booleans(),
)
quiet = st.builds(wishes, quiet_from=clocks, quiet_until=clocks, quiet_weekends=st.booleans())
anything = st.builds(
    wishes,
    rhythm=st.sampled_from(Preferences.Rhythm),
    digest_hour=st.integers(0, 23),
    digest_day=st.sampled_from(Preferences.Day),
    quiet_from=clocks,
    quiet_until=clocks,
    quiet_weekends=st.booleans(),
)


def shown(moment: datetime, zone: str) -> datetime:
    """What the clock on the wall shows."""
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def exists(day: date, clock: time, zone: str) -> bool:
    """Whether the clock shows this at all."""
    moment = datetime.combine(day, clock, ZoneInfo(zone)).astimezone(UTC)
    return shown(moment, zone).replace(fold=0) == datetime.combine(day, clock)


def days_of_digest(first: date, last: date, preferences: Preferences, zone: str) -> list[date]:
    """The days on which there should be a digest: those that exist and are asked for."""
    days = [first + n * DAY for n in range((last - first).days + 1)]
    if preferences.rhythm == Preferences.Rhythm.WEEKLY:
        days = [day for day in days if day.weekday() == preferences.digest_day]
    elif preferences.quiet_weekends:
        days = [day for day in days if day.weekday() < 5]
    return [day for day in days if exists(day, time(12), zone)]


def is_quiet(moment: datetime, preferences: Preferences, zone: str) -> bool:
    """By the numbers on the clock, minute for minute."""
    local = shown(moment, zone)
    minutes, begin, end = (
        60 * one.hour + one.minute for one in (local, preferences.quiet_from, preferences.quiet_until)
    )
    weekend = preferences.quiet_weekends and local.isoweekday() > 5
    return weekend or (minutes - begin) % 1440 < (end - begin) % 1440


@given(zones, rhythms, moments, st.integers(1, 40))
@settings(deadline=None)
def test_a_digest_comes_on_each_of_its_days_once(
    zone: str, preferences: Preferences, start: datetime, count: int
) -> None:
    found = [next_digest(start, preferences, zone)]
    for _ in range(count):
        found.append(next_digest(found[-1], preferences, zone))
    assert all(one < following for one, following in pairwise([start, *found]))
    days = [shown(one, zone).date() for one in found]
    missing = date(2011, 12, 30)  # in Apia; a digest of that Friday comes on Saturday, also where weekends are quiet
    moves = preferences.rhythm == "weekly" or preferences.quiet_weekends
    assume(not (zone == "Pacific/Apia" and moves and days[0] <= missing + DAY <= days[-1]))
    assert days == days_of_digest(days[0], days[-1], preferences, zone)
    before = days_of_digest(shown(start, zone).date(), days[0] - DAY, preferences, zone)
    assert before in ([], [shown(start, zone).date()])  # no day is left out before the first, but one that has been


@given(zones, rhythms, moments)
@settings(deadline=None)
def test_a_digest_comes_at_the_readers_hour(zone: str, preferences: Preferences, start: datetime) -> None:
    moment = next_digest(start, preferences, zone)
    local, hour = shown(moment, zone), time(preferences.digest_hour)
    if exists(local.date(), hour, zone):
        assert (local.time(), local.fold) == (hour, 0)
    else:
        assert timedelta() < local - datetime.combine(local.date(), hour) <= timedelta(hours=1)


@given(zones, rhythms, moments, seconds)
@settings(deadline=None)
def test_between_a_moment_and_the_next_digest_there_is_none(
    zone: str, preferences: Preferences, start: datetime, some: timedelta
) -> None:
    moment = next_digest(start, preferences, zone)
    between = start + abs(some)
    assume(between < moment)
    assert next_digest(between, preferences, zone) == moment


@given(zones, quiet, moments)
@example(STOCKHOLM, wishes(quiet_from=time(20), quiet_until=time(2, 30)), SPRING - timedelta(hours=3))
@example(STOCKHOLM, wishes(quiet_from=time(20), quiet_until=time(2, 30)), AUTUMN - timedelta(hours=3))
@example(STOCKHOLM, wishes(quiet_from=time(20), quiet_until=time(2, 30)), AUTUMN + timedelta(minutes=15))
@example(STOCKHOLM, wishes(quiet_from=time(2, 50), quiet_until=time(3, 10)), AUTUMN - timedelta(minutes=5))
@example(STOCKHOLM, wishes(quiet_from=time(3, 10), quiet_until=time(2, 50)), SPRING - timedelta(minutes=30))
@example(STOCKHOLM, wishes(quiet_from=time(7), quiet_until=time(6, 59)), SPRING - timedelta(hours=9))
@example(STOCKHOLM, wishes(quiet_from=time(7), quiet_until=time(6, 59), quiet_weekends=True), AUTUMN)
@example("Pacific/Apia", wishes(), datetime(2011, 12, 30, 9, 0, tzinfo=UTC))
@settings(deadline=None)
def test_what_waits_for_the_end_of_quiet_leaves_in_the_first_minute_that_is_not(
    zone: str, preferences: Preferences, moment: datetime
) -> None:
    leaves = after_quiet(moment, preferences, zone)
    assert not is_quiet(leaves, preferences, zone)
    assert after_quiet(leaves, preferences, zone) == leaves
    minute = moment
    while is_quiet(minute, preferences, zone):
        minute = minute.replace(second=0, microsecond=0) + MINUTE
    assert leaves == minute


@given(zones, moments, clocks)
@settings(deadline=None)
def test_the_same_time_twice_is_no_quiet_hours(zone: str, moment: datetime, clock: time) -> None:
    assert after_quiet(moment, wishes(quiet_from=clock, quiet_until=clock), zone) == moment


@given(zones, anything, moments)
@settings(deadline=None)
def test_a_digest_leaves_on_time_though_the_hours_are_quiet(
    zone: str, preferences: Preferences, start: datetime
) -> None:
    moment = next_digest(start, preferences, zone)
    for late in (timedelta(), timedelta(minutes=59)):
        assert digest_leaves(moment + late, preferences, zone) == moment + late


@given(zones, anything, moments)
@settings(deadline=None)
def test_a_late_digest_leaves_neither_in_quiet_hours_nor_on_the_day_of_the_next(
    zone: str, preferences: Preferences, now: datetime
) -> None:
    leaves = digest_leaves(now, preferences, zone)
    assert leaves >= now
    assert digest_leaves(leaves, preferences, zone) == leaves
    following = next_digest(leaves, preferences, zone)
    if next_digest(leaves - timedelta(hours=1), preferences, zone) > leaves:  # not on time
        assert not is_quiet(leaves, preferences, zone)
        assert shown(leaves, zone).date() < shown(following, zone).date()


@pytest.mark.parametrize(
    ("after", "hour", "leaves"),
    [
        ("2026-03-29T00:30Z", 2, "2026-03-29T01:00Z"),  # there is no 02:00: 03:00
        ("2026-03-28T12:00Z", 7, "2026-03-29T05:00Z"),
        ("2026-03-27T12:00Z", 7, "2026-03-28T06:00Z"),
        ("2026-10-24T12:00Z", 2, "2026-10-25T00:00Z"),  # the first 02:00 of two
        ("2026-10-25T00:00Z", 2, "2026-10-26T01:00Z"),
        ("2026-10-24T12:00Z", 7, "2026-10-25T06:00Z"),
    ],
)
def test_seven_in_the_morning_stays_seven_when_stockholm_changes_its_clock(after: str, hour: int, leaves: str) -> None:
    preferences = wishes(digest_hour=hour)
    assert next_digest(datetime.fromisoformat(after), preferences, STOCKHOLM) == datetime.fromisoformat(leaves)


@pytest.mark.parametrize(
    ("asked", "leaves"),
    [
        ("2026-11-20T18:59Z", "2026-11-20T18:59Z"),  # Friday, 19:59
        ("2026-11-20T19:00Z", "2026-11-23T06:00Z"),  # Friday evening: Monday morning
        ("2026-11-21T11:00Z", "2026-11-23T06:00Z"),  # Saturday noon
        ("2026-11-22T22:59Z", "2026-11-23T06:00Z"),  # Sunday, 23:59
        ("2026-11-23T06:00Z", "2026-11-23T06:00Z"),
    ],
)
def test_a_quiet_weekend_lasts_from_friday_evening_to_monday_morning(asked: str, leaves: str) -> None:
    found = after_quiet(datetime.fromisoformat(asked), wishes(quiet_weekends=True), STOCKHOLM)
    assert found == datetime.fromisoformat(leaves)


@pytest.mark.parametrize(
    ("now", "leaves"),
    [
        ("2026-11-24T06:00Z", "2026-11-24T06:00Z"),  # Tuesday at seven
        ("2026-11-24T14:00Z", "2026-11-24T14:00Z"),  # the mail server came back in the afternoon
        ("2026-11-24T20:00Z", "2026-11-25T06:00Z"),  # in the evening: with the next
        ("2026-11-25T05:30Z", "2026-11-25T06:00Z"),
    ],
)
def test_a_digest_that_was_kept_waiting_leaves_by_day_or_with_the_next(now: str, leaves: str) -> None:
    assert digest_leaves(datetime.fromisoformat(now), wishes(), STOCKHOLM) == datetime.fromisoformat(leaves)
