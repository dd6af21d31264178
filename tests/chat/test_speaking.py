"""In which language a message is: guessed among the site's, put right by its author; and times in what it says."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import User
from chat.actions import Post, Stored, delete_message, edit_message, post_messages, say_language
from chat.finding import find
from chat.indexing import work_off
from chat.models import Message, Revision, Room
from chat.text import html_of
from tests.chat.reading import page
from tests.chat.schema import hold
from tests.conftest import World
from tests.sockets import Browser, in_thread

SWEDISH = "Pumparna är lagade och vattnet kommer igen på torsdag, men inte i alla hus."
SWAHILI = "Pampu za maji zimerekebishwa na maji yatarudi kwa wakati, lakini si katika nyumba zote."


@pytest.fixture
def room(world: World) -> Room:
    """The room of Karlskrona–Saldanha Bay."""
    return Room.objects.get(partnership=world.partnership)


def said(room: Room, author: User, body: str, language: str = "") -> Message:
    (stored,) = post_messages([Post(room.pk, author.pk, uuid4(), body, language=language)])
    assert isinstance(stored, Stored)
    return stored.message


def code(verdict: object) -> str:
    return str(getattr(verdict, "code", ""))


@pytest.mark.parametrize(
    ("body", "language"),
    [
        (SWEDISH, "sv"),
        (SWAHILI, "sw"),
        ("Nous avons la réponse pour les pompes.", "fr"),
        ("OK!", "en"),
        ("Saldanha", "en"),
    ],
)
def test_the_language_is_guessed_or_else_the_authors(body: str, language: str, world: World, room: Room) -> None:
    assert said(room, world.owner, body).language == language


def test_what_a_client_says_is_not_guessed(world: World, room: Room) -> None:
    assert said(room, world.owner, SWEDISH, "pt").language == "pt"


def test_a_wrong_guess_is_put_right_and_found_by_that_languages_words(world: World, room: Room) -> None:
    message = said(room, world.owner, "Pumpar", "en")
    assert code(say_language(world.owner, room.pk, message.pk, "sv")) == ""
    now = Message.objects.get()
    assert (now.language, now.edited_at, now.version) == ("sv", None, 2)
    assert Revision.objects.count() == 0
    work_off()
    assert len(find(world.partner, "pump", []).hits) == 1
    assert code(say_language(world.owner, room.pk, message.pk, "sv")) == ""
    assert Room.objects.get(pk=room.pk).version == 2


def test_only_its_author_puts_it_right(world: World, room: Room) -> None:
    message = said(room, world.owner, SWEDISH)
    people = [world.partner, world.officer, world.owner, world.outsider, world.guest, world.administrator]
    codes = [code(say_language(one, room.pk, message.pk, "sw")) for one in people]
    assert codes == ["forbidden", "forbidden", "", "not_found", "not_found", "not_found"]
    assert code(say_language(world.owner, room.pk, message.pk, "klingon")) == "bad_frame"
    delete_message(world.owner, room.pk, message.pk)
    assert code(say_language(world.owner, room.pk, message.pk, "en")) == "not_found"


def test_over_http_and_by_the_form(world: World, room: Room, client: Client) -> None:
    message = said(room, world.owner, SWEDISH)
    client.force_login(world.owner)
    address = f"/chat/api/rooms/{room.pk}/messages/{message.pk}/language/"
    answer = client.put(address, {"language": "sw"}, content_type="application/json")
    hold(answer.json(), "message_with_version")
    assert answer.json()["language"] == "sw"
    assert client.put(address, {"language": 7}, content_type="application/json").status_code == 400
    at = f"{room.get_absolute_url()}1/"
    assert '<option value="sw" selected>Swahili</option>' in page(client, at)
    assert client.post(at, {"language": "pt"}).status_code == 302
    assert Message.objects.get().language == "pt"
    assert client.post(at, {"language": "x"}).status_code == 400
    client.force_login(world.partner)
    assert 'name="language"' not in page(client, at)
    assert client.post(at, {"language": "sv"}).status_code == 403


@pytest.mark.django_db(transaction=True)
async def test_everybody_hears_it_as_a_change(world: World) -> None:
    room = await in_thread(Room.objects.get, partnership=world.partnership)
    message = await in_thread(said, room, world.owner, SWEDISH)
    owner, partner = [await Browser.open(one, have={room.pk: None}) for one in (world.owner, world.partner)]
    for browser in (owner, partner):
        await browser.hears("welcome")
    await owner.say("language", ref="l", room=room.pk, message=message.pk, language="sw")
    (change,) = await partner.hears("change")
    assert change["message"]["language"] == "sw"


# Times and Markdown


def test_each_reader_sees_a_time_by_their_own_clock(world: World, room: Room, client: Client) -> None:
    said(room, world.owner, "We meet <time:2026-11-25T14:00>, all of us.")
    shown = {}
    for person in (world.owner, world.officer):
        User.objects.filter(pk=world.officer.pk).update(zone="Africa/Nairobi")
        client.force_login(person)
        shown[person.name] = page(client, room.get_absolute_url())
    moment = '<time datetime="2026-11-25T13:00:00Z" title="2026-11-25 14:00 Stockholm">Wed 25 Nov 2026, {} </time>'
    for name, words in (("Owner Test", "14:00 (Stockholm)"), ("Officer Test", "16:00 (Nairobi)")):
        assert moment.replace("{} ", words) in shown[name]


def test_an_edited_time_is_its_authors_again(world: World, room: Room) -> None:
    message = said(room, world.partner, "Soon")
    edit_message(world.partner, room.pk, message.pk, "At <time:2026-07-01T09:00>")
    assert "2026-07-01T07:00:00Z" in Message.objects.get().html


def test_headings_are_off_and_the_rest_of_markdown_is_there() -> None:
    made: Any = html_of(
        "# Not a heading\n\nNor this\n===\n\n* one\n* two\n\n1. first\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n"
        "`code`\n\n```\nmore code\n```\n\n[the plan](https://plan.example/x) <https://bare.example/>"
    )
    assert "<h" not in made.replace("<hr", "")
    for part in (
        "<ul>\n<li>one",
        "<ol>\n<li>first",
        "<th>a</th>",
        "<td>2</td>",
        "<code>code</code>",
        "<pre><code>more",
    ):
        assert part in made
    assert ">the plan</a> (plan.example)" in made
    assert "bare.example/</a> (" not in made
