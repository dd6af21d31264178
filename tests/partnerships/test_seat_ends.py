"""Whose seat ends hears of it 90 and 14 days before, by the network's days, once each, and only if nothing follows."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from notifications.models import Delivery, Notification
from notifications.telling import tell
from partnerships.actions import change_membership, end_membership
from partnerships.ending import tell_of_ends
from partnerships.jobs import endings
from partnerships.models import Function, Membership, Network
from tests.conftest import World

pytestmark = pytest.mark.django_db
LAST_DAY = date(2026, 6, 30)
DAY = timedelta(days=1)
STOCKHOLM = "Europe/Stockholm"


@pytest.fixture
def seat(world: World) -> Membership:
    """The councillor's, with its last day set long ago."""
    Membership.objects.filter(person=world.councillor).update(ends=LAST_DAY)
    return Membership.objects.get(person=world.councillor)


def noon(before: int, last_day: date = LAST_DAY) -> datetime:
    """Noon, so many days before the last day."""
    return datetime(last_day.year, last_day.month, last_day.day, 12, tzinfo=UTC) - before * DAY


def pass_days(first: int, last: int, step: int = 1) -> list[int]:
    """Let the job run at noon from ``first`` to ``last`` days before the end: on which of them it told somebody."""
    told = []
    days = [*range(first, last, -step), last]
    for since, until in pairwise(days):
        with time_machine.travel(noon(until), tick=False):
            if endings.call(since=noon(since).isoformat(), until=noon(until).isoformat()):
                told.append(until)
    return told


def test_ninety_and_fourteen_days_before_the_last_one(world: World, seat: Membership) -> None:
    assert pass_days(100, -5) == [90, 14]
    assert set(Notification.objects.values_list("person", "kind")) == {(world.councillor.pk, "seat_ends")}


def test_the_words_name_the_seat_its_last_day_and_whom_to_ask(world: World, seat: Membership) -> None:
    pass_days(15, 14)
    with time_machine.travel(noon(14), tick=False):
        (one,) = tell(Notification.objects.all(), world.councillor)
    assert one.words.title == "Your seat in Steering group, Karlskrona–Saldanha Bay ends on 30 June 2026"
    assert one.words.text.startswith(
        "Your seat: Councillor (Steering group), for Karlskrona. Its last day is 30 June 2026."
    )
    assert "Then ask Owner Test (Karlskrona) to prolong your seat." in one.words.text
    assert one.url == f"/network/partnerships/{world.partnership.pk}/"


def test_nothing_is_skipped_after_a_pause_and_nothing_told_twice(world: World, seat: Membership) -> None:
    assert pass_days(100, -5, step=19) == [81, 5]
    assert pass_days(100, 10) == []


def test_after_a_pause_over_both_only_the_nearer_is_told_and_after_the_end_nothing(
    world: World, seat: Membership
) -> None:
    assert pass_days(100, 5, step=95) == [5]
    assert Notification.objects.get().cause.endswith(":14")
    Notification.objects.all().delete()
    assert pass_days(100, -1, step=101) == []


@pytest.mark.parametrize("again", [{}, {"ends": LAST_DAY + 400 * DAY, "begins": LAST_DAY + 9 * DAY}])
def test_a_seat_that_is_followed_by_another_there_is_not_told(
    world: World, seat: Membership, again: dict[str, date]
) -> None:
    fields = {"person": world.councillor, "function": Function.SENIOR_MANAGER, "organisation": world.karlskrona}
    Membership.objects.create(**fields, body=world.steering, **{"begins": LAST_DAY + DAY, **again})
    assert pass_days(100, -5) == []


def test_a_seat_elsewhere_or_of_another_or_as_alumnus_follows_nothing(world: World, seat: Membership) -> None:
    fields = {"organisation": world.karlskrona, "begins": LAST_DAY + DAY}
    Membership.objects.create(person=world.councillor, function=Function.COUNCILLOR, body=world.project, **fields)
    Membership.objects.create(person=world.owner, function=Function.COUNCILLOR, body=world.steering, **fields)
    Membership.objects.create(person=world.councillor, function=Function.ALUMNUS, body=world.steering, **fields)
    assert pass_days(100, -5) == [90, 14]


def test_a_prolonged_seat_is_told_by_its_new_day_and_the_mail_of_the_old_one_is_void(
    world: World, seat: Membership
) -> None:
    pass_days(15, 14)
    with time_machine.travel(noon(13), tick=False):
        seat.ends = LAST_DAY + 365 * DAY
        change_membership(seat)
        assert Notification.objects.get().opened_at is not None
    assert pass_days(13, -200) == []
    assert [noon(n).date() for n in pass_days(-270, -400)] == [seat.ends - 90 * DAY, seat.ends - 14 * DAY]
    assert Notification.objects.count() == 3


def test_what_is_told_of_a_seat_that_is_gone_reaches_nobody(world: World, seat: Membership) -> None:
    pass_days(15, 14)
    with time_machine.travel(noon(3), tick=False):
        end_membership(seat)
        assert tell(Notification.objects.all(), world.councillor) == []


def test_days_are_the_networks(world: World, seat: Membership) -> None:
    Network.objects.update(zone="Pacific/Auckland")
    midnight = datetime(2026, 6, 15, 12, tzinfo=UTC)  # 16 June begins there
    with time_machine.travel(midnight, tick=False):
        before, after = (midnight - timedelta(minutes=1)).isoformat(), midnight.isoformat()
        assert endings.call(since=(midnight - DAY).isoformat(), until=before) == 0
        assert endings.call(since=before, until=after) == 1


def test_the_mail_leaves_in_the_morning(world: World, seat: Membership) -> None:
    midnight = datetime(2026, 6, 15, 22, 2, tzinfo=UTC)
    with time_machine.travel(midnight, tick=False):
        endings.call(since=(midnight - DAY).isoformat(), until=midnight.isoformat())
    assert Delivery.objects.get().due_at == datetime(2026, 6, 16, 5, tzinfo=UTC)


def test_many_ends_cost_the_same_queries(
    world: World, seat: Membership, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    after, upto = LAST_DAY - 15 * DAY, LAST_DAY - 14 * DAY
    with time_machine.travel(noon(14), tick=False):
        with django_assert_num_queries(13):
            assert tell_of_ends(after, upto, STOCKHOLM) == 1
        Notification.objects.all().delete()
        Membership.objects.update(ends=LAST_DAY)
        with django_assert_num_queries(13):
            assert tell_of_ends(after, upto, STOCKHOLM) == 7
