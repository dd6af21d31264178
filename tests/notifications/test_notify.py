"""One verb tells people: once a cause, as each has chosen, in a number of queries that does not grow."""

from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

import things
from accounts.models import User
from notifications.actions import News, Why, notify_all
from notifications.kinds import Kind, When
from notifications.models import Choice, Delivery, Notification, Preferences, Subscription
from notifications.telling import tell
from tests.conftest import World, person
from tests.notifications.conftest import Tell

MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def morning() -> object:
    """Nobody's quiet hours."""
    with time_machine.travel(MORNING, tick=False) as clock:
        yield clock


def channels(one: User) -> list[tuple[str, datetime]]:
    """What waits for somebody, and until when."""
    return list(Delivery.objects.filter(person=one).order_by("channel").values_list("channel", "due_at"))


def test_a_cause_tells_a_person_once(world: World, tell_of: Tell) -> None:
    assert tell_of(world.partnership, [world.owner, world.partner]) == 2
    assert tell_of(world.partnership, [world.owner, world.partner, world.officer]) == 1
    assert Notification.objects.count() == 3
    assert Delivery.objects.count() == 3


def test_whoever_caused_it_is_not_told(world: World, tell_of: Tell) -> None:
    assert tell_of(world.partnership, [world.owner, world.partner], by=world.owner) == 1
    assert Notification.objects.get().person == world.partner


def test_without_a_choice_mail_leaves_at_once_and_a_push_for_who_has_a_device(world: World, tell_of: Tell) -> None:
    Subscription.objects.create(person=world.partner, endpoint="https://push.example/1", p256dh="k", auth="a")
    tell_of(world.partnership, [world.owner, world.partner])
    assert channels(world.owner) == [("mail", MORNING)]
    assert channels(world.partner) == [("mail", MORNING), ("push", MORNING)]


def test_a_kind_can_let_its_mail_wait(world: World, tell_of: Tell, slow_kind: Kind) -> None:
    tell_of(world.partnership, [world.owner], kind="slow")
    assert channels(world.owner) == [("mail", MORNING + timedelta(minutes=10))]


@pytest.mark.parametrize(
    ("of_kind", "in_place", "told"),
    [("note", "", "off"), ("", "room:7", "off"), ("note", "room:7", "off"), ("note", "room:8", "at_once")],
)
def test_a_choice_holds_for_its_kind_and_place(
    world: World, tell_of: Tell, of_kind: str, in_place: str, told: str
) -> None:
    Choice.objects.create(person=world.owner, kind=of_kind, place=in_place, when=When.OFF)
    tell_of(world.partnership, [world.owner], place="room:7")
    assert channels(world.owner) == ([] if told == "off" else [("mail", MORNING)])
    assert Notification.objects.filter(person=world.owner).count() == 1


def test_the_nearest_choice_counts(world: World, tell_of: Tell) -> None:
    Choice.objects.create(person=world.owner, kind="note", when=When.OFF)
    Choice.objects.create(person=world.owner, place="room:7", when=When.DIGEST)
    tell_of(world.partnership, [world.owner], place="room:7")
    assert channels(world.owner) == [("digest", datetime(2026, 11, 24, 6, 0, tzinfo=UTC))]


def test_a_choice_that_has_run_out_holds_no_more(world: World, tell_of: Tell) -> None:
    Choice.objects.create(person=world.owner, place="room:7", when=When.OFF, until=MORNING)
    tell_of(world.partnership, [world.owner], place="room:7")
    assert channels(world.owner) == [("mail", MORNING)]


def test_muted_is_the_bell_only(world: World, tell_of: Tell) -> None:
    Preferences.objects.create(person=world.owner, muted_until=MORNING + timedelta(hours=1))
    tell_of(world.partnership, [world.owner])
    assert (Notification.objects.count(), channels(world.owner)) == (1, [])


def test_mail_waits_for_the_end_of_the_quiet_hours(world: World, tell_of: Tell) -> None:
    Preferences.objects.create(person=world.owner, quiet_from=time(8), quiet_until=time(12))
    tell_of(world.partnership, [world.owner, world.partner])
    assert channels(world.owner) == [("mail", datetime(2026, 11, 23, 11, 0, tzinfo=UTC))]
    assert channels(world.partner) == [("mail", MORNING)]


def test_words_are_for_those_who_still_see_the_thing(world: World, tell_of: Tell) -> None:
    tell_of(world.partnership, [world.owner, world.stranger])
    told = Notification.objects.all()
    assert [one.words.title for one in tell(told.filter(person=world.owner), world.owner)] == [
        "News of Karlskrona–Saldanha Bay"
    ]
    assert tell(told.filter(person=world.stranger), world.stranger) == []


def test_the_queries_do_not_grow_with_the_people(
    world: World, tell_of: Tell, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    people = [person(f"Number{n}") for n in range(40)]
    for n, some in enumerate([people[:1], people]):
        with django_assert_num_queries(9):
            assert tell_of(world.partnership, some, n) == len(some)


def test_many_causes_are_told_in_as_many_queries_as_one(
    world: World, kind: Kind, slow_kind: Kind, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    about = things.kinds["partnership"].card(world.partnership)
    Choice.objects.create(person=world.owner, place="room:1", when=When.OFF)
    Choice.objects.create(person=world.owner, kind="slow", when=When.DIGEST)
    causes = [Why("note", "a", "room:1"), Why("note", "b", "room:2"), Why("slow", "c", by=world.partner)]
    with django_assert_num_queries(9):
        assert notify_all([News([world.owner, world.partner], about, why) for why in causes]) == 5
    waiting = Delivery.objects.filter(person=world.owner).order_by("notification__cause")
    assert list(waiting.values_list("notification__cause", "channel")) == [("b", "mail"), ("c", "digest")]
    assert notify_all([News([world.owner, world.stranger], about, why) for why in causes]) == 3
