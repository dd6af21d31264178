"""A mail of ours that came back is a fact; a dead address is left alone, and nobody can make one up."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import User
from notifications.actions import letter
from notifications.incoming import read
from notifications.marks import message_id
from notifications.models import Delivery, Incoming, Preferences
from tests.conftest import World
from tests.notifications.answering import asked, mailbox, room, told

__all__ = ["asked", "mailbox", "room", "told"]
Outcome = Incoming.Outcome

POSTFIX = """Return-Path: <>
From: MAILER-DAEMON@mx.test.example (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: exchange@test.example
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.test.example.

--B
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.test.example
Arrival-Date: Mon, 23 Nov 2026 10:12:00 +0100 (CET)

Final-Recipient: rfc822; owner@test.example
Original-Recipient: rfc822;owner@test.example
Action: {action}
Status: {status}
Remote-MTA: dns; mail.test.example
Diagnostic-Code: smtp; 550 5.1.1 <owner@test.example>:
    Recipient address rejected: User unknown

--B
Content-Description: Undelivered Message Headers
Content-Type: {returned}

Return-Path: <exchange@test.example>
Message-ID: {message_id}
Subject: Karlskrona
From: Exchange <exchange@test.example>

--B--
"""

EXIM = """Return-path: <>
X-Failed-Recipients: owner@test.example
Auto-Submitted: auto-replied
From: Mail Delivery System <Mailer-Daemon@mx.test.example>
To: exchange@test.example
Subject: Mail delivery failed: returning message to sender

This message was created automatically by mail delivery software.

  owner@test.example
    host mail.test.example [192.0.2.1]
    SMTP error from remote mail server after RCPT TO:<owner@test.example>:
    550 no such person here

------ This is a copy of the message, including all the headers. ------

Return-path: <exchange@test.example>
Message-ID: {message_id}
Subject: Karlskrona
"""

GMAIL = """Return-Path: <>
From: Mail Delivery Subsystem <mailer-daemon@googlemail.test>
To: exchange@test.example
Auto-Submitted: auto-replied
Subject: Delivery Status Notification (Failure)
References: {message_id}
In-Reply-To: {message_id}
X-Failed-Recipients: owner@test.example
Content-Type: multipart/report; boundary="B"; report-type=delivery-status

--B
Content-Type: multipart/alternative; boundary="C"

--C
Content-Type: text/plain; charset="UTF-8"

** Address not found **
--C--

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; googlemail.test

Final-Recipient: rfc822; owner@test.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not exist.

--B--
"""


def postfix(mark: str, action: str = "failed", status: str = "5.1.1", returned: str = "text/rfc822-headers") -> bytes:
    return POSTFIX.format(message_id=mark, action=action, status=status, returned=returned).encode()


def became(delivery: Delivery) -> tuple[str, str, bool]:
    """The state, the words, and whether mail to the owner is paused."""
    delivery.refresh_from_db()
    owner = User.objects.get(email="owner@test.example")
    return delivery.state, delivery.reason, Preferences.of(owner).mail_paused_at is not None


@pytest.mark.parametrize("returned", ["text/rfc822-headers", "message/rfc822"])
def test_a_dead_address_is_noted_and_paused(told: Delivery, owner: User, returned: str) -> None:
    assert read(postfix(message_id(told), returned=returned)) == Outcome.BOUNCE
    words = "550 5.1.1 <owner@test.example>: Recipient address rejected: User unknown"
    assert became(told) == ("bounced", words, True)
    assert Preferences.of(owner).mail_paused_why == words


@pytest.mark.parametrize(("mail", "words"), [(EXIM, "5.0.0 550 no such person"), (GMAIL, "5.1.1 550-5.1.1 The email")])
def test_what_other_servers_write_is_understood(told: Delivery, mail: str, words: str) -> None:
    assert read(mail.format(message_id=message_id(told)).encode()) == Outcome.BOUNCE
    state, said, paused = became(told)
    assert (state, paused) == ("bounced", True)
    assert said.removeprefix("5.1.1 ").startswith(words.removeprefix("5.1.1 "))


def test_a_passing_failure_pauses_nobody(told: Delivery) -> None:
    assert read(postfix(message_id(told), status="4.2.2")) == Outcome.BOUNCE
    assert became(told)[::2] == ("bounced", False)


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded"])
def test_what_has_not_failed_changes_nothing(told: Delivery, action: str) -> None:
    assert read(postfix(message_id(told), action=action, status="4.4.1")) == Outcome.AUTOMATIC
    assert became(told) == ("sent", "", False)


def test_a_forged_bounce_pauses_nobody(told: Delivery) -> None:
    name, _minus, rest = message_id(told).partition("-")
    signature, _at, host = rest.partition("@")
    assert read(postfix(f"{name}-{signature[::-1]}@{host}")) == Outcome.AUTOMATIC
    assert became(told) == ("sent", "", False)


def test_what_was_not_sent_cannot_come_back(told: Delivery) -> None:
    Delivery.objects.update(state=Delivery.State.DROPPED)
    assert read(postfix(message_id(told))) == Outcome.AUTOMATIC
    assert became(told) == ("dropped", "", False)


def test_an_address_that_was_given_up_meanwhile_pauses_not_the_new_one(told: Delivery, owner: User) -> None:
    Delivery.objects.filter(pk=told.pk).update(address="former@test.example")
    assert read(postfix(message_id(told))) == Outcome.BOUNCE
    assert became(told)[::2] == ("bounced", False)


def test_all_that_a_digest_told_came_back(told: Delivery, world: World) -> None:
    other = letter("x@test.example", "answer", key="x", language="en", facts={})
    Delivery.objects.filter(pk=other.pk).update(message_id=message_id(told), state="sent", ended_at=timezone.now())
    read(postfix(message_id(told)))
    assert set(Delivery.objects.values_list("state", flat=True)) == {"bounced"}


def test_a_digest_whose_first_part_was_left_out_came_back(told: Delivery) -> None:
    other = letter("x@test.example", "answer", key="x", language="en", facts={})
    Delivery.objects.filter(pk=other.pk).update(state="dropped")
    Delivery.objects.filter(pk=told.pk).update(message_id=message_id(other))
    read(postfix(message_id(other)))
    assert became(told)[0] == "bounced"


def test_a_letter_that_came_back_is_noted(told: Delivery) -> None:
    other = letter("x@test.example", "answer", key="x", language="en", facts={})
    Delivery.objects.filter(pk=other.pk).update(message_id=message_id(other), state="sent", ended_at=timezone.now())
    assert read(postfix(message_id(other))) == Outcome.BOUNCE
    other.refresh_from_db()
    assert other.state == "bounced"
    assert became(told) == ("sent", "", False)


def test_a_bounce_of_long_ago_changes_nothing(told: Delivery) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=31), tick=False):
        assert read(postfix(message_id(told))) == Outcome.AUTOMATIC
    assert became(told) == ("sent", "", False)
