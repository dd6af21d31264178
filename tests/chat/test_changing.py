"""What becomes of a message that stands: edited, deleted, answered by a sign, pinned; each a version of its room."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from chat.actions import Changed, Post, Stored, delete_message, edit_message, pin_message, post_messages, react
from chat.actions.changing import MOST_SIGNS
from chat.models import Mention, Message, Reaction, Revision, Room
from chat.models.reaction import MOST_NAMED
from chat.payloads import message_payload
from chat.text import is_emoji
from notifications.models import Notification
from partnerships.models import Partnership
from tests.chat.schema import hold
from tests.conftest import World, person
from tests.sockets import Browser, in_thread

THUMB, HEART = "👍", "❤️"


@pytest.fixture
def room(world: World) -> Room:
    """The room of Karlskrona–Saldanha Bay."""
    return Room.objects.get(partnership=world.partnership)


@pytest.fixture
def message(world: World, room: Room) -> Message:
    """The owner's, the first."""
    return said(room, world.owner, "The compost weighed **90** kilograms.")


def said(room: Room, author: User, body: str) -> Message:
    (stored,) = post_messages([Post(room.pk, author.pk, uuid4(), body)])
    assert isinstance(stored, Stored)
    return stored.message


def shown(message: Message) -> dict[str, Any]:
    """As everybody gets it now, held against the schema."""
    payload = message_payload(Message.objects.with_author().get(pk=message.pk))
    hold(payload, "message")
    return payload


def version(room: Room) -> int:
    return Room.objects.get(pk=room.pk).version


def code(verdict: object) -> str:
    return "" if isinstance(verdict, Changed) else verdict.code


def test_an_edited_message_says_so_and_keeps_what_it_said(world: World, room: Room, message: Message) -> None:
    assert code(edit_message(world.owner, room.pk, message.pk, "It weighed **91**.")) == ""
    now = shown(message)
    assert (now["body"], now["html"], now["number"]) == (
        "It weighed **91**.",
        "<p>It weighed <strong>91</strong>.</p>\n",
        1,
    )
    assert now["edited_at"]
    assert [one.body for one in Revision.objects.all()] == ["The compost weighed **90** kilograms."]
    assert (version(room), Message.objects.get().version) == (2, 2)


def test_what_changes_nothing_takes_no_version(world: World, room: Room, message: Message) -> None:
    edit_message(world.owner, room.pk, message.pk, message.body)
    react(world.partner, room.pk, message.pk, THUMB, on=False)
    pin_message(world.partner, room.pk, message.pk, on=False)
    assert version(room) == 1
    for _ in range(2):
        react(world.partner, room.pk, message.pk, THUMB, on=True)
        pin_message(world.partner, room.pk, message.pk, on=True)
    assert version(room) == 3
    for _ in range(2):
        delete_message(world.owner, room.pk, message.pk)
    assert version(room) == 4


def test_a_deleted_message_keeps_its_place_and_nothing_else(world: World, room: Room, message: Message) -> None:
    edit_message(world.owner, room.pk, message.pk, "@Partner Test, it weighed 91.")
    react(world.partner, room.pk, message.pk, THUMB, on=True)
    pin_message(world.partner, room.pk, message.pk, on=True)
    delete_message(world.owner, room.pk, message.pk)
    now = shown(message)
    assert sorted(now) == ["author", "client_id", "deleted", "id", "language", "number", "posted_at"]
    assert [rows.objects.count() for rows in (Reaction, Revision, Mention)] == [0, 0, 0]
    for verdict in (
        edit_message(world.owner, room.pk, message.pk, "Again"),
        react(world.partner, room.pk, message.pk, THUMB, on=True),
        pin_message(world.partner, room.pk, message.pk, on=True),
    ):
        assert code(verdict) == "not_found"


def test_signs_are_counted_in_the_order_they_came(world: World, room: Room, message: Message) -> None:
    react(world.partner, room.pk, message.pk, HEART, on=True)
    react(world.owner, room.pk, message.pk, THUMB, on=True)
    react(world.partner, room.pk, message.pk, THUMB, on=True)
    assert shown(message)["reactions"] == [
        {"emoji": HEART, "users": [world.partner.pk], "count": 1},
        {"emoji": THUMB, "users": [world.owner.pk, world.partner.pk], "count": 2},
    ]
    react(world.partner, room.pk, message.pk, HEART, on=False)
    assert [one["emoji"] for one in shown(message)["reactions"]] == [THUMB]


def test_of_many_people_fifty_are_named_and_all_counted(world: World, room: Room, message: Message) -> None:
    crowd = [person(f"Number{n}") for n in range(MOST_NAMED)]
    Reaction.objects.bulk_create([Reaction(message=message, user=one, emoji=THUMB) for one in crowd])
    react(world.partner, room.pk, message.pk, THUMB, on=True)
    (sign,) = shown(message)["reactions"]
    assert (len(sign["users"]), sign["count"]) == (MOST_NAMED, MOST_NAMED + 1)


def test_there_is_an_end_to_different_signs(world: World, room: Room, message: Message) -> None:
    signs = [chr(0x1F600 + n) for n in range(MOST_SIGNS + 1)]
    codes = [code(react(world.partner, room.pk, message.pk, sign, on=True)) for sign in signs]
    assert codes == [""] * MOST_SIGNS + ["forbidden"]
    assert code(react(world.owner, room.pk, message.pk, signs[0], on=True)) == ""


@pytest.mark.parametrize("sign", ["👍", "👍🏿", "❤️", "👩‍🌾", "🇸🇪", "1️⃣", "✅", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "➕"])
def test_a_sign_is_one_whatever_it_is_joined_of(sign: str) -> None:
    assert is_emoji(sign)


@pytest.mark.parametrize("text", ["", "a", "ok", "1", "👍👍", "👍 ", "<b>", "\x00", "\ud800", "‍", "é", "你", "👍" * 20])
def test_words_are_no_sign(text: str) -> None:
    assert not is_emoji(text)


def test_each_changes_what_is_theirs_to_change(world: World, room: Room, message: Message) -> None:
    everybody = [world.partner, world.officer, world.owner, world.outsider, world.guest, world.administrator]
    edits = [code(edit_message(one, room.pk, message.pk, "Mine now")) for one in everybody]
    assert edits == ["forbidden", "forbidden", "", "not_found", "not_found", "not_found"]
    pins = [code(pin_message(one, room.pk, message.pk, on=True)) for one in everybody]
    assert pins == ["", "", "", "not_found", "not_found", "not_found"]
    removals = [code(delete_message(one, room.pk, message.pk)) for one in everybody]
    assert removals == ["forbidden", "", "", "not_found", "not_found", "not_found"]


def test_a_message_of_another_room_is_not_found_through_this_one(world: World, room: Room, message: Message) -> None:
    square = Room.objects.get(network=world.network, kind=Room.Kind.SQUARE)
    assert code(edit_message(world.owner, square.pk, message.pk, "Elsewhere")) == "not_found"
    for room_id, message_id in [(room.pk, 2**80), (2**80, message.pk), (room.pk, 0)]:
        assert code(delete_message(world.owner, room_id, message_id)) == "not_found"


def test_nothing_changes_where_the_work_is_over(world: World, room: Room, message: Message) -> None:
    Partnership.objects.filter(pk=world.partnership.pk).update(status=Partnership.Status.CLOSED)
    assert code(edit_message(world.owner, room.pk, message.pk, "Late")) == "read_only"
    assert code(react(world.partner, room.pk, message.pk, THUMB, on=True)) == "read_only"


@pytest.mark.parametrize(("body", "why"), [("", "empty"), ("x" * 8001, "too_long"), ("\x00", "bad_text")])
def test_an_edit_holds_to_what_a_message_may_be(
    world: World, room: Room, message: Message, body: str, why: str
) -> None:
    assert code(edit_message(world.owner, room.pk, message.pk, body)) == why
    assert shown(message)["body"] == "The compost weighed **90** kilograms."


def test_who_is_mentioned_by_an_edit_is_told_once(world: World, room: Room, message: Message) -> None:
    for body in ["@Partner Test, look.", "@Partner Test, look again.", "Nobody now."]:
        edit_message(world.owner, room.pk, message.pk, body)
    assert Notification.objects.filter(person=world.partner, kind="mention").count() == 1
    assert "mentions" not in shown(message)


def test_a_change_takes_the_same_queries_with_one_sign_and_with_three(
    world: World, room: Room, message: Message, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for sign in (THUMB, HEART, "✅"):
        with django_assert_max_num_queries(15):
            react(world.partner, room.pk, message.pk, sign, on=True)


@pytest.mark.django_db(transaction=True)
async def test_everybody_hears_of_a_change_and_its_cause_hears_done(world: World) -> None:
    room = await in_thread(Room.objects.get, partnership=world.partnership)
    message = await in_thread(said, room, world.owner, "One")
    owner, partner = [await Browser.open(one, have={room.pk: None}) for one in (world.owner, world.partner)]
    for browser in (owner, partner):
        await browser.hears("welcome")
    where = {"room": room.pk, "message": message.pk}
    changes: list[tuple[str, dict[str, Any], str]] = [
        ("edit", {"body": "Two"}, "edited_at"),
        ("react", {"emoji": THUMB, "on": True}, "reactions"),
        ("pin", {"on": True}, "pinned"),
        ("delete", {}, "deleted"),
    ]
    for kind, more, key in changes:
        await owner.say(kind, ref=kind, **where, **more)
        heard = {frame["type"]: frame for frame in [await owner.hear(), await owner.hear()]}
        (change,) = await partner.hears("change")
        assert heard["change"] == change
        assert (heard["done"]["ref"], heard["done"]["version"]) == (kind, change["version"])
        assert change["message"][key]
    lacks: list[tuple[str, dict[str, Any]]] = [("edit", {}), ("pin", {}), ("react", {"on": 1, "emoji": THUMB})]
    for kind, lacking in lacks:
        await owner.say(kind, **where, **lacking)
        assert (await owner.hear())["code"] == "bad_frame"


def test_over_http_the_same(world: World, room: Room, message: Message, client: Client) -> None:
    client.force_login(world.owner)
    at = f"/chat/api/rooms/{room.pk}/messages/{message.pk}/"
    answers = [
        client.patch(at, {"body": "Two"}, content_type="application/json"),
        client.put(f"{at}reactions/{THUMB}/"),
        client.put(f"{at}pin/"),
        client.delete(f"{at}reactions/{THUMB}/"),
        client.delete(f"{at}pin/"),
        client.delete(at),
    ]
    for number, answer in enumerate(answers):
        assert (answer.status_code, answer.json()["version"]) == (200, number + 2)
        hold(answer.json(), "message_with_version")
    assert answers[-1].json()["deleted"] is True
    assert client.put(f"{at}reactions/word/").json()["code"] == "not_found"
    for body in [{}, {"body": 7}, {"body": None}]:
        assert client.patch(at, body, content_type="application/json").status_code in {400, 404}


def test_the_page_says_what_became_of_a_message(world: World, room: Room, message: Message, client: Client) -> None:
    client.force_login(world.partner)
    before = client.get(room.get_absolute_url()).content.decode()
    assert ("Edited</span>" in before, "👍 1" in before) == (False, False)
    edit_message(world.owner, room.pk, message.pk, "It weighed **91**.")
    react(world.partner, room.pk, message.pk, THUMB, on=True)
    pin_message(world.partner, room.pk, message.pk, on=True)
    after = client.get(room.get_absolute_url()).content.decode()
    assert ">👍 1</button><span data-pinned>Pinned</span>" in after.replace('"', "")
    assert '1/history/">Edited</a>' in after
