"""A push leaves encrypted and signed, to every device, for who may still be told."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from pytest_django.fixtures import Settings

import things
from accounts.models import User
from notifications.actions import opened, pause
from notifications.kinds import When
from notifications.models import Choice, Delivery, Notification, Preferences, Subscription
from notifications.push.vapid import public_key
from notifications.pushing import LIMIT, push_due
from partnerships.actions import end_membership
from partnerships.models import Function, Membership
from tests.conftest import World, person
from tests.notifications.conftest import Tell
from tests.notifications.push_service import PushService, browser_of, pushed

MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    """Nobody's quiet hours."""
    with time_machine.travel(MORNING, tick=False) as clock:
        yield clock


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


def test_a_message_is_signed_by_this_installation_for_this_service(
    world: World, tell_of: Tell, service: PushService, settings: Settings
) -> None:
    settings.DEFAULT_FROM_EMAIL = "Exchange <exchange@icld.example>"
    browser_of(world.owner, service)
    tell_of(world.partnership, [world.owner])
    push_due()
    claims = service.received[0].claims
    assert claims == {
        "aud": f"https://{service.host}",
        "sub": "mailto:exchange@icld.example",
        "exp": int((MORNING + timedelta(hours=12)).timestamp()),
        "key": public_key(),
    }


def test_a_message_says_how_long_it_holds_how_urgent_it_is_and_what_it_replaces(
    world: World, tell_of: Tell, service: PushService
) -> None:
    browser_of(world.owner, service)
    browser_of(world.partner, service, "other")
    tell_of(world.partnership, [world.owner, world.partner])
    push_due()
    one, other = (received.headers for received in service.received)
    assert (one["ttl"], one["urgency"], one["content-encoding"]) == ("86400", "normal", "aes128gcm")
    assert re.fullmatch(r"[A-Za-z0-9_-]{32}", one["topic"])
    assert one["topic"] != other["topic"]  # the service cannot tell that both are about the same


def test_words_are_in_the_readers_language_and_short(world: World, tell_of: Tell, service: PushService) -> None:
    browser = browser_of(world.owner, service)
    world.owner.language = "sw"
    world.owner.save()
    world.partnership.name = "Karlskrona–Saldanha Bay " * 4
    world.partnership.save()
    tell_of(world.partnership, [world.owner])
    push_due()
    assert browser.got[0]["lang"] == "sw"
    assert len(browser.got[0]["title"]) == 100
    assert len(service.received[0].body) < 600


def test_whoever_saves_data_gets_nobodys_own_words(world: World, tell_of: Tell, service: PushService) -> None:
    browser = browser_of(world.owner, service)
    User.objects.filter(pk=world.owner.pk).update(data_saver=True)
    tell_of(world.partnership, [world.owner])
    push_due()
    assert browser.got[0]["body"] == "Number 1."


def read_it(world: World) -> None:
    notification = Notification.objects.get(person=world.owner)
    opened(world.owner, things.kinds[notification.about_kind].card(world.partnership))


def lose_access(world: World) -> None:
    for seat in Membership.objects.filter(person=world.owner):
        end_membership(seat, MORNING.date() - timedelta(days=1))


def choose(when: When) -> Callable[[World], object]:
    return lambda world: Choice.objects.create(person=world.owner, kind="note", when=when)


def mute(world: World) -> None:
    Preferences.objects.create(person=world.owner, muted_until=MORNING + timedelta(hours=1))


def close(world: World) -> None:
    User.objects.filter(pk=world.owner.pk).update(is_active=False)


def lose_the_device(world: World) -> None:
    Subscription.objects.all().delete()


@pytest.mark.parametrize(
    ("meanwhile", "reason"),
    [
        (read_it, "read"),
        (lose_access, "gone"),
        (choose(When.OFF), "choice"),
        (choose(When.DIGEST), "choice"),
        (mute, "choice"),
        (close, "closed"),
        (lose_the_device, "device"),
    ],
    ids=["read", "access ended", "turned off", "put into the digest", "muted", "account closed", "no device"],
)
def test_what_changed_since_the_cause_holds_it_back(
    world: World, tell_of: Tell, service: PushService, meanwhile: Callable[[World], object], reason: str
) -> None:
    browser_of(world.owner, service)
    tell_of(world.partnership, [world.owner])
    meanwhile(world)
    assert push_due() == 1
    assert (pushed(world.owner).state, pushed(world.owner).reason) == ("dropped", reason)
    assert service.received == []


def test_a_mail_address_that_is_dead_stops_no_push(world: World, tell_of: Tell, service: PushService) -> None:
    browser_of(world.owner, service)
    tell_of(world.partnership, [world.owner])
    pause(world.owner, "550 no such user")
    push_due()
    assert pushed(world.owner).state == "sent"


def test_a_late_push_does_not_ring_at_night(
    world: World, tell_of: Tell, service: PushService, clock: time_machine.Traveller
) -> None:
    """The worker was away in the evening and came back in the small hours."""
    browser_of(world.owner, service)
    tell_of(world.partnership, [world.owner])
    clock.move_to(MORNING + timedelta(hours=15))
    push_due()
    waits = pushed(world.owner)
    assert (waits.state, waits.due_at, waits.attempts) == ("waiting", datetime(2026, 11, 24, 6, 0, tzinfo=UTC), 0)
    clock.move_to(waits.due_at)
    push_due()
    assert pushed(world.owner).state == "sent"


def test_many_leave_in_one_round(world: World, tell_of: Tell, service: PushService) -> None:
    people = [person(f"Number{n}") for n in range(LIMIT + 3)]
    for n, one in enumerate(people):
        world.seat(one, Function.COORDINATOR, world.karlskrona, partnership=world.partnership)
        browser_of(one, service, str(n))
    tell_of(world.partnership, people)
    assert [push_due() for _round in range(3)] == [LIMIT, 3, 0]
    assert {received.path for received in service.received} == {f"/push/{n}" for n in range(LIMIT + 3)}
    assert Delivery.objects.filter(channel="push", state="sent").count() == LIMIT + 3
