"""What is due leaves as a mail, once, through a real mail server; what becomes of it is a fact, and nothing is lost."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise, repeat

import pytest
import time_machine

from exchange.env import smtp
from notifications.actions import letter, resume
from notifications.kinds import When
from notifications.models import Choice, Delivery, Notification, Preferences
from notifications.outbox import CLAIM, PATIENCE, claim
from notifications.sending import send_due
from tests.conftest import World, person
from tests.notifications.conftest import Tell
from tests.notifications.sent import facts, later
from tests.postbox import TAKEN, Postbox, first

MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """Nobody's quiet hours."""
    with time_machine.travel(MORNING, tick=False) as clock:
        yield clock


def test_what_is_due_leaves_once(world: World, tell_of: Tell, box: Postbox) -> None:
    tell_of(world.partnership, [world.owner, world.partner])
    assert (send_due(), send_due()) == (2, 0)
    assert box.addresses == [world.owner.email, world.partner.email]
    assert facts() == [("sent", "", 1), ("sent", "", 1)]
    one = Delivery.objects.get(person=world.owner)
    assert (one.ended_at, one.claimed_until, one.address) == (MORNING, None, world.owner.email)
    assert box.ids == {one.message_id: 1 for one in Delivery.objects.all()}


def test_a_round_takes_one_connection(world: World, tell_of: Tell, box: Postbox) -> None:
    for n in range(5):
        tell_of(world.partnership, [world.owner, world.partner], n)
    assert (send_due(), box.visits, len(box.ids)) == (10, 1, 10)


def test_what_is_not_due_stays(
    world: World, tell_of: Tell, slow_kind: object, box: Postbox, clock: time_machine.Traveller
) -> None:
    tell_of(world.partnership, [world.owner], kind="slow")
    assert (send_due(), box.visits) == (0, 0)
    assert later(clock, timedelta(minutes=10)) == 1


def test_a_digest_of_several_is_one_mail(
    world: World, tell_of: Tell, box: Postbox, clock: time_machine.Traveller
) -> None:
    for one in (world.owner, world.partner):
        Choice.objects.create(person=one, kind="note", when=When.DIGEST)
    for n in range(3):
        tell_of(world.partnership, [world.owner, world.partner], n)
    assert send_due() == 0
    assert later(clock, DAY) == 2
    assert box.addresses == [world.owner.email, world.partner.email]
    assert facts() == [("sent", "", 1)] * 6
    assert Delivery.objects.values("person", "message_id").distinct().count() == 2


def test_what_is_told_at_once_leaves_before_the_digests(
    world: World, tell_of: Tell, box: Postbox, clock: time_machine.Traveller
) -> None:
    Choice.objects.create(person=world.owner, kind="note", when=When.DIGEST)
    tell_of(world.partnership, [world.owner])
    clock.shift(DAY)
    tell_of(world.partnership, [world.partner], 2)
    assert (send_due(limit=1), box.addresses) == (1, [world.partner.email])
    assert (send_due(), box.addresses) == (1, [world.owner.email, world.partner.email])


def test_what_may_no_longer_be_seen_is_not_sent(world: World, tell_of: Tell, box: Postbox) -> None:
    tell_of(world.partnership, [world.owner, world.stranger])
    assert send_due() == 2
    assert box.addresses == [world.owner.email]
    assert facts(world.stranger) == [("dropped", "gone", 1)]


def test_a_refused_recipient_is_refused_with_the_servers_words(world: World, tell_of: Tell, box: Postbox) -> None:
    box.recipients[world.owner.email] = repeat("550 5.7.1 Not from you")
    tell_of(world.partnership, [world.owner, world.partner])
    send_due()
    assert facts(world.owner) == [("refused", "550 5.7.1 Not from you", 1)]
    assert facts(world.partner) == [("sent", "", 1)]
    assert Preferences.of(world.owner).mail_paused_at is None


def test_refused_content_is_refused_with_the_servers_words(world: World, tell_of: Tell, box: Postbox) -> None:
    box.ends = first("554 5.6.0 Not this")
    tell_of(world.partnership, [world.owner])
    send_due()
    assert facts() == [("refused", "554 5.6.0 Not this", 1)]


@pytest.mark.parametrize(
    ("reply", "paused"),
    [
        ("550 5.1.1 <owner@test.example>: Recipient address rejected: User unknown", True),
        ("553 5.1.3 Bad syntax", True),
        ("550 No such user here", True),
        ("550 5.7.1 Relaying denied, user unknown", False),
        ("550 Rejected for policy reasons", False),
        ("554 Refused", False),
    ],
)
def test_an_address_that_is_dead_is_paused(world: World, tell_of: Tell, box: Postbox, reply: str, paused: bool) -> None:
    box.recipients[world.owner.email] = first(reply)
    tell_of(world.partnership, [world.owner])
    send_due()
    preferences = Preferences.of(world.owner)
    assert facts() == [("refused", reply, 1)]
    assert (preferences.mail_paused_at, preferences.mail_paused_why) == ((MORNING, reply) if paused else (None, ""))


def test_a_server_that_delays_one_recipient_gets_that_mail_later(
    world: World, tell_of: Tell, box: Postbox, clock: time_machine.Traveller
) -> None:
    box.recipients[world.owner.email] = first("451 4.7.1 Greylisted", "451 4.7.1 Greylisted")
    tell_of(world.partnership, [world.owner, world.partner])
    assert (send_due(), send_due()) == (2, 0)
    assert facts(world.owner) == [("waiting", "451 4.7.1 Greylisted", 1)]
    assert facts(world.partner) == [("sent", "", 1)]
    later(clock, timedelta(seconds=13))
    assert facts(world.owner) == [("waiting", "451 4.7.1 Greylisted", 2)]
    assert later(clock, timedelta(seconds=13)) == 0  # the gap has grown
    later(clock, timedelta(seconds=25))
    assert facts(world.owner) == [("sent", "", 3)]
    assert box.addresses == [world.owner.email, world.partner.email]


def test_a_server_that_delays_for_three_days_is_given_up(
    world: World, tell_of: Tell, box: Postbox, clock: time_machine.Traveller
) -> None:
    box.recipients[world.owner.email] = repeat("451 4.7.1 Greylisted")
    Preferences.objects.create(person=world.owner, quiet_from=time(7))
    tell_of(world.partnership, [world.owner])
    tries = []
    while facts()[0][0] == "waiting":
        clock.move_to(Delivery.objects.get().due_at)
        tries.append(Delivery.objects.get().due_at)
        assert send_due() == 1
    assert tries[-1] - tries[0] == PATIENCE
    assert max(after - before for before, after in pairwise(tries)) < 8 * HOUR
    assert facts() == [("given_up", "451 4.7.1 Greylisted", len(tries))]
    assert later(clock, DAY) == 0


def test_of_two_processes_one_claims(world: World, tell_of: Tell) -> None:
    tell_of(world.partnership, [world.owner])
    assert [claim() is None, claim() is None] == [False, True]


def test_what_a_killed_process_had_claimed_is_taken_up(
    world: World, tell_of: Tell, box: Postbox, clock: time_machine.Traveller
) -> None:
    tell_of(world.partnership, [world.owner])
    assert claim() is not None
    assert send_due() == 0
    assert later(clock, CLAIM) == 1
    assert facts() == [("sent", "", 2)]


def test_a_process_that_slept_too_long_puts_off_nothing_that_is_anothers(
    world: World, tell_of: Tell, clock: time_machine.Traveller
) -> None:
    tell_of(world.partnership, [world.owner])
    slow = claim()
    clock.shift(CLAIM)
    quick = claim()
    assert slow is not None
    assert quick is not None
    slow.put_off(datetime.now(UTC), "I slept")
    assert Delivery.objects.get().claimed_until == quick.until


def test_a_mail_that_cannot_be_written_waits_and_the_others_leave(
    world: World, tell_of: Tell, box: Postbox, caplog: pytest.LogCaptureFixture
) -> None:
    tell_of(world.partnership, [world.owner, world.partner])
    Notification.objects.filter(person=world.owner).update(facts=["not what the words expect"])
    assert send_due() == 2
    assert [state for state, _why, _attempts in facts(world.owner, world.partner)] == ["waiting", "sent"]
    assert "could not be written" in caplog.text


def test_an_address_can_be_tried_again(world: World, tell_of: Tell, box: Postbox) -> None:
    box.recipients[world.owner.email] = first("550 5.1.1 No such user")
    tell_of(world.partnership, [world.owner])
    send_due()
    assert (resume(world.owner), resume(world.owner)) == (True, False)
    tell_of(world.partnership, [world.owner], 2)
    send_due()
    assert facts() == [("refused", "550 5.1.1 No such user", 1), ("sent", "", 1)]


def test_the_queries_of_a_mail_do_not_grow_with_what_waits(world: World, tell_of: Tell, box: Postbox) -> None:
    tell_of(world.partnership, [person(f"Number{n}") for n in range(30)])
    assert send_due(limit=3) == 3
    assert Delivery.objects.waiting().count() == 27


def test_a_letter_that_has_ended_keeps_no_secret(world: World, kind: object, box: Postbox) -> None:
    for name, reply in [("new", TAKEN), ("nobody", "550 5.1.1 No such user")]:
        address = f"{name}@test.example"
        box.recipients[address] = first(reply)
        letter(address, "note", key=name, language="en", facts={"n": 1, "link": "secret"})
    assert send_due() == 2
    told = list(Delivery.objects.order_by("letter").values_list("letter", "state", "facts"))
    assert told == [("new", "sent", {}), ("nobody", "refused", {})]
    assert not Preferences.objects.exists()


def test_a_claim_outlives_what_a_slow_server_may_take() -> None:
    answers = 5  # to RSET, MAIL, RCPT, DATA and the mail itself
    assert answers * timedelta(seconds=smtp("smtp://mail.example")["EMAIL_TIMEOUT"]) < CLAIM
