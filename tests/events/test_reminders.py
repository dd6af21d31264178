"""Whoever is invited is reminded a week and a day before, by their answer and their own clock; never of what is off."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from events.actions import answer_event, cancel_event, change_event
from events.jobs import reminders
from events.models import Event
from events.reminders import remind
from notifications.models import Delivery, Notification
from notifications.telling import as_read_by, tell
from partnerships.actions import end_membership
from partnerships.models import Function, Membership
from tests.conftest import World
from tests.events.conftest import Call

STARTS = datetime(2026, 11, 26, 9, tzinfo=UTC)
"""Ten o'clock in Stockholm, eleven in Johannesburg, noon in Dar es Salaam."""
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def gathering(world: World, call: Call) -> Event:
    """A training of the network, called a month before."""
    with time_machine.travel(STARTS - 30 * DAY, tick=False):
        return call(day=date(2026, 11, 26), place="Kigali")


def pass_by(*moments: datetime) -> list[int]:
    """How many the job told at each of these moments but the first."""
    told = []
    for since, until in pairwise(moments):
        with time_machine.travel(until, tick=False):
            told.append(int(reminders.call(since=since.isoformat(), until=until.isoformat())))
    return told


def said_to(person: User, now: datetime = STARTS - DAY) -> list[str]:
    """The titles of what a person reads, in their language and by their clock."""
    with time_machine.travel(now, tick=False), as_read_by(person):
        return [one.words.title for one in tell(Notification.objects.filter(person=person), person)]


def text_to(person: User) -> str:
    """The text of the only thing that a person reads."""
    with time_machine.travel(STARTS - DAY, tick=False), as_read_by(person):
        (one,) = tell(Notification.objects.filter(person=person), person)
        return one.words.text


def answer(event: Event, **choices: str) -> None:
    """Each of these people (by the name in their address) answers a month before."""
    with time_machine.travel(STARTS - 29 * DAY, tick=False):
        for name, choice in choices.items():
            answer_event(event, User.objects.get(email=f"{name}@test.example"), choice)


def test_a_week_and_a_day_before_once_each(world: World, gathering: Event) -> None:
    quarters = [STARTS - 8 * DAY + number * HOUR for number in range(9 * 24)]
    told = [(STARTS - until, n) for until, n in zip(quarters[1:], pass_by(*quarters), strict=True) if n]
    assert told == [(7 * DAY, 5), (DAY, 5)]
    assert pass_by(*quarters) == [0] * (len(quarters) - 1)


def test_by_the_answer_as_it_stands_then(world: World, gathering: Event) -> None:
    answer(gathering, owner="yes", partner="maybe", councillor="no")
    assert pass_by(STARTS - 2 * DAY, STARTS - DAY) == [4]
    assert said_to(world.councillor) == []
    assert "You answered yes." in text_to(world.owner)
    assert "You answered maybe." in text_to(world.partner)
    assert "You have not answered yet. Please say whether you come." in text_to(world.outsider)
    assert "You answered yes." in text_to(world.officer)  # who called it


def test_what_stands_under_the_bell_knows_the_answer_given_since(world: World, gathering: Event) -> None:
    assert pass_by(STARTS - 2 * DAY, STARTS - DAY) == [5]
    answer(gathering, owner="yes", partner="no")
    assert "You answered yes." in text_to(world.owner)
    assert "You answered no." in text_to(world.partner)
    assert "You have not answered yet." in text_to(world.councillor)
    assert not Notification.objects.filter(person__in=[world.stranger, world.guest, world.administrator]).exists()


def test_times_are_the_readers_and_the_gatherings_own_is_named_where_it_differs(world: World, gathering: Event) -> None:
    pass_by(STARTS - 2 * DAY, STARTS - DAY)
    assert said_to(world.owner) == ["Reminder: Waste that pays, Thursday 26 November 2026, 10:00–12:00"]
    assert said_to(world.partner) == ["Reminder: Waste that pays, Thursday 26 November 2026, 11:00–13:00"]
    assert "clock" not in text_to(world.owner)
    there = "This time is by your clock (Johannesburg). By the clock in Stockholm it is 10:00–12:00."
    assert there in text_to(world.partner)


def test_another_day_there_is_named_too(world: World, call: Call) -> None:
    with time_machine.travel(STARTS - 30 * DAY, tick=False):
        call(day=date(2026, 11, 27), opens=time(0, 30), closes=time(1, 30), zone="Pacific/Auckland")
    pass_by(STARTS - 2 * DAY, STARTS)
    assert said_to(world.owner) == ["Reminder: Waste that pays, Thursday 26 November 2026, 12:30–13:30"]
    assert "By the clock in Auckland it is Friday 27 November, 00:30–01:30." in text_to(world.owner)


def test_a_deadline_of_a_whole_day_reminds_everybody_and_asks_for_no_answer(world: World, call: Call) -> None:
    with time_machine.travel(STARTS - 30 * DAY, tick=False):
        call(
            kind=Event.Kind.DEADLINE, title="Budget", day=date(2026, 11, 27), opens=None, closes=None,
        )  # fmt: skip
    assert pass_by(STARTS - DAY, STARTS) == [5]
    assert said_to(world.owner) == ["Deadline: Budget, Friday 27 November 2026"]
    assert text_to(world.owner) == ""
    assert text_to(world.partner) == "The day is counted by the clock in Stockholm."


def test_several_days_and_what_is_preliminary(world: World, call: Call) -> None:
    with time_machine.travel(STARTS - 30 * DAY, tick=False):
        call(day=date(2026, 11, 26), last_day=date(2026, 11, 28), state=Event.State.PRELIMINARY)
    pass_by(STARTS - 2 * DAY, STARTS - DAY)
    assert said_to(world.owner) == [
        "Reminder: Waste that pays, Thursday 26 November 2026, 10:00, until Saturday 28 November 2026"
    ]
    assert "The date is preliminary" in text_to(world.owner)


@pytest.mark.parametrize("state", [Event.State.IDEA, Event.State.CANCELLED, Event.State.DONE])
def test_what_is_not_settled_or_off_reminds_nobody(world: World, gathering: Event, state: str) -> None:
    Event.objects.update(state=state)
    assert pass_by(STARTS - 8 * DAY, STARTS - 2 * DAY, STARTS - HOUR, STARTS + DAY) == [0, 0, 0]


def test_what_is_called_off_later_leaves_no_mail_and_says_so_under_the_bell(world: World, gathering: Event) -> None:
    pass_by(STARTS - 2 * DAY, STARTS - DAY)
    with time_machine.travel(STARTS - DAY + HOUR, tick=False):
        cancel_event(gathering, world.officer)
    assert set(Delivery.objects.values_list("state", "reason")) == {("dropped", "gone")}
    assert said_to(world.owner) == ["Cancelled: Waste that pays, Thursday 26 November 2026, 10:00–12:00"]


def test_what_is_moved_reminds_anew_by_its_new_time(world: World, gathering: Event) -> None:
    pass_by(STARTS - 8 * DAY, STARTS - 7 * DAY)
    with time_machine.travel(STARTS - 6 * DAY, tick=False):
        moved = {"first_day": date(2026, 12, 10), "last_day": date(2026, 12, 10)}
        change_event(gathering, world.officer, moved)
    assert set(Delivery.objects.values_list("state", "reason")) == {("dropped", "gone")}
    moments = [STARTS - 6 * DAY, STARTS - DAY, STARTS + 7 * DAY, STARTS + 13 * DAY]
    assert pass_by(*moments) == [0, 5, 5]
    assert said_to(world.owner)[0] == "Reminder: Waste that pays, Thursday 10 December 2026, 10:00–12:00"


def test_what_is_called_late_reminds_only_where_it_still_makes_sense(world: World, call: Call) -> None:
    with time_machine.travel(STARTS - 3 * DAY, tick=False):
        call(day=date(2026, 11, 26))
    assert pass_by(STARTS - 8 * DAY, STARTS - 2 * DAY, STARTS - DAY) == [0, 5]
    with time_machine.travel(STARTS - 2 * HOUR, tick=False):
        call(day=date(2026, 11, 26))
    assert pass_by(STARTS - 2 * DAY, STARTS - HOUR) == [0]


def test_what_is_moved_nearer_in_a_pause_is_not_told_for_the_week(world: World, gathering: Event) -> None:
    with time_machine.travel(STARTS - 5 * DAY, tick=False):
        change_event(gathering, world.officer, {"opens": time(11), "closes": time(13)})
    assert pass_by(STARTS - 9 * DAY, STARTS - 4 * DAY) == [0]


def test_after_a_pause_the_nearer_is_told_and_after_the_beginning_nothing(world: World, gathering: Event) -> None:
    assert pass_by(STARTS - 10 * DAY, STARTS - 3 * DAY) == [5]
    Notification.objects.all().delete()
    assert pass_by(STARTS - 10 * DAY, STARTS - HOUR) == [5]
    assert {one.cause.split(":")[2] for one in Notification.objects.all()} == {"day"}
    Notification.objects.all().delete()
    assert pass_by(STARTS - 10 * DAY, STARTS) == [0]


def test_officers_are_reminded_of_a_partnerships_gathering_only_if_they_come(world: World, call: Call) -> None:
    with time_machine.travel(STARTS - 30 * DAY, tick=False):
        event = call(audience=world.partnership, organiser=world.owner, day=date(2026, 11, 26))
    pass_by(STARTS - 8 * DAY, STARTS - 7 * DAY)
    assert not Notification.objects.filter(person=world.officer).exists()
    answer(event, officer="yes")
    pass_by(STARTS - 2 * DAY, STARTS - DAY)
    assert Notification.objects.filter(person=world.officer).count() == 1
    assert not Notification.objects.filter(person__in=[world.guest, world.outsider]).exists()


def test_those_reminded_are_those_invited(world: World, call: Call) -> None:
    mentor = world.seat(world.stranger, Function.MENTOR, world.icld, network=world.network)
    world.seat(world.guest, Function.OBSERVER, world.icld, partnership=world.partnership)
    with time_machine.travel(STARTS - 30 * DAY, tick=False):
        for audience in (world.network, world.partnership, world.project, world.steering):
            call(audience=audience, organiser=world.administrator, day=date(2026, 11, 26), title=str(audience))
    pass_by(STARTS - 2 * DAY, STARTS - DAY)
    assert mentor.pk
    for event in Event.objects.all():
        invited = {one for one in User.objects.all() if Event.objects.inviting(one).filter(pk=event.pk).exists()}
        told = {one.person for one in Notification.objects.filter(about_id=event.pk)}
        assert told == invited, event


def test_who_left_meanwhile_reads_nothing_of_it(world: World, gathering: Event) -> None:
    pass_by(STARTS - 2 * DAY, STARTS - DAY)
    with time_machine.travel(STARTS - DAY, tick=False):
        end_membership(Membership.objects.get(person=world.outsider))
    assert said_to(world.outsider) == []


def test_opening_the_page_or_answering_settles_it(world: World, gathering: Event) -> None:
    pass_by(STARTS - 2 * DAY, STARTS - DAY)
    browser = Client()
    browser.force_login(world.owner)
    browser.get(f"/events/{gathering.pk}/")
    with time_machine.travel(STARTS - HOUR, tick=False):
        answer_event(gathering, world.partner, "no")
    opened = Notification.objects.exclude(opened_at=None)
    assert {one.person for one in opened} == {world.owner, world.partner}


@pytest.mark.parametrize("rows", [1, 3])
def test_many_gatherings_cost_one_query_each_beside_the_rest(
    world: World, call: Call, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with time_machine.travel(STARTS - 30 * DAY, tick=False):
        for _ in range(rows):
            call(day=date(2026, 11, 26))
    with time_machine.travel(STARTS - DAY, tick=False), django_assert_num_queries(15 + rows):
        assert remind(STARTS - 2 * DAY, STARTS - DAY) == 5 * rows


def test_without_a_gathering_near_it_costs_two_queries(
    world: World, gathering: Event, django_assert_num_queries: Any
) -> None:
    with time_machine.travel(STARTS - 20 * DAY, tick=False), django_assert_num_queries(2):
        assert remind(STARTS - 21 * DAY, STARTS - 20 * DAY) == 0
