"""What a clock shows and what it means, over both changes of the year; and the Swahili clock."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.clocks import Reader, clocks_at, season, utc_offset
from events.notes import clock_notes
from events.swahili import swahili_time
from partnerships.models import Organisation
from walltime import clock_changes, is_repeated, is_skipped, offset, to_utc

ZONES = [
    "Europe/Stockholm",
    "Africa/Johannesburg",
    "Africa/Nairobi",
    "Africa/Harare",
    "Africa/Casablanca",  # moves its clock for Ramadan
    "Australia/Lord_Howe",  # by half an hour
    "America/New_York",
]
DAYS = st.dates(date(2020, 1, 1), date(2036, 12, 31))
TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0, fold=0))


@given(st.sampled_from(ZONES), DAYS, TIMES)
def test_the_clock_shows_what_was_asked_unless_it_skips_it(zone: str, day: date, at: time) -> None:
    shown = to_utc(day, at, zone).astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)
    asked = datetime.combine(day, at)
    if is_skipped(day, at, zone):
        assert timedelta() < shown - asked <= timedelta(hours=1)
        assert not is_repeated(day, at, zone)
    else:
        assert shown == asked


@given(st.sampled_from(ZONES), DAYS, TIMES)
def test_of_two_moments_with_one_time_the_first_is_meant(zone: str, day: date, at: time) -> None:
    later = to_utc(day, at, zone) + timedelta(hours=1)
    shown = later.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    if zone != "Australia/Lord_Howe":
        assert is_repeated(day, at, zone) == (shown == datetime.combine(day, at))


@given(st.sampled_from(ZONES), st.integers(2020, 2036))
def test_between_two_changes_the_offset_stands(zone: str, year: int) -> None:
    begin, end = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    for change in clock_changes(zone, begin, end):
        before = change.at - timedelta(seconds=1)
        assert offset(zone, change.at) - offset(zone, before) == change.by != timedelta()
    changed = sum((change.by for change in clock_changes(zone, begin, end)), timedelta())
    assert offset(zone, begin) + changed == offset(zone, end)


def test_ten_in_karlskrona_is_another_hour_in_saldanha_bay_after_the_change() -> None:
    before, after = (to_utc(date(2026, 10, day), time(10), "Europe/Stockholm") for day in (24, 25))
    there = [moment.astimezone(ZoneInfo("Africa/Johannesburg")).hour for moment in (before, after)]
    assert there == [10, 11]


def test_seasons_and_offsets_are_named_only_where_clocks_move() -> None:
    winter, summer = datetime(2026, 12, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC)
    assert (season("Europe/Stockholm", winter), season("Europe/Stockholm", summer)) == ("winter time", "summer time")
    assert season("Africa/Nairobi", winter) == ""
    assert [utc_offset(zone, winter) for zone in ("Africa/Nairobi", "America/St_Johns", "Africa/Accra")] == [
        "UTC+3",
        "UTC−3:30",
        "UTC",
    ]


def party(name: str, country: str, zone: str) -> Organisation:
    return Organisation(name=name, country=country, zone=zone)


PARTIES = [
    party("Karlskrona", "SE", "Europe/Stockholm"),
    party("Älvsbyn", "SE", "Europe/Stockholm"),
    party("Kisumu", "KE", "Africa/Nairobi"),
]


def test_parties_of_one_country_share_a_clock_and_the_readers_comes_first() -> None:
    clocks = clocks_at(datetime(2026, 7, 1, 22, 30, tzinfo=UTC), PARTIES, Reader("Europe/Stockholm", "en"))
    told = [(clock.names, clock.time, clock.day, clock.swahili, clock.mine) for clock in clocks]
    assert told == [("Sweden", "00:30", "", "", True), ("Kisumu", "01:30", "", "saa saba na nusu usiku", False)]


def test_another_day_elsewhere_is_said() -> None:
    clocks = clocks_at(datetime(2026, 1, 1, 21, 30, tzinfo=UTC), PARTIES, Reader("Europe/Stockholm", "en"))
    assert [(clock.time, clock.day) for clock in clocks] == [("22:30", ""), ("00:30", "Fri 2")]


def test_a_reader_whom_no_party_shares_the_clock_with_comes_first_where_asked() -> None:
    moment = datetime(2026, 7, 1, 8, tzinfo=UTC)
    clocks = clocks_at(moment, PARTIES, Reader("Africa/Lusaka", "en"), always_mine=True)
    assert [(clock.names, clock.mine) for clock in clocks] == [("Lusaka", True), ("Kisumu", False), ("Sweden", False)]


def test_a_moved_clock_is_told_to_those_who_move_and_those_who_do_not() -> None:
    span = datetime(2026, 10, 1, tzinfo=UTC), datetime(2027, 4, 1, tzinfo=UTC)
    theirs = clock_notes(PARTIES, Reader("Africa/Nairobi", "en"), *span)
    assert [f"{note.title} {note.text}" for note in theirs] == [
        "Sunday 25 October: Sweden turns its clock back. From then on it is 2 hours behind you. "
        "Gatherings fixed in its time come later for you.",
        "Sunday 28 March: Sweden turns its clock forward. From then on it is 1 hour behind you. "
        "Gatherings fixed in its time come earlier for you.",
    ]
    mine = clock_notes(PARTIES, Reader("Europe/Stockholm", "en"), *span)
    assert [note.title for note in mine] == [
        "Sunday 25 October: your clock goes back.",
        "Sunday 28 March: your clock goes forward.",
    ]


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("07:00", "saa moja asubuhi"),
        ("11:00", "saa tano asubuhi"),
        ("12:00", "saa sita mchana"),
        ("14:00", "saa nane mchana"),
        ("14:15", "saa nane na robo mchana"),
        ("14:30", "saa nane na nusu mchana"),
        ("14:45", "saa tisa kasorobo mchana"),
        ("16:10", "saa kumi na dakika kumi jioni"),
        ("18:00", "saa kumi na mbili jioni"),
        ("17:40", "saa kumi na mbili kasoro dakika ishirini jioni"),
        ("19:00", "saa moja usiku"),
        ("23:00", "saa tano usiku"),
        ("00:00", "saa sita usiku"),
        ("05:00", "saa kumi na moja alfajiri"),
        ("20:21", "saa mbili na dakika ishirini na moja usiku"),
    ],
)
def test_the_swahili_clock_counts_from_six(at: str, said: str) -> None:
    assert swahili_time(time.fromisoformat(at)) == said


def test_every_minute_has_its_own_words_within_its_half_of_the_day() -> None:
    minutes = [time(hour, minute) for hour in range(24) for minute in range(60)]
    assert len({swahili_time(at) for at in minutes}) == len(minutes)
