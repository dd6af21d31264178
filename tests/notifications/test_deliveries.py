"""The staff see how deliveries get on, in numbers and without names; a person sees that their address takes no mail."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from notifications import numbers
from notifications.actions import pause
from notifications.models import Delivery, MailServer, Preferences
from tests.conftest import World
from tests.notifications.conftest import Tell

MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
PAGE = "/notifications/deliveries/"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """Nobody's quiet hours."""
    with time_machine.travel(MORNING, tick=False) as clock:
        yield clock


def page_for(person: User, address: str = PAGE) -> str:
    """What somebody reads there: the text, on one line."""
    client = Client()
    client.force_login(person)
    html = re.sub(r"<(script|style|svg).*?</\1>", "", client.get(address).content.decode(), flags=re.DOTALL)
    return re.sub(r" (?=[.:,])", "", " ".join(re.sub(r"<[^>]+>", " ", html).split()))


def became(state: str, reason: str, person: User, ago: timedelta = HOUR, **fields: object) -> None:
    """What became of everything that waits for somebody."""
    over = {"state": state, "reason": reason, "ended_at": MORNING - ago, **fields}
    Delivery.objects.waiting().filter(person=person).update(**over)


def test_the_numbers_are_by_channel_state_and_time(world: World, tell_of: Tell) -> None:
    for n, ago in enumerate([HOUR, timedelta(days=2), timedelta(days=20), timedelta(days=40)]):
        tell_of(world.partnership, [world.owner, world.partner], n)
        became("sent", "", world.owner, ago)
        became("refused", "550 5.1.1 <partner@test.example>: User unknown", world.partner, ago)
    text = page_for(world.administrator)
    assert "Mail sent 1 2 3 refused 1 2 3" in text
    assert "refused the address 550 5.1.1 3" in text


@pytest.mark.parametrize(
    ("state", "reason", "shown"),
    [
        ("refused", "550 5.1.10 <partner@test.example> has no mail", "refused the address 550 5.1.10 1"),
        ("refused", "554 partner@test.example is not welcome", "refused a reason not given by code 554 1"),
        ("refused", "partner@test.example is not welcome", "refused a reason not given by code 1"),
        ("given_up", "[Errno 111] Connection refused", "given up after three days a reason not given by code 1"),
        ("bounced", "5.2.2 partner@test.example is full", "came back the mailbox 5.2.2 1"),
        ("dropped", "gone", "not sent no longer there, or no longer theirs to see 1"),
    ],
)
def test_reasons_are_told_without_the_words_that_may_name_somebody(
    world: World, tell_of: Tell, state: str, reason: str, shown: str
) -> None:
    tell_of(world.partnership, [world.partner])
    became(state, reason, world.partner, address=world.partner.email)
    text = page_for(world.administrator)
    assert shown in text
    assert not re.search("partner@|Partner Test", text)


def test_what_waits_is_counted_with_its_oldest(
    world: World, tell_of: Tell, slow_kind: object, clock: time_machine.Traveller
) -> None:
    tell_of(world.partnership, [world.owner, world.partner], kind="slow")
    assert "Mail 10:10 0 2 Push – 0 0 Digest – 0 0" in page_for(world.administrator)
    clock.shift(10 * timedelta(minutes=1))
    assert "Mail 10:10 2 2 Push" in page_for(world.administrator)
    assert "The oldest that is due is from 23 Nov 2026 10:00." in page_for(world.administrator)
    assert "Does a worker run?" not in page_for(world.administrator)
    clock.shift(2 * HOUR)
    assert "What is due does not leave. Does a worker run?" in page_for(world.administrator)


def test_a_server_that_is_away_is_said_and_since_when(world: World, clock: time_machine.Traveller) -> None:
    assert "Last mail none yet Last failure none" in page_for(world.administrator)
    MailServer.answered(MORNING, mail_left=True)
    MailServer.failed(MORNING, "[Errno 111] Connection refused")
    text = page_for(world.administrator)
    assert "No mail has left since 23 Nov 2026 10:00." in text
    assert "Last mail 23 Nov 2026 10:00 Last failure 23 Nov 2026 10:00: [Errno 111] Connection refused" in text
    MailServer.answered(MORNING, mail_left=True)
    text = page_for(world.administrator)
    assert "No mail has left" not in text
    assert "Last failure 23 Nov 2026 10:00" in text


def test_paused_addresses_are_counted(world: World) -> None:
    for one in (world.owner, world.partner):
        pause(one, "550 5.1.1 No such user")
    assert "Mail to 2 people is paused" in page_for(world.administrator)


def test_the_numbers_take_the_same_queries_however_many_there_are(
    world: World, tell_of: Tell, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n, people in enumerate([[world.owner], [world.owner, world.partner, world.officer]]):
        tell_of(world.partnership, people, n)
        became("refused", f"550 {n}", world.owner)
        with django_assert_num_queries(4):
            assert numbers.ended(MORNING)
            assert numbers.reasons(MORNING)
            assert numbers.queues(MORNING)
            assert numbers.paused() == 0


@pytest.mark.parametrize(("page", "address"), [("me", "/accounts/me/"), ("bell", "/notifications/")])
def test_a_person_whose_mail_is_paused_reads_it_and_tries_again(
    world: World, client: Client, page: str, address: str
) -> None:
    pause(world.owner, "550 5.1.1 <owner@test.example>: User unknown")
    said = "Your address owner@test.example does not take mail, so we send none."
    assert said in page_for(world.owner, address)
    assert "Its mail server said on Monday 23 November: 550 5.1.1" in page_for(world.owner, address)
    assert said not in page_for(world.partner, address)
    client.force_login(world.owner)
    for _twice in range(2):
        answer = client.post("/notifications/mail/resume/", {"from": page})
        assert answer["Location"] == address
    assert Preferences.of(world.owner).mail_paused_at is None
    assert said not in page_for(world.owner, address)


def test_nobody_resumes_anothers_mail(world: World, client: Client) -> None:
    pause(world.owner, "550 5.1.1 No such user")
    client.force_login(world.partner)
    client.post("/notifications/mail/resume/")
    assert Preferences.of(world.owner).mail_paused_at == MORNING
