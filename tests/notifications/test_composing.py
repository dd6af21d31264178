"""A mail is written when it leaves: for who may still read it, in their language, by their clock."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.models import User
from notifications import kinds, replies
from notifications.actions import letter
from notifications.composing import compose
from notifications.envelope import Mail
from notifications.kinds import Kind, Telling, When, Words
from notifications.models import Choice, Delivery, Notification, Preferences
from notifications.stops import read
from tests.conftest import World
from tests.notifications.conftest import Tell, sample

MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
Dropped = Delivery.Dropped


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """Nobody's quiet hours."""
    with time_machine.travel(MORNING, tick=False) as clock:
        yield clock


def composed(person: User, **which: Any) -> Mail | Dropped:
    """What becomes of all that waits for somebody."""
    return compose(list(Delivery.objects.filter(person=person, **which)))


def mail_to(person: User, **which: Any) -> Mail:
    """The mail of all that waits for somebody."""
    made = composed(person, **which)
    assert isinstance(made, Mail)
    return made


def html_of(mail: Mail) -> str:
    """Its HTML part."""
    ((html, kind),) = mail.alternatives
    assert kind == "text/html"
    return str(html)


def test_a_mail_says_what_there_is_why_and_how_to_stop_it(world: World, tell_of: Tell) -> None:
    tell_of(world.partnership, [world.owner])
    made = mail_to(world.owner)
    assert (made.to, made.subject) == ([world.owner.email], "Karlskrona–Saldanha Bay")
    stop = made.extra_headers["List-Unsubscribe"][1:-1]
    assert made.body == (
        "News of Karlskrona–Saldanha Bay\n\nNumber 1.\n\n> Habari za asubuhi\n\nRead it on the exchange:\n"
        f"http://127.0.0.1:8000/network/partnerships/{world.partnership.slug}/\n\n-- \nWhy you get this: News.\n"
        f"Not again: {stop}\nHow I want to be told: http://127.0.0.1:8000/notifications/choices/\n"
    ).replace(f"/{world.partnership.slug}/", f"/{world.partnership.pk}/")


def test_the_html_loads_nothing_and_leads_where_it_says(world: World, tell_of: Tell) -> None:
    tell_of(world.partnership, [world.owner])
    html = html_of(mail_to(world.owner))
    assert '<blockquote dir="auto" lang="sw"' in html
    assert re.findall(r"<(?:img|script|link|iframe|style)\b|url\(|\bsrc=|\bon\w+=", html) == []
    hosts = {link.split("/")[2] for link in re.findall(r'href="([^"]+)"', html)}
    assert hosts == {"127.0.0.1:8000"}
    assert len(html) < 2500


def test_one_place_is_one_thread_and_one_list(world: World, tell_of: Tell) -> None:
    tell_of(world.partnership, [world.owner], 1, place="room:7")
    tell_of(world.partnership, [world.owner], 2, place="room:7")
    first, second = (mail_to(world.owner, pk=one.pk).extra_headers for one in Delivery.objects.order_by("pk"))
    assert first["References"] == first["In-Reply-To"] == second["References"] == "<room-7.thread@localhost>"
    assert first["List-Id"] == second["List-Id"] == "<room-7.localhost>"
    assert first["Message-ID"] != second["Message-ID"]


def test_without_a_place_a_thing_is_a_thread(world: World, tell_of: Tell) -> None:
    tell_of(world.partnership, [world.owner])
    headers = mail_to(world.owner).extra_headers
    assert headers["References"] == f"<partnership-{world.partnership.pk}.thread@localhost>"
    assert headers["List-Id"] == "<note.localhost>"


def test_headers_stand_on_one_line(world: World, tell_of: Tell, settings: Settings) -> None:
    settings.DEFAULT_FROM_EMAIL = f"exchange@{'long.' * 10}example.org"
    tell_of(world.partnership, [world.owner], place="room:7")
    made = mail_to(world.owner)
    lines = made.message().as_bytes(linesep="\r\n").decode().split("\r\n")
    for name in ("Message-ID", "In-Reply-To", "References", "List-Id", "List-Unsubscribe"):
        assert f"{name}: {made.extra_headers[name]}" in lines


def test_every_attempt_has_the_same_message_id(world: World, tell_of: Tell) -> None:
    tell_of(world.partnership, [world.owner])
    assert mail_to(world.owner).extra_headers["Message-ID"] == mail_to(world.owner).extra_headers["Message-ID"]


def test_programs_are_told_not_to_answer_and_how_to_unsubscribe(world: World, tell_of: Tell) -> None:
    tell_of(world.partnership, [world.owner], place="room:7")
    headers = mail_to(world.owner).extra_headers
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    stop = read(headers["List-Unsubscribe"].split("/")[-2])
    assert stop is not None
    assert (stop.person, stop.kind, stop.place) == (world.owner.pk, "note", "room:7")


def test_what_must_arrive_has_no_way_to_stop_it(
    world: World, tell_of: Tell, kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell_of(world.partnership, [world.owner])
    monkeypatch.setitem(kinds.kinds, "note", replace(kind, may_choose=False))
    made = mail_to(world.owner)
    assert not {"List-Unsubscribe", "List-Unsubscribe-Post"} & set(made.extra_headers)
    assert "Not again" not in made.body + html_of(made)


def test_it_can_be_answered_where_the_thing_and_the_installation_take_answers(
    world: World, tell_of: Tell, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell_of(world.partnership, [world.owner])
    monkeypatch.setitem(replies.handlers, "partnership", lambda person, about, text, client_id: "")
    assert (mail_to(world.owner).reply_to, "answer this mail" in mail_to(world.owner).body) == ([], False)
    settings.REPLY_ADDRESS = "exchange@example.org"
    made = mail_to(world.owner)
    assert re.fullmatch(r"exchange\+[a-z0-9-]+@example\.org", made.reply_to[0])
    assert "You can answer this mail" in made.body
    assert "You can answer this mail" in html_of(made)
    monkeypatch.delitem(replies.handlers, "partnership")
    assert mail_to(world.owner).reply_to == []


def test_it_is_from_whoever_caused_it_through_the_exchange(world: World, tell_of: Tell, settings: Settings) -> None:
    settings.DEFAULT_FROM_EMAIL = "exchange@example.org"
    tell_of(world.partnership, [world.owner], by=world.partner)
    assert mail_to(world.owner).from_email == '"Partner Test, Exchange" <exchange@example.org>'
    User.objects.filter(pk=world.partner.pk).update(erased_at=MORNING)
    assert mail_to(world.owner).from_email == "Exchange <exchange@example.org>"


def test_it_speaks_the_readers_language_and_time(world: World, tell_of: Tell) -> None:
    User.objects.filter(pk=world.owner.pk).update(language="sw", zone="Africa/Dar_es_Salaam")
    Choice.objects.create(person=world.owner, kind="note", when=When.DIGEST)
    tell_of(world.partnership, [world.owner])
    made = mail_to(world.owner)
    assert '<html lang="sw">' in html_of(made)
    assert "12:00" in made.body
    assert "23 Novemba 2026" in made.body


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda world: User.objects.filter(pk=world.owner.pk).update(is_active=False), Dropped.CLOSED),
        (lambda world: Preferences.objects.create(person=world.owner, mail_paused_at=MORNING), Dropped.PAUSED),
        (lambda world: Notification.objects.update(opened_at=MORNING), Dropped.READ),
        (lambda world: Choice.objects.create(person=world.owner, kind="note", when="off"), Dropped.CHOICE),
        (lambda world: Choice.objects.create(person=world.owner, place="room:7", when="off"), Dropped.CHOICE),
        (
            lambda world: Preferences.objects.create(person=world.owner, muted_until=MORNING + timedelta(hours=1)),
            Dropped.CHOICE,
        ),
        (lambda world: world.owner.memberships.all().delete(), Dropped.GONE),
        (lambda world: Notification.objects.update(kind="no such kind"), Dropped.GONE),
        (lambda world: Notification.objects.all().delete(), Dropped.GONE),
    ],
    ids=["closed", "paused", "read", "kind off", "place off", "muted", "no longer a member", "kind gone", "row gone"],
)
@pytest.mark.parametrize("channel", ["mail", "digest"])
def test_what_has_changed_since_the_cause_keeps_a_mail_back(
    world: World, tell_of: Tell, change: Any, why: Dropped, channel: str
) -> None:
    tell_of(world.partnership, [world.owner], place="room:7")
    Delivery.objects.update(channel=channel)
    waiting = list(Delivery.objects.all())
    change(world)
    assert compose(waiting) == why


@pytest.mark.parametrize("when", ["at_once", "digest"])
def test_what_waits_still_leaves_when_another_rhythm_is_chosen(world: World, tell_of: Tell, when: str) -> None:
    tell_of(world.partnership, [world.owner])
    Choice.objects.create(person=world.owner, kind="note", when=when)
    assert isinstance(composed(world.owner), Mail)


def test_a_digest_keeps_its_message_id_when_one_of_it_is_read_meanwhile(world: World, tell_of: Tell) -> None:
    Choice.objects.create(person=world.owner, kind="note", when=When.DIGEST)
    tell_of(world.partnership, [world.owner], 1)
    tell_of(world.partnership, [world.owner], 2)
    before = mail_to(world.owner).extra_headers["Message-ID"]
    Notification.objects.filter(cause="note:1").update(opened_at=MORNING)
    assert mail_to(world.owner).extra_headers["Message-ID"] == before


def test_the_queries_of_a_digest_do_not_grow(
    world: World, tell_of: Tell, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    Choice.objects.create(person=world.owner, kind="note", when=When.DIGEST)
    asked = []
    for n in range(3):
        tell_of(world.partnership, [world.owner], n)
        waiting = list(Delivery.objects.all())
        with django_assert_max_num_queries(10) as queries:
            compose(waiting)
        asked.append(len(queries))
    assert asked[0] == asked[2]


def test_a_letter_needs_no_account_and_no_foot_of_choices(
    db: None, kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    def said(telling: Telling) -> Words:
        return Words("Come in", url=telling.facts["link"])

    monkeypatch.setitem(kinds.kinds, "welcome", Kind("welcome", "You are invited", said, sample, may_choose=False))
    link = "http://127.0.0.1:8000/accept/s3cret/"
    made = compose([letter("new@test.example", "welcome", key="w:1", language="sv", facts={"link": link})])
    assert isinstance(made, Mail)
    assert (made.to, made.subject, link in made.body) == (["new@test.example"], "Come in", True)
    assert '<html lang="sv">' in html_of(made)
    assert not {"List-Unsubscribe", "List-Id", "References"} & set(made.extra_headers)
    assert "/notifications/" not in made.body
