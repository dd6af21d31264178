"""The month's table: whole weeks from Monday, over new year, in leap years, in the reader's days."""

from datetime import date, time

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from events.clocks import Reader
from events.month import month_of, span
from tests.conftest import World
from tests.events.conftest import Call

READER = Reader("Europe/Stockholm", "en")


@given(st.dates(date(1971, 1, 1), date(2199, 12, 31)))
def test_every_day_of_the_month_stands_in_it_once(day: date) -> None:
    month = month_of(day.replace(day=1), [], READER, day)
    cells = [cell for week in month.weeks for cell in week.cells]
    assert [cell.day.weekday() for cell in cells] == list(range(7)) * len(month.weeks)
    inside = [cell.day for cell in cells if cell.inside]
    assert inside[0].day == 1
    assert len(set(inside)) == len(inside) == inside[-1].day
    assert [cell.day for cell in cells if cell.today] == [day]
    assert (cells[0].day, cells[-1].day) == span(day.replace(day=1))


def test_weeks_are_numbered_over_new_year() -> None:
    december = month_of(date(2026, 12, 1), [], READER, date(2026, 12, 24))
    january = month_of(date(2027, 1, 1), [], READER, date(2026, 12, 24))
    assert [week.number for week in december.weeks] == [49, 50, 51, 52, 53]
    assert [week.number for week in january.weeks] == [53, 1, 2, 3, 4]
    assert (december.following, january.previous) == (date(2027, 1, 1), date(2026, 12, 1))
    assert december.weekdays[0][1] == "Monday"


def test_a_leap_year_has_its_day() -> None:
    february = month_of(date(2028, 2, 1), [], READER, date(2028, 2, 29))
    assert [cell.day.day for week in february.weeks for cell in week.cells if cell.inside][-1] == 29


def test_a_visit_over_new_year_stands_on_each_of_its_days(world: World, call: Call) -> None:
    call(day=date(2098, 12, 30), last_day=date(2099, 1, 2), opens=None, closes=None, title="Winter visit")
    client = Client()
    client.force_login(world.owner)
    for path in ["/events/month/2098-12/", "/events/month/2099-01/"]:
        weeks = client.get(path).context["month"].weeks
        days = [cell.day for week in weeks for cell in week.cells if cell.lines]
        assert days == [date(2098, 12, 30), date(2098, 12, 31), date(2099, 1, 1), date(2099, 1, 2)]


def test_a_gathering_stands_on_the_readers_day(world: World, call: Call) -> None:
    call(day=date(2099, 1, 31), opens=time(23, 30), closes=time(23, 45))
    client = Client()
    for person, day in [(world.owner, date(2099, 1, 31)), (world.partner, date(2099, 2, 1))]:
        client.force_login(person)
        weeks = client.get(f"/events/month/{day:%Y-%m}/").context["month"].weeks
        assert [cell.day for week in weeks for cell in week.cells if cell.lines] == [day]


@pytest.mark.parametrize("path", ["2026-13", "2026-1", "1970-12", "2200-01", "0000-00"])
def test_a_month_that_is_none_is_not_found(world: World, path: str) -> None:
    client = Client()
    client.force_login(world.owner)
    assert client.get(f"/events/month/{path}/").status_code == 404
