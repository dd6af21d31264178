"""A push leaves encrypted and signed, to every device, for who may still be told; what becomes of it is a fact."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
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


def test_many_leave_in_one_round(world: World, tell_of: Tell, service: PushService) -> None:
    people = [person(f"Number{n}") for n in range(LIMIT + 3)]
    for n, one in enumerate(people):
        world.seat(one, Function.COORDINATOR, world.karlskrona, partnership=world.partnership)
        browser_of(one, service, str(n))
    tell_of(world.partnership, people)
    assert [push_due() for _round in range(3)] == [LIMIT, 3, 0]
    assert {received.path for received in service.received} == {f"/push/{n}" for n in range(LIMIT + 3)}
    assert Delivery.objects.filter(channel="push", state="sent").count() == LIMIT + 3
