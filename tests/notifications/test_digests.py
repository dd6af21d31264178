"""A digest says what is new, place by place, small and plain, and how to have less of it."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import translation

import things
from accounts.models import User
from notifications.actions import Why, notify
from notifications.composing import compose
from notifications.digests import MOST, beginning
from notifications.envelope import Mail
from notifications.kinds import Kind, When
from notifications.models import Choice, Delivery, Notification, Preferences
from notifications.stops import Stop
from tests.conftest import World
from tests.notifications.conftest import Tell

MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""A Monday; ten o'clock in Stockholm."""


@pytest.fixture(autouse=True)
def clock() -> Any:
    """Nobody's quiet hours."""
    with time_machine.travel(MORNING, tick=False) as clock:
        yield clock


@pytest.fixture
def told(world: World, tell_of: Tell, clock: Any) -> World:
    """The owner wants ``note`` in the digest, and has two of the partnership and one of its project group."""
    Choice.objects.create(person=world.owner, kind="note", when=When.DIGEST)
    tell_of(world.partnership, [world.owner], 1)
    clock.shift(timedelta(minutes=30))
    notify([world.owner], things.kinds["body"].card(world.project), Why("note", "note:2", facts={"n": 2}))
    clock.shift(timedelta(minutes=30))
    tell_of(world.partnership, [world.owner], 3)
    return world


def mail_to(person: User) -> Mail:
    """The digest of what waits for somebody."""
    made = compose(list(Delivery.objects.filter(person=person, channel="digest")))
    assert isinstance(made, Mail)
    return made


def html_of(made: Mail) -> str:
    """Its other part."""
    return str(made.alternatives[0].content)


def test_what_is_of_one_place_stands_together_with_its_time_and_its_link(told: World) -> None:
    made = mail_to(told.owner)
    group = str(told.project)
    assert made.subject == f"3 new: Karlskrona–Saldanha Bay, {group}"
    link = f"http://127.0.0.1:8000/network/partnerships/{told.partnership.pk}/"
    assert (
        made.body
        == f"""\
Your digest, 23 November 2026

Karlskrona–Saldanha Bay

* News of Karlskrona–Saldanha Bay (23 Nov 10:00)
  Habari za asubuhi
  {link}

* News of Karlskrona–Saldanha Bay (23 Nov 11:00)
  Habari za asubuhi
  {link}

{group}

* News of {group} (23 Nov 10:30)
  Habari za asubuhi
  {link}

--\x20
You get this every day at 07:00.
Once a week instead: http://127.0.0.1:8000/notifications/digest/{Stop(told.owner.pk).token}/
No more digests: {Stop(told.owner.pk).url}
How I want to be told: http://127.0.0.1:8000/notifications/choices/
"""
    )


def test_html_says_the_same_and_is_small(told: World) -> None:
    made = mail_to(told.owner)
    html = html_of(made)
    assert re.findall(r"<h2[^>]*>([^<]*)", html) == ["Karlskrona–Saldanha Bay", str(told.project)]
    assert re.findall(r'<a href="([^"]*)', html) == re.findall(r"http\S+", str(made.body))
    assert '<span dir="auto" lang="sw">Habari za asubuhi</span>' in html
    assert len(html) < 3_000
    assert not re.search(r"<(img|script|link|style)", html)


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Habari za asubuhi", "Habari za asubuhi"),
        ("one\n\ntwo", "one two"),
        ("word " * 40, "word " * 27 + "…"),
        ("x" * 200, "x" * 139 + "…"),
    ],
    ids=["short", "lines", "words", "one word"],
)
def test_what_was_said_is_cut_between_words(text: str, cut: str) -> None:
    assert beginning(text) == cut


def test_it_is_stopped_by_one_click(told: World) -> None:
    headers = mail_to(told.owner).extra_headers
    assert headers["List-Unsubscribe"] == f"<{Stop(told.owner.pk).url}>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_it_speaks_the_readers_language_by_the_readers_clock(told: World) -> None:
    told.owner.language, told.owner.zone = "sv", "Africa/Dar_es_Salaam"
    told.owner.save()
    with translation.override("fr"):
        made = mail_to(told.owner)
    assert "(23 nov. 12:00)" in made.body
    assert '<html lang="sv">' in html_of(made)


def test_what_was_read_or_may_not_be_seen_is_left_out(world: World, kind: Kind) -> None:
    world.seat(world.stranger, "researcher", world.icld, body=world.project)
    Choice.objects.create(person=world.stranger, kind="note", when=When.DIGEST)
    for n, body in enumerate([world.project, world.steering, world.project]):
        notify([world.stranger], things.kinds["body"].card(body), Why("note", f"note:{n}", facts={"n": n}))
    Notification.objects.filter(cause="note:2").update(opened_at=MORNING)
    made = mail_to(world.stranger)
    assert made.subject == f"1 new: {world.project}"
    assert "teering" not in made.body + html_of(made)
    _kept, gone, opened = Delivery.objects.order_by("pk")
    assert made.left_out == {gone.pk: "gone", opened.pk: "read"}


def test_it_is_never_empty(told: World) -> None:
    Notification.objects.update(opened_at=MORNING)
    assert compose(list(Delivery.objects.all())) == Delivery.Dropped.READ


def test_much_is_cut_to_the_newest_and_the_rest_is_under_the_bell(world: World, tell_of: Tell, clock: Any) -> None:
    Choice.objects.create(person=world.owner, kind="note", when=When.DIGEST)
    for n in range(MOST + 12):
        tell_of(world.partnership, [world.owner], n, place=f"room:{n % 3}")
        clock.shift(timedelta(minutes=1))
    made = mail_to(world.owner)
    assert made.subject.startswith("42 new: ")
    assert (made.body.count("* News"), made.body.count("10:11"), made.body.count("10:12")) == (30, 0, 1)
    assert "\nand 12 more: http://127.0.0.1:8000/notifications/\n" in made.body
    assert made.left_out == {}
    assert len(html_of(made)) < 12_000


def test_a_kind_may_have_a_heading_of_its_own(told: World, kind: Kind, monkeypatch: pytest.MonkeyPatch) -> None:
    object.__setattr__(kind, "heading", "Calendar")
    made = mail_to(told.owner)
    assert made.subject == "3 new: Calendar"
    assert "\n\nCalendar\n\n* News" in made.body


def test_names_of_places_make_no_line_of_their_own_and_no_endless_subject(told: World) -> None:
    told.partnership.name = "Karlskrona\r\nBcc: all@example.org " + "and Saldanha Bay " * 6
    told.partnership.save()
    made = mail_to(told.owner)
    assert "\n" not in made.subject
    assert len(made.subject) < 130
    assert made.message()["Bcc"] is None


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"rhythm": "weekly", "digest_day": 4, "digest_hour": 16}, "You get this once a week: Friday at 16:00."),
        ({"quiet_weekends": True}, "You get this Monday to Friday at 07:00."),
    ],
    ids=["weekly", "quiet weekends"],
)
def test_its_foot_says_when_it_comes(told: World, fields: dict[str, Any], words: str) -> None:
    Preferences.objects.create(person=told.owner, **fields)
    made = mail_to(told.owner)
    assert words in made.body
    assert ("Every day instead" in made.body) == ("rhythm" in fields)


def test_its_link_changes_the_rhythm_and_what_waits_follows(told: World, client: Client) -> None:
    path = f"/notifications/digest/{Stop(told.owner.pk).token}/"
    assert "You get it every day at 07:00." in client.get(path).content.decode()
    assert Preferences.objects.count() == 0
    page = client.post(path, {"rhythm": "weekly"}, follow=True).content.decode()
    assert "You get it once a week: Monday at 07:00." in page
    assert set(Delivery.objects.values_list("due_at", flat=True)) == {datetime(2026, 11, 30, 6, 0, tzinfo=UTC)}
    assert "You get it every day at 07:00." in client.post(path, {"rhythm": "daily"}, follow=True).content.decode()


@pytest.mark.parametrize("token", ["nonsense", "1", "a.b"])
def test_a_forged_link_changes_nothing(told: World, client: Client, token: str) -> None:
    assert client.post(f"/notifications/digest/{token}/", {"rhythm": "weekly"}).status_code == 404
    assert Preferences.objects.count() == 0


def test_the_link_of_another_mail_does_not_change_the_rhythm(told: World, client: Client) -> None:
    path = f"/notifications/digest/{Stop(told.owner.pk, 'note').token}/"
    assert client.post(path, {"rhythm": "weekly"}).status_code == 404
    assert client.post(f"/notifications/digest/{Stop(told.owner.pk).token}/", {"rhythm": "hourly"}).status_code == 200
    assert Preferences.objects.count() == 0
