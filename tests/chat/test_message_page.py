"""Answers to a message and signs at it: the quote above an answer, and the page of one message, without a script."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import User
from chat.actions import Post, Stored, delete_message, edit_message, post_messages, react
from chat.models import Message, Room
from partnerships.models import Function
from tests.chat.reading import field, page, say
from tests.chat.test_room_pages import ROOM_QUERIES
from tests.conftest import World

THUMB = "👍"


@pytest.fixture
def room(world: World) -> Room:
    """The room of Karlskrona–Saldanha Bay, where the partner has asked something."""
    room = Room.objects.get(partnership=world.partnership)
    say(room, world.partner, "How much **compost** goes to the farms?")
    return room


def answer(room: Room, author: User, body: str, reply_to: int | None = 1) -> Message:
    (stored,) = post_messages([Post(room.pk, author.pk, uuid4(), body, reply_to=reply_to)])
    assert isinstance(stored, Stored)
    return stored.message


def article(html: str, number: int) -> str:
    """What stands in message ``number`` on a page."""
    return html[html.index(f'id="m{number}"') :].split("</article>")[0]


def press(client: Client, room: Room, number: int = 1, **pressed: str) -> Any:
    return client.post(f"{room.get_absolute_url()}{number}/", pressed)


# Answers


def test_an_answer_stands_under_a_few_words_that_lead_to_what_it_answers(
    world: World, room: Room, client: Client
) -> None:
    answer(room, world.owner, "Four tonnes.")
    client.force_login(world.owner)
    said = article(page(client, room.get_absolute_url()), 2)
    assert 'href="#m1" data-quote="1"><b>Partner Test:</b>' in said
    assert "How much compost goes to the farms?</span>" in said


def test_a_quote_says_what_its_message_says_now(world: World, room: Room, client: Client) -> None:
    answer(room, world.owner, "Four tonnes.")
    client.force_login(world.partner)
    edit_message(world.partner, room.pk, Message.objects.get(number=1).pk, "How much of it is sold?")
    assert "<b>You:</b>" in article(page(client, room.get_absolute_url()), 2)
    assert "How much of it is sold?" in article(page(client, room.get_absolute_url()), 2)
    delete_message(world.partner, room.pk, Message.objects.get(number=1).pk)
    assert "This message was deleted.</span>" in article(page(client, room.get_absolute_url()), 2)


def test_a_quote_of_another_page_leads_there_and_is_short(world: World, room: Room, client: Client) -> None:
    say(room, world.partner, "long " * 100, *("word" for _ in range(60)))
    answer(room, world.owner, "Too long.", reply_to=2)
    client.force_login(world.owner)
    said = article(page(client, room.get_absolute_url()), 63)
    assert 'href="?around=2#m2"' in said
    assert "…</span>" in said
    assert said.count("long") < 30


@pytest.mark.parametrize("far", [1, 3])
def test_quotes_take_one_query_however_many(
    far: int, world: World, room: Room, client: Client, django_assert_num_queries: Any
) -> None:
    say(room, world.partner, *("word" for _ in range(55)))
    for number in range(far):
        answer(room, world.owner, "To that one.", reply_to=number + 1)
    client.force_login(world.owner)
    with django_assert_num_queries(ROOM_QUERIES + 1):
        client.get(room.get_absolute_url())


def test_an_answer_is_begun_and_sent_without_a_script(world: World, room: Room, client: Client) -> None:
    client.force_login(world.owner)
    html = page(client, f"{room.get_absolute_url()}?reply=1")
    assert "<b>Partner Test:</b>" in html[html.index("data-answering") :]
    sent = {"client_id": field(html, "client_id"), "reply_to": field(html, "reply_to"), "body": "Four tonnes."}
    assert client.post(room.get_absolute_url(), sent).status_code == 302
    assert Message.objects.get(number=2).reply_to == 1
    assert "data-answering" not in page(client, room.get_absolute_url())


def test_a_refused_answer_still_answers(world: World, room: Room, client: Client) -> None:
    client.force_login(world.owner)
    sent = {"client_id": str(uuid4()), "reply_to": "1", "body": " "}
    html = client.post(room.get_absolute_url(), sent).content.decode()
    assert field(html, "reply_to") == "1"


@pytest.mark.parametrize("number", ["9", "x", "0", "9" * 40])
def test_what_is_not_there_is_not_answered(number: str, world: World, room: Room, client: Client) -> None:
    client.force_login(world.owner)
    assert "data-answering" not in page(client, f"{room.get_absolute_url()}?reply={number}")


def test_an_answer_goes_over_http_with_the_number(world: World, room: Room, client: Client) -> None:
    client.force_login(world.owner)
    sent = {"client_id": str(uuid4()), "body": "Four tonnes.", "reply_to": 1}
    posted = client.post(f"/chat/api/rooms/{room.pk}/messages/", sent, content_type="application/json")
    assert (posted.status_code, posted.json()["reply_to"]) == (201, 1)


# Signs


def test_a_sign_is_pressed_on_and_off_in_the_room_without_a_script(world: World, room: Room, client: Client) -> None:
    client.force_login(world.owner)
    assert press(client, room, on=THUMB).headers["Location"] == f"{room.get_absolute_url()}#m1"
    react(world.partner, room.pk, Message.objects.get().pk, THUMB, on=True)
    button = article(page(client, room.get_absolute_url()), 1)
    assert 'name="off" value="👍" aria-pressed="true"' in button
    assert f'formaction="{room.get_absolute_url()}1/"' in button
    assert 'aria-label="Thumbs up: 2"' in button
    press(client, room, off=THUMB)
    press(client, room, off=THUMB)
    assert 'name="on" value="👍" aria-pressed="false"' in article(page(client, room.get_absolute_url()), 1)


def test_the_page_of_a_message_names_who_set_a_sign(world: World, room: Room, client: Client) -> None:
    for person in (world.owner, world.partner):
        react(person, room.pk, Message.objects.get().pk, THUMB, on=True)
    client.force_login(world.owner)
    html = page(client, f"{room.get_absolute_url()}1/")
    assert "You, Partner Test" in html
    assert "Message from Partner Test</h1>" in html


def test_words_are_no_sign_on_the_page_either(world: World, room: Room, client: Client) -> None:
    client.force_login(world.owner)
    assert press(client, room, on="hello").status_code == 400
    assert press(client, room, what="on").status_code == 400
    assert Message.objects.get().reactions == []


# Edit, pin, history


def test_own_words_are_said_otherwise_and_everybody_sees_what_they_were(
    world: World, room: Room, client: Client
) -> None:
    client.force_login(world.partner)
    assert press(client, room, body="How much is **sold**?\r\nAnd where?\r\n").status_code == 302
    assert Message.objects.get().body == "How much is **sold**?\nAnd where?"
    client.force_login(world.officer)
    html = page(client, f"{room.get_absolute_url()}1/history/")
    assert html.index("And where?") < html.index("How much **compost** goes to the farms?")
    assert "1/history/" in article(page(client, room.get_absolute_url()), 1)


def test_a_refused_change_keeps_what_was_typed(world: World, room: Room, client: Client) -> None:
    client.force_login(world.partner)
    response = press(client, room, body="kept " * 2000)
    assert (response.status_code, response.content.decode().count("kept")) == (413, 2000)
    client.force_login(world.owner)
    assert "Say it otherwise" not in page(client, f"{room.get_absolute_url()}1/")
    assert press(client, room, body="Mine").status_code == 403


def test_what_was_never_edited_or_is_deleted_has_no_history(world: World, room: Room, client: Client) -> None:
    client.force_login(world.owner)
    assert "It has not been edited." in page(client, f"{room.get_absolute_url()}1/history/")
    message = Message.objects.get()
    edit_message(world.partner, room.pk, message.pk, "How much is sold?")
    delete_message(world.partner, room.pk, message.pk)
    html = page(client, f"{room.get_absolute_url()}1/history/")
    assert ("compost" in html, "and what it said before with it" in html) == (False, True)


def test_a_message_is_pinned_and_unpinned_on_its_page(world: World, room: Room, client: Client) -> None:
    client.force_login(world.owner)
    press(client, room, pin="on")
    assert Message.objects.get().pinned_at
    assert "Unpin" in page(client, f"{room.get_absolute_url()}1/")
    beside = page(client, room.get_absolute_url()).split('id="details"')[1]
    assert 'href="?around=1#m1" lang="en">How much compost goes to the farms?</a>' in beside
    press(client, room, pin="off")
    assert Message.objects.get().pinned_at is None
    assert "data-pins hidden>" in page(client, room.get_absolute_url())


def test_own_words_are_deleted_and_others_by_who_keeps_order(world: World, room: Room, client: Client) -> None:
    say(room, world.partner, "And where?")
    client.force_login(world.councillor)
    assert "Delete the message" not in page(client, f"{room.get_absolute_url()}1/")
    assert press(client, room, delete="yes").status_code == 403
    for number, person in enumerate((world.partner, world.officer), 1):
        client.force_login(person)
        assert "Delete the message" in page(client, f"{room.get_absolute_url()}{number}/")
        assert press(client, room, number, delete="yes").status_code == 302
    assert list(Message.objects.values_list("body", flat=True)) == ["", ""]
    assert "Delete the message" not in page(client, f"{room.get_absolute_url()}1/")


@pytest.mark.parametrize("name", ["outsider", "guest", "stranger", "administrator"])
def test_the_page_of_a_message_is_not_there_for_others(name: str, world: World, room: Room, client: Client) -> None:
    client.force_login(getattr(world, name))
    pages = [client.get(f"{room.get_absolute_url()}1/{after}") for after in ("", "history/")]
    for response in (*pages, press(client, room, on=THUMB)):
        assert (response.status_code, b"compost" in response.content) == (404, False)
    assert Message.objects.get().reactions == []


@pytest.mark.parametrize("number", [0, 2, 2**70])
def test_what_was_never_said_has_no_page(number: int, world: World, room: Room, client: Client) -> None:
    client.force_login(world.owner)
    assert client.get(f"{room.get_absolute_url()}{number}/").status_code == 404


def test_whoever_only_observes_sees_signs_and_sets_none(world: World, room: Room, client: Client) -> None:
    world.seat(world.stranger, Function.OBSERVER, world.icld, partnership=world.partnership)
    react(world.owner, room.pk, Message.objects.get().pk, THUMB, on=True)
    client.force_login(world.stranger)
    assert '<span class="sign" title="Thumbs up">👍 1</span>' in page(client, room.get_absolute_url())
    assert "You are here as an observer" in page(client, f"{room.get_absolute_url()}1/")
    assert 'data-verb="reply"' not in page(client, f"{room.get_absolute_url()}verbs/")
    assert press(client, room, on=THUMB).status_code == 403


def test_a_deleted_message_offers_nothing(world: World, room: Room, client: Client) -> None:
    delete_message(world.partner, room.pk, Message.objects.get().pk)
    client.force_login(world.owner)
    html = page(client, f"{room.get_absolute_url()}1/")
    assert ("This message was deleted." in html, "Answer with a sign" in html) == (True, False)
    assert press(client, room, on=THUMB).status_code == 404
