"""Answers by mail land in the room, once, as their writer's own; everything else gets one plain answer."""

from datetime import timedelta
from email.message import EmailMessage
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts.models import User
from chat.actions import Post, Stored, post_message
from chat.models import Message, Room
from notifications.composing import compose
from notifications.envelope import Mail
from notifications.incoming import read
from notifications.kinds import Kind
from notifications.marks import message_id
from notifications.models import Delivery, Incoming
from partnerships.actions import end_membership
from partnerships.models import Membership, Partnership
from tests.conftest import World
from tests.notifications.answering import asked, mailbox, room, sent, told
from tests.notifications.mails import answer

Outcome = Incoming.Outcome
__all__ = ["asked", "mailbox", "room", "told"]
FAR = timedelta(days=31)


pytestmark = pytest.mark.usefixtures("mailbox")


def take(mail: EmailMessage) -> Outcome | None:
    return read(mail.as_bytes())


def bodies(room: Room) -> list[tuple[str, str]]:
    return list(room.messages.order_by("number").values_list("author__name", "body"))


def letters() -> list[Delivery]:
    return list(Delivery.objects.filter(kind="answer").order_by("pk"))


def test_an_answer_is_posted_in_the_room_as_its_writer(world: World, room: Room, told: Delivery) -> None:
    assert take(answer(told, "On Tuesday, with four people.")) == Outcome.POSTED
    posted = room.messages.get(number=2)
    assert (posted.author, posted.body, posted.reply_to) == (world.owner, "On Tuesday, with four people.", 1)
    assert posted.organisation == world.karlskrona
    assert letters() == []


def test_an_answer_stays_in_the_thread_of_what_it_answers(world: World, room: Room, kind: Kind, asked: Message) -> None:
    outcome = post_message(Post(room.pk, world.partner.pk, uuid4(), "And how many?", reply_to=1, thread=1))
    assert isinstance(outcome, Stored)
    take(answer(sent(world.owner, outcome.message)))
    assert list(room.messages.filter(number=3).values_list("reply_to", "thread")) == [(2, 1)]


@pytest.mark.parametrize("name", ["To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To"])
def test_an_answer_is_known_by_the_address_it_came_to(told: Delivery, name: str) -> None:
    mail = answer(told)
    address = str(mail["To"])
    del mail["To"], mail["In-Reply-To"], mail["References"]
    mail["To" if name != "To" else "Bcc"] = "somebody@elsewhere.example"
    mail[name] = address.upper() if name != "To" else f"Exchange <{address}>"
    assert take(mail) == Outcome.POSTED


@pytest.mark.parametrize("name", ["In-Reply-To", "References"])
def test_an_answer_is_known_by_the_mail_it_names(told: Delivery, name: str) -> None:
    mail = answer(told, headers={"To": "exchange@test.example", "In-Reply-To": "", "References": ""})
    mail[name] = f"<some.thread@test.example> {message_id(told)}"
    assert take(mail) == Outcome.POSTED


def test_the_same_mail_read_again_changes_nothing(room: Room, told: Delivery) -> None:
    mail = answer(told)
    assert [take(mail), take(mail)] == [Outcome.POSTED, None]
    Incoming.objects.all().delete()
    assert take(mail) == Outcome.POSTED
    assert room.messages.count() == 2


def test_only_the_fact_is_kept(world: World, told: Delivery) -> None:
    take(answer(told, "A word to remember: Ngorongoro."))
    row = Incoming.objects.get()
    assert (row.outcome, row.person) == (Outcome.POSTED, world.owner)
    assert not any("ngorongoro" in str(value).lower() or "@" in str(value) for value in vars(row).values())


def test_somebody_else_cannot_answer_in_ones_name(world: World, room: Room, told: Delivery) -> None:
    assert take(answer(told, by=world.partner)) == Outcome.ANSWERED
    assert room.messages.count() == 1
    [letter] = letters()
    assert (letter.address, letter.facts["why"]) == (world.partner.email, "other_address")


def test_the_case_of_an_address_does_not_matter(told: Delivery, owner: User) -> None:
    assert take(answer(told, headers={"From": f"OWNER <{owner.email.upper()}>"})) == Outcome.POSTED


def test_a_forged_mark_is_no_mark(room: Room, told: Delivery) -> None:
    address = str(answer(told)["To"])
    forged = address.replace("-a", "-b") if "-a" in address else address[: address.index("-") + 1] + "a" + "b" * 19
    mail = answer(told, headers={"To": forged if "@" in forged else f"{forged}@x.example", "In-Reply-To": ""})
    del mail["References"]
    assert take(mail) == Outcome.ANSWERED
    assert (room.messages.count(), letters()[0].facts["why"]) == (1, "unknown")


def test_answers_are_taken_for_thirty_days(room: Room, told: Delivery) -> None:
    with time_machine.travel(timezone.now() + FAR, tick=False):
        assert take(answer(told)) == Outcome.ANSWERED
    assert (room.messages.count(), letters()[0].facts["why"]) == (1, "unknown")


def test_a_former_member_reads_that_it_is_not_there(world: World, room: Room, told: Delivery) -> None:
    for seat in Membership.objects.filter(person=world.owner):
        end_membership(seat)
    assert take(answer(told)) == Outcome.ANSWERED
    [letter] = letters()
    assert room.messages.count() == 1
    assert (letter.facts["words"], letter.facts["url"]) == ("What you answered is not there any more.", "")


def test_a_closed_room_takes_no_answers_and_says_so(world: World, room: Room, told: Delivery) -> None:
    Partnership.objects.filter(pk=world.partnership.pk).update(status=Partnership.Status.CLOSED)
    assert take(answer(told)) == Outcome.ANSWERED
    [letter] = letters()
    assert room.messages.count() == 1
    assert "closed" in letter.facts["words"]
    assert letter.facts["url"].startswith(f"/chat/{room.pk}/")


def test_the_answer_speaks_the_writers_language(world: World, told: Delivery) -> None:
    world.owner.language = "sv"
    world.owner.save()
    take(answer(told, ""))
    assert (letters()[0].language, letters()[0].facts["why"]) == ("sv", "empty")


def test_the_answer_stands_under_the_mail_it_answers(told: Delivery) -> None:
    mail = answer(told, "", headers={"Subject": "Ngorongoro"})
    take(mail)
    made = compose(letters())
    assert isinstance(made, Mail)
    assert made.extra_headers["In-Reply-To"] == made.extra_headers["References"] == mail["Message-ID"]
    assert made.extra_headers["Auto-Submitted"] == "auto-replied"
    assert "There were no words of yours in it" in str(made.body)
    assert f"http://127.0.0.1:8000/chat/{Room.objects.get(messages__number=1).pk}/" in str(made.body)
    assert "ngorongoro" not in made.message().as_string().lower()


def test_a_mail_is_answered_as_the_exchange_wrote_it(room: Room, told: Delivery) -> None:
    made = compose([told])
    assert isinstance(made, Mail)
    assert "You can answer this mail" in str(made.body)
    quoted = "".join(f"> {line}\n" for line in str(made.body).splitlines())
    text = f"On Tuesday.\n\nOn Mon, 23 Nov 2026 at 10:12, Exchange <exchange@test.example>\nwrote:\n\n{quoted}"
    assert take(answer(told, text, headers={"To": made.reply_to[0], "In-Reply-To": "", "References": ""})) == "posted"
    assert bodies(room)[1:] == [("Owner Test", "On Tuesday.")]


def test_an_answer_is_offered_only_where_the_person_writes(world: World, kind: Kind) -> None:
    announcements = Room.objects.get(kind=Room.Kind.ANNOUNCEMENTS)
    outcome = post_message(Post(announcements.pk, world.officer.pk, uuid4(), "Registration is open."))
    assert isinstance(outcome, Stored)
    delivery = Delivery.objects.get(person=world.owner, channel="mail")
    made = compose([delivery])
    assert isinstance(made, Mail)
    assert ("You can answer" in str(made.body), made.reply_to) == (False, [])
    Delivery.objects.filter(pk=delivery.pk).update(state="sent", ended_at=timezone.now())
    assert take(answer(delivery)) == Outcome.ANSWERED
    assert letters()[0].facts["words"] == "You may read here, but not write."


def test_a_text_that_is_too_long_is_not_cut_in_silence(room: Room, told: Delivery) -> None:
    assert take(answer(told, "Mto. " * 1601)) == Outcome.ANSWERED
    assert (room.messages.count(), letters()[0].facts["why"]) == (1, "too_long")


def test_a_digest_takes_no_answers(world: World, room: Room, asked: Message, kind: Kind) -> None:
    delivery = sent(world.owner, asked, channel="digest")
    assert take(answer(delivery)) == Outcome.ANSWERED
    assert (room.messages.count(), letters()[0].facts["why"]) == (1, "no_answers")


def test_who_may_no_longer_sign_in_posts_nothing(world: World, room: Room, told: Delivery) -> None:
    world.owner.is_active = False
    world.owner.save()
    assert take(answer(told)) == Outcome.ANSWERED
    assert room.messages.count() == 1


def test_files_are_not_taken_and_that_is_said(room: Room, told: Delivery) -> None:
    mail = answer(told, "Here is the plan.")
    mail.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="plan.pdf")
    assert take(mail) == Outcome.POSTED
    assert bodies(room)[1:] == [("Owner Test", "Here is the plan.")]
    assert [(letter.facts["why"], letter.facts["attachments"]) for letter in letters()] == [("", True)]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Auto-Submitted", "auto-replied (vacation)"),
        ("Precedence", "bulk"),
        ("List-Id", "<municipalities.lists.example>"),
        ("X-Autoreply", "yes"),
        ("Return-Path", "<>"),
        ("From", "Mail Delivery System <MAILER-DAEMON@mx.example>"),
        ("From", "no-reply@tickets.example"),
        ("From", "exchange@test.example"),
        ("Subject", "Autosvar: Jag är på semester"),
    ],
)
def test_what_a_program_wrote_is_neither_posted_nor_answered(room: Room, told: Delivery, name: str, value: str) -> None:
    assert take(answer(told, "I am away.", headers={name: value})) == Outcome.AUTOMATIC
    assert (room.messages.count(), letters()) == (1, [])


def test_a_stranger_gets_one_answer_a_day(world: World, told: Delivery) -> None:
    def write() -> Outcome | None:
        return take(answer(told, headers={"From": "a@b.example", "To": "exchange@test.example", "In-Reply-To": "",
                                          "References": ""}))  # fmt: skip

    assert [write(), write()] == [Outcome.ANSWERED, Outcome.IGNORED]
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1), tick=False):
        assert write() == Outcome.ANSWERED
    assert [letter.address for letter in letters()] == ["a@b.example"] * 2


def test_what_is_not_taken_of_somebody_known_is_said_each_time_up_to_twenty_times(told: Delivery) -> None:
    outcomes = [take(answer(told, "> nothing new")) for _ in range(21)]
    assert outcomes == [Outcome.ANSWERED] * 20 + [Outcome.IGNORED]


@pytest.mark.parametrize(
    ("header", "outcome"),
    [
        ("mx.test.example; dmarc=pass (p=reject) header.from=test.example", Outcome.POSTED),
        ("mx.test.example; dkim=pass header.d=test.example header.s=x", Outcome.POSTED),
        ("MX.test.example 1; spf=pass smtp.mailfrom=owner@test.example", Outcome.POSTED),
        ("mx.test.example; dkim=pass header.d=elsewhere.example", Outcome.ANSWERED),
        ("mx.test.example; dkim=pass header.d=example", Outcome.ANSWERED),
        ("mx.test.example; spf=pass smtp.mailfrom=test.example; dmarc=fail header.from=test.example", Outcome.ANSWERED),
        ("mx.elsewhere.example; dmarc=pass header.from=test.example", Outcome.ANSWERED),
        ("mx.test.example; none", Outcome.ANSWERED),
        ("", Outcome.ANSWERED),
    ],
)
def test_where_the_own_server_is_named_it_must_vouch(
    settings: Settings, told: Delivery, header: str, outcome: Outcome
) -> None:
    settings.AUTHSERV_ID = ["mx2.test.example", "mx.test.example"]
    assert take(answer(told, headers={"Authentication-Results": header})) == outcome
    assert [letter.facts["why"] for letter in letters()] == (["unproven"] if outcome == Outcome.ANSWERED else [])


def test_strangers_nobody_vouches_for_get_no_answer(settings: Settings, told: Delivery) -> None:
    settings.AUTHSERV_ID = ["mx2.test.example", "mx.test.example"]
    headers = {"From": "a@b.example", "To": "exchange@test.example", "In-Reply-To": "", "References": ""}
    assert take(answer(told, headers=headers)) == Outcome.IGNORED
    assert letters() == []


@pytest.mark.parametrize(
    "sender",
    [
        "owner@test.example, partner@test.example",
        "owner@test.example <partner@test.example>",
        "<owner@test.example>partner@test.example",
        "owner@test.example(",
        "nobody",
        '"owner@test.example',
    ],
)
def test_a_doubtful_sender_is_nobody(room: Room, told: Delivery, sender: str) -> None:
    raw = answer(told).as_bytes().split(b"\n", 1)[1]
    read(b"From: " + sender.encode() + b"\n" + raw)
    assert room.messages.count() == 1
