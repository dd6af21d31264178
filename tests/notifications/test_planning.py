"""Whoever changes choices, hours or zone finds what waits for them where it now belongs."""

from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from accounts.actions import save_account
from notifications import kinds
from notifications.actions import replan
from notifications.kinds import Kind, When
from notifications.models import Choice, Delivery, Preferences, Subscription
from tests.conftest import World
from tests.notifications.conftest import Tell

MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""A Monday; ten o'clock in Stockholm."""
TOMORROW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
DROPPED = ("dropped", "choice", MORNING)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock() -> object:
    """Nobody's quiet hours."""
    with time_machine.travel(MORNING, tick=False) as clock:
        yield clock


def waiting() -> list[tuple[str, datetime]]:
    """What waits, and until when."""
    rows = Delivery.objects.waiting().order_by("pk")
    return [(one.channel, one.due_at) for one in rows]


def ended() -> list[tuple[str, str, datetime | None]]:
    """What does not wait any more, why, and since when."""
    return list(Delivery.objects.exclude(state="waiting").order_by("pk").values_list("state", "reason", "ended_at"))


def choose(world: World, when: When, **fields: object) -> int:
    """The owner says when to hear of ``note``, and what waits follows."""
    Choice.objects.update_or_create(person=world.owner, kind="note", defaults={"when": when, **fields})
    return replan(world.owner)


def prefer(world: World, **fields: object) -> int:
    """The owner says at what hours, and what waits follows."""
    Preferences.objects.update_or_create(person=world.owner, defaults=fields)
    return replan(world.owner)


def test_what_was_for_the_digest_leaves_at_once_when_that_is_chosen(world: World, tell_of: Tell) -> None:
    choose(world, When.DIGEST)
    tell_of(world.partnership, [world.owner])
    assert waiting() == [("digest", TOMORROW)]
    assert (choose(world, When.AT_ONCE), replan(world.owner)) == (1, 0)
    assert waiting() == [("mail", MORNING)]


def test_what_was_for_now_goes_to_the_digest_and_rings_nobody_up(world: World, tell_of: Tell, slow_kind: Kind) -> None:
    Subscription.objects.create(person=world.owner, endpoint="https://push.example/1", p256dh="k", auth="a")
    tell_of(world.partnership, [world.owner])
    assert [channel for channel, _ in waiting()] == ["mail", "push"]
    assert choose(world, When.DIGEST) == 2
    assert waiting() == [("digest", TOMORROW)]
    assert ended() == [DROPPED]


def test_what_is_switched_off_is_dropped_and_says_why(world: World, tell_of: Tell) -> None:
    tell_of(world.partnership, [world.owner, world.partner])
    assert choose(world, When.OFF) == 1
    assert ended() == [DROPPED]
    assert waiting() == [("mail", MORNING)]  # the partner's


def test_what_was_dropped_stays_so(world: World, tell_of: Tell) -> None:
    tell_of(world.partnership, [world.owner])
    choose(world, When.OFF)
    assert choose(world, When.AT_ONCE) == 0
    assert waiting() == []


def test_a_mute_moves_nothing_so_that_its_end_finds_everything_in_place(world: World, tell_of: Tell) -> None:
    choose(world, When.DIGEST)
    tell_of(world.partnership, [world.owner], place="room:7")
    Choice.objects.create(person=world.owner, place="room:7", when=When.OFF, until=MORNING + timedelta(hours=1))
    assert replan(world.owner) == 0
    assert prefer(world, muted_until=MORNING + timedelta(hours=1)) == 0
    assert waiting() == [("digest", TOMORROW)]


def test_what_must_arrive_is_moved_by_no_choice(
    world: World, tell_of: Tell, monkeypatch: pytest.MonkeyPatch, kind: Kind
) -> None:
    must = Kind("must", kind.label, kind.words, kind.sample, may_choose=False)
    monkeypatch.setitem(kinds.kinds, "must", must)
    tell_of(world.partnership, [world.owner], kind="must", place="room:7")
    Choice.objects.create(person=world.owner, place="room:7", when=When.OFF)
    assert replan(world.owner) == 0
    assert waiting() == [("mail", MORNING)]


@pytest.mark.parametrize(
    ("fields", "due_at"),
    [
        ({"rhythm": "weekly"}, datetime(2026, 11, 30, 6, 0, tzinfo=UTC)),
        ({"rhythm": "weekly", "digest_day": 4}, datetime(2026, 11, 27, 6, 0, tzinfo=UTC)),
        ({"digest_hour": 16}, datetime(2026, 11, 23, 15, 0, tzinfo=UTC)),
        ({"quiet_from": time(6), "quiet_until": time(9)}, TOMORROW),
    ],
    ids=["weekly", "on Fridays", "at four", "quiet"],
)
def test_the_digest_follows_the_rhythm_the_day_and_the_hour(
    world: World, tell_of: Tell, fields: dict[str, object], due_at: datetime
) -> None:
    choose(world, When.DIGEST)
    tell_of(world.partnership, [world.owner])
    prefer(world, **fields)
    assert waiting() == [("digest", due_at)]


def test_mail_follows_the_quiet_hours_and_the_zone(world: World, tell_of: Tell) -> None:
    prefer(world, quiet_from=time(9), quiet_until=time(15))
    tell_of(world.partnership, [world.owner])
    assert waiting() == [("mail", datetime(2026, 11, 23, 14, 0, tzinfo=UTC))]
    assert prefer(world, quiet_until=time(12)) == 1
    assert waiting() == [("mail", datetime(2026, 11, 23, 11, 0, tzinfo=UTC))]
    world.owner.zone = "Asia/Kathmandu"  # a quarter to three in the afternoon
    save_account(world.owner)
    assert waiting() == [("mail", MORNING)]


def test_a_mail_that_waits_for_the_reader_goes_on_waiting(world: World, tell_of: Tell, slow_kind: Kind) -> None:
    tell_of(world.partnership, [world.owner], kind="slow")
    assert replan(world.owner) == 0
    Choice.objects.create(person=world.owner, kind="slow", when=When.DIGEST)
    replan(world.owner)
    Choice.objects.update(when=When.AT_ONCE)
    replan(world.owner)
    assert waiting() == [("mail", MORNING + timedelta(minutes=10))]


@pytest.mark.parametrize("fields", [{"attempts": 1}, {"claimed_until": MORNING + timedelta(minutes=1)}])
def test_what_is_on_its_way_is_left_to_go(world: World, tell_of: Tell, fields: dict[str, object]) -> None:
    tell_of(world.partnership, [world.owner])
    Delivery.objects.update(**fields)
    assert choose(world, When.DIGEST) == 0
    assert waiting() == [("mail", MORNING)]


def test_the_queries_do_not_grow_with_what_waits(
    world: World, tell_of: Tell, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for count, digest in [(1, When.DIGEST), (30, When.AT_ONCE), (30, When.OFF)]:
        for n in range(count):
            tell_of(world.partnership, [world.owner], n)
        Choice.objects.update_or_create(person=world.owner, kind="note", defaults={"when": digest})
        with django_assert_num_queries(5 + 2):  # two are the transaction's own
            assert replan(world.owner) == count
