"""What a push service answers decides what becomes of a push, and each outcome is a fact."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from pytest_django.fixtures import Settings

from notifications.models import Subscription
from notifications.pushing import push_due
from tests.conftest import World
from tests.notifications.conftest import Tell
from tests.notifications.push_service import PushService, browser_of, pushed

MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    """Nobody's quiet hours."""
    with time_machine.travel(MORNING, tick=False) as clock:
        yield clock


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_takes_no_more_is_forgotten(
    world: World, tell_of: Tell, service: PushService, status: int
) -> None:
    browser_of(world.owner, service)
    service.answers = [(status, {})]
    tell_of(world.partnership, [world.owner])
    push_due()
    assert not Subscription.objects.exists()
    assert (pushed(world.owner).state, pushed(world.owner).reason) == ("dropped", "device")


@pytest.mark.parametrize(
    ("answer", "asked"),
    [((429, {"Retry-After": "600"}), 600), ((503, {}), 0), ((500, {"Retry-After": "nonsense"}), 0), ((0, {}), 0)],
    ids=["too many", "unavailable", "broken", "no answer"],
)
def test_a_service_that_is_away_loses_nothing(
    world: World,
    tell_of: Tell,
    service: PushService,
    clock: time_machine.Traveller,
    answer: tuple[int, dict[str, str]],
    asked: int,
) -> None:
    browser_of(world.owner, service)
    service.answers = [answer, answer]
    tell_of(world.partnership, [world.owner])
    gaps = []
    for _attempt in range(2):
        push_due()
        waits = pushed(world.owner)
        assert waits.state == "waiting"
        gaps.append((waits.due_at - datetime.now(UTC)).total_seconds() - asked)
        clock.move_to(waits.due_at)
    assert 7 < gaps[0] < 13 < 22 < gaps[1] < 38
    push_due()
    assert (pushed(world.owner).state, pushed(world.owner).attempts) == ("sent", 3)


def test_after_three_days_it_is_given_up(
    world: World, tell_of: Tell, service: PushService, clock: time_machine.Traveller
) -> None:
    browser_of(world.owner, service)
    service.answers = [(503, {})] * 50
    tell_of(world.partnership, [world.owner])
    while (waits := pushed(world.owner)).state == "waiting":
        clock.move_to(waits.due_at)
        push_due()
    assert (waits.state, waits.reason) == ("given_up", f"{service.host}: 503 Service Unavailable")
    assert waits.ended_at is not None
    assert timedelta(days=3) <= waits.ended_at - MORNING < timedelta(days=3, hours=12)


def test_what_is_too_long_for_a_service_leaves_shorter(world: World, tell_of: Tell, service: PushService) -> None:
    browser = browser_of(world.owner, service)
    service.answers = [(413, {})]
    tell_of(world.partnership, [world.owner])
    push_due()
    assert [one["body"] for one in browser.got] == ["Habari za asubuhi", ""]
    assert pushed(world.owner).state == "sent"


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ((403, {}), "403 Forbidden"),
        ((302, {"Location": "https://169.254.169.254/"}), "302 Found"),
    ],
)
def test_what_is_refused_is_not_tried_again_or_elsewhere(
    world: World, tell_of: Tell, service: PushService, answer: tuple[int, dict[str, str]], words: str
) -> None:
    browser_of(world.owner, service)
    service.answers = [answer]
    tell_of(world.partnership, [world.owner])
    assert (push_due(), push_due()) == (1, 0)
    assert (pushed(world.owner).state, pushed(world.owner).reason) == ("refused", f"{service.host}: {words}")
    assert (len(service.received), Subscription.objects.count()) == (1, 1)


def test_nothing_goes_to_a_host_that_is_known_no_more(
    world: World, tell_of: Tell, service: PushService, settings: Settings
) -> None:
    browser_of(world.owner, service)
    settings.PUSH_HOSTS = ["fcm.googleapis.com"]
    tell_of(world.partnership, [world.owner])
    push_due()
    assert (pushed(world.owner).state, service.received) == ("refused", [])


def test_with_several_devices_it_is_sent_once_one_takes_it(world: World, tell_of: Tell, service: PushService) -> None:
    for name in ("one", "two", "three"):
        browser_of(world.owner, service, name)
    service.answers = [(410, {}), (503, {})]
    tell_of(world.partnership, [world.owner])
    assert (push_due(), push_due()) == (1, 0)
    assert pushed(world.owner).state == "sent"
    assert Subscription.objects.count() == 2
    assert Subscription.objects.filter(last_sent_at=MORNING).count() == 1


def test_a_browser_with_a_broken_key_keeps_no_other_from_its_message(
    world: World, tell_of: Tell, service: PushService, caplog: pytest.LogCaptureFixture
) -> None:
    Subscription.objects.create(person=world.owner, endpoint=service.endpoint("broken"), p256dh="k", auth="a")
    browser_of(world.partner, service)
    tell_of(world.partnership, [world.owner, world.partner])
    assert push_due() == 2
    assert (pushed(world.owner).state, pushed(world.partner).state) == ("refused", "sent")
    assert "could not be written" in caplog.text
