"""A new member is told once where they are, what to do first and whom to ask, whenever the seat begins."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from notifications.models import Delivery, Notification
from notifications.telling import tell
from partnerships.actions import begin_membership, begin_memberships, change_membership, end_membership
from partnerships.jobs import memberships
from partnerships.models import Function, Membership
from partnerships.welcoming import welcome
from tests.conftest import World, person

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
TODAY = date(2026, 3, 2)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def noon() -> object:
    """The same day everywhere that a network keeps its clock."""
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def seat(who: User, world: World, begins: date = TODAY, **fields: object) -> Membership:
    """A seat of the stranger's, in the project group unless said otherwise."""
    place = fields.pop("place", {"body": world.project})
    rest = {"function": Function.PROJECT_MEMBER, "organisation": world.karlskrona, **place, **fields}  # type: ignore[dict-item]
    return begin_membership(person=who, begins=begins, **rest)


def test_a_new_member_is_welcomed_under_the_bell_and_by_mail(world: World) -> None:
    seat(world.stranger, world)
    told = Notification.objects.get()
    assert (told.person, told.kind) == (world.stranger, "welcome")
    assert Delivery.objects.get().channel == "mail"
    (one,) = tell([told], world.stranger)
    assert one.words.title == "Welcome to Karlskrona–Saldanha Bay"
    assert "Your seat: Project member (Project group), for Karlskrona." in one.words.text
    assert "say hello" in one.words.text
    assert "Questions? Ask Owner Test (Karlskrona)." in one.words.text
    assert one.url == f"/network/partnerships/{world.partnership.pk}/"


def test_further_seats_of_the_same_day_in_the_partnership_are_not_told_again(world: World) -> None:
    begin_memberships(
        [
            Membership(person=world.stranger, organisation=world.karlskrona, begins=TODAY, **fields)
            for fields in (
                {"function": Function.PROJECT_MEMBER, "body": world.project},
                {"function": Function.COORDINATOR, "partnership": world.partnership},
            )
        ]
    )
    seat(world.stranger, world, place={"body": world.steering})
    told = Notification.objects.get()
    assert (told.facts["function"], told.facts["contacts"]) == ("coordinator", ["Owner Test (Karlskrona)"])
    seat(world.stranger, world, place={"partnership": world.other_partnership})
    assert Notification.objects.count() == 2


def test_two_new_members_are_both_told(world: World) -> None:
    for who in (world.stranger, world.outsider):
        seat(who, world)
    assert {one.person for one in Notification.objects.all()} == {world.stranger, world.outsider}


def test_who_coordinates_is_not_told_to_ask_themselves(world: World) -> None:
    end_membership(Membership.objects.get(person=world.owner, function=Function.COORDINATOR))
    seat(world.stranger, world, function=Function.COORDINATOR, place={"partnership": world.partnership})
    (one,) = tell(Notification.objects.all(), world.stranger)
    assert "Questions?" not in one.words.text


def test_in_a_network_one_asks_its_officers(world: World) -> None:
    seat(world.stranger, world, function=Function.MENTOR, place={"network": world.network})
    (one,) = tell(Notification.objects.all(), world.stranger)
    assert one.words.title == "Welcome to Climate"
    assert "Questions? Ask Officer Test (ICLD)." in one.words.text


@pytest.mark.parametrize(
    "fields",
    [
        {"begins": TODAY - 40 * DAY},
        {"begins": TODAY + DAY},
        {"begins": TODAY - 2 * DAY, "ends": TODAY - DAY},
        {"function": Function.ALUMNUS, "place": {}},
        {"place": {}},
    ],
    ids=["long ago", "tomorrow", "over", "alumnus", "employer only"],
)
def test_of_what_nobody_is_welcomed_to(world: World, fields: dict[str, object]) -> None:
    seat(world.stranger, world, **fields)  # type: ignore[arg-type]
    assert not Notification.objects.exists()


def test_a_seat_that_begins_later_is_told_at_its_midnight(world: World) -> None:
    made = seat(world.stranger, world, begins=TODAY + 3 * DAY)
    until = NOON + 3 * DAY
    with time_machine.travel(until, tick=False):
        for _ in range(2):
            memberships.call(since=NOON.isoformat(), until=until.isoformat())
    assert Notification.objects.get().facts["function"] == made.function


def test_after_a_long_pause_a_seat_that_began_meanwhile_is_still_told(world: World) -> None:
    seat(world.stranger, world, begins=TODAY + DAY)
    seat(world.outsider, world, begins=TODAY + DAY, ends=TODAY + 2 * DAY)
    until = NOON + 50 * DAY
    with time_machine.travel(until, tick=False):
        memberships.call(since=NOON.isoformat(), until=until.isoformat())
    assert Notification.objects.get().person == world.stranger


def test_a_changed_seat_is_told_when_it_begins_by_the_change(world: World) -> None:
    made = seat(world.stranger, world, begins=TODAY + 5 * DAY)
    made.begins = TODAY
    change_membership(made)
    made.ends = TODAY + 90 * DAY
    change_membership(made)
    assert Notification.objects.count() == 1


def test_who_has_left_already_reads_nothing_of_the_place(world: World) -> None:
    end_membership(seat(world.stranger, world))
    assert tell(Notification.objects.all(), world.stranger) == []


def test_many_seats_at_once_cost_the_same_queries(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    people = [person(f"Number{n}") for n in range(8)]
    rest = {"function": Function.TRAINEE, "organisation": world.karlskrona, "body": world.project, "begins": TODAY}
    for some in (people[:1], people[1:]):
        new = Membership.objects.bulk_create([Membership(person=one, **rest) for one in some])
        with django_assert_num_queries(13):
            welcome(new)
    assert Notification.objects.count() == len(people)
