"""A mail server that is away, turns everybody away or cuts off in the middle: one attempt, and nothing is lost."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import repeat
from socket import socket

import pytest
import time_machine
from pytest_django.fixtures import Settings

from notifications.models import Delivery, MailServer
from notifications.outbox import PATIENCE
from notifications.sending import send_due
from tests.conftest import World
from tests.notifications.conftest import Tell
from tests.notifications.sent import facts, later
from tests.postbox import KEPT, LOST, TAKEN, Postbox, first

MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """Nobody's quiet hours."""
    with time_machine.travel(MORNING, tick=False) as clock:
        yield clock


def test_a_server_that_is_away_costs_one_attempt_and_loses_nothing(
    world: World, tell_of: Tell, box: Postbox, clock: time_machine.Traveller
) -> None:
    tell_of(world.partnership, [world.owner, world.partner, world.officer])
    box.stop()
    assert send_due() == 0
    assert facts() == [("waiting", "", 0)] * 3
    again_at = MailServer.known().again_at
    assert again_at is not None
    assert set(Delivery.objects.values_list("due_at", "first_tried_at")) == {(again_at, MORNING)}
    tell_of(world.partnership, [world.owner], 2)
    assert (send_due(), MailServer.known().failures) == (0, 1)  # nobody knocks again before its time
    box.start()
    clock.move_to(again_at)
    assert send_due() == 4
    assert len(box.ids) == len(box.mails) == 4
    server = MailServer.known()
    assert (server.failures, server.failing_since, server.again_at, server.left_at) == (0, None, None, again_at)
    assert "Connection refused" in server.words


def test_the_gaps_of_a_server_that_is_away_grow_until_its_mail_is_given_up(
    world: World,
    tell_of: Tell,
    box: Postbox,
    clock: time_machine.Traveller,
    caplog: pytest.LogCaptureFixture,
) -> None:
    tell_of(world.partnership, [world.owner])
    box.stop()
    gaps = []
    while facts()[0][0] == "waiting":
        before = Delivery.objects.get().due_at
        clock.move_to(before)
        send_due()
        gaps.append(Delivery.objects.get().due_at - before)
    assert facts()[0][0] == "given_up"
    assert "Connection refused" in facts()[0][1]
    levels = [record.levelname for record in caplog.records]
    assert (levels[0], levels[-1], set(levels)) == ("WARNING", "ERROR", {"WARNING", "ERROR"})
    assert gaps[:-1] == sorted(gaps[:7]) + gaps[7:-1]
    assert PATIENCE <= Delivery.objects.get().due_at - MORNING < PATIENCE + 8 * HOUR
    box.start()
    assert later(clock, DAY) == 0


def test_a_server_that_is_back_and_delays_everybody_is_no_longer_away(
    world: World, tell_of: Tell, box: Postbox, clock: time_machine.Traveller
) -> None:
    tell_of(world.partnership, [world.owner])
    box.stop()
    send_due()
    box.start()
    box.everybody = repeat("450 4.2.0 Later")
    assert later(clock, timedelta(seconds=13)) == 1
    server = MailServer.known()
    assert (server.failures, server.failing_since, server.again_at, server.left_at) == (0, None, None, None)


def test_a_server_that_says_nothing_is_away(world: World, tell_of: Tell, settings: Settings) -> None:
    tell_of(world.partnership, [world.owner])
    with socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = silent.getsockname()
        settings.EMAIL_TIMEOUT = 0.2
        assert send_due() == 0
    assert (facts(), MailServer.known().words) == (
        [("waiting", "", 0)],
        "Connection unexpectedly closed: timed out",
    )


@pytest.mark.parametrize("greeting", ["421 4.3.2 Closing for the night", "554 5.7.1 No mail from you"])
def test_a_server_that_turns_everybody_away_is_away(
    world: World, tell_of: Tell, box: Postbox, clock: time_machine.Traveller, greeting: str
) -> None:
    box.greeting = greeting
    tell_of(world.partnership, [world.owner])
    assert send_due() == 0
    assert (facts(), MailServer.known().words.rstrip(".")) == ([("waiting", "", 0)], greeting)
    box.greeting = ""
    assert later(clock, timedelta(seconds=13)) == 1
    assert box.addresses == [world.owner.email]


def test_whose_mail_it_was_is_not_kept_with_the_words_of_a_server_that_closes(
    world: World, tell_of: Tell, box: Postbox
) -> None:
    box.everybody = repeat("421 4.7.0 <owner@test.example> again? Closing")
    tell_of(world.partnership, [world.owner])
    assert (send_due(), MailServer.known().words) == (1, "421 4.7.0 <…> again? Closing")


def test_a_server_that_asks_for_a_password_is_away(
    world: World, tell_of: Tell, box: Postbox, settings: Settings
) -> None:
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "exchange", "wrong"
    tell_of(world.partnership, [world.owner])
    assert (send_due(), facts(), MailServer.known().failures) == (0, [("waiting", "", 0)], 1)


@pytest.mark.parametrize(("end", "copies"), [(LOST, 1), (KEPT, 2)])
def test_a_connection_that_is_cut_off_after_data_is_unknown_and_tried_again(
    world: World, tell_of: Tell, box: Postbox, clock: time_machine.Traveller, end: str, copies: int
) -> None:
    box.ends = first(end)
    tell_of(world.partnership, [world.owner])
    assert send_due() == 1
    [(state, why, attempts)] = facts()
    assert (state, attempts) == ("waiting", 1)
    assert "closed" in why
    clock.move_to(Delivery.objects.get().due_at)
    assert send_due() == 1
    assert facts() == [("sent", "", 2)]
    assert list(box.ids.values()) == [copies]


def test_a_mail_at_which_the_connection_always_ends_holds_nobody_else_up(
    world: World, tell_of: Tell, box: Postbox, clock: time_machine.Traveller
) -> None:
    people = [world.owner, world.partner, world.officer]
    box.ends = first(LOST)
    for n, one in enumerate(people):
        tell_of(world.partnership, [one], n)
    assert send_due() == 1
    again_at = MailServer.known().again_at
    assert again_at is not None
    clock.move_to(again_at)
    assert send_due() == 2
    assert [state for state, _why, _attempts in facts(*people)] == ["waiting", "sent", "sent"]


def test_a_connection_that_ends_after_some_mails_is_opened_anew(
    world: World, tell_of: Tell, box: Postbox, clock: time_machine.Traveller
) -> None:
    box.ends = first(TAKEN, LOST)
    for n in range(5):
        tell_of(world.partnership, [world.owner], n)
    assert (send_due(), send_due(), MailServer.known().failures) == (2, 3, 0)
    assert later(clock, timedelta(seconds=13)) == 1
    assert (len(box.ids), len(box.mails)) == (5, 5)
