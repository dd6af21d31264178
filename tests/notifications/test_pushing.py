"""A push leaves encrypted and signed, to every device, for who may still be told; what becomes of it is a fact."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from pytest_django.fixtures import Settings

from accounts.models import User
from notifications.models import Delivery, Notification, Subscription
from notifications.pushing import push_due
from tests.conftest import World
from tests.notifications.conftest import Tell
from tests.notifications.push_service import Browser, PushService, push_service

MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    """Nobody's quiet hours."""
    with time_machine.travel(MORNING, tick=False) as clock:
        yield clock


@pytest.fixture
def service(settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[PushService]:
    """A push service that this installation knows."""
    with push_service(tmp_path) as service:
        settings.PUSH_HOSTS = [*settings.PUSH_HOSTS, service.host]
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(service.certificate))
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        yield service


def browser_of(person: User, service: PushService, name: str = "one") -> Browser:
    """A browser that takes messages for somebody."""
    browser = Browser(service, name)
    said = browser.subscription
    Subscription.objects.create(person=person, endpoint=said["endpoint"], device="Firefox/Android", **said["keys"])
    return browser


def pushed(person: User) -> Delivery:
    """What became of the only push to somebody."""
    return Delivery.objects.get(person=person, channel="push")


def test_what_is_due_reaches_the_browser_once_and_only_it_can_read_it(
    world: World, tell_of: Tell, service: PushService
) -> None:
    browser = browser_of(world.owner, service)
    tell_of(world.partnership, [world.owner])
    assert (push_due(), push_due()) == (1, 0)
    notification = Notification.objects.get()
    assert browser.got == [
        {
            "id": notification.pk,
            "title": "News of Karlskrona–Saldanha Bay",
            "body": "Habari za asubuhi",
            "url": f"/network/partnerships/{world.partnership.pk}/",
            "tag": "note:1",
            "lang": "en",
        }
    ]
    assert b"Karlskrona" not in service.received[0].body
    assert (pushed(world.owner).state, pushed(world.owner).ended_at) == ("sent", MORNING)
    assert Subscription.objects.get().last_sent_at == MORNING
