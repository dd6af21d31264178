"""The socket, frame by frame, as docs/chat-protocol.md has it."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from chat.actions import Post, Stored, post_messages
from chat.broadcasts import message_changed
from chat.models import Message, Room
from partnerships.actions import begin_membership, end_membership
from partnerships.jobs import memberships
from partnerships.models import Membership
from tests.conftest import BEGUN, World
from tests.sockets import Browser, in_thread

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def room(world: World) -> Room:
    """The room of Karlskrona–Saldanha Bay."""
    return Room.objects.get(partnership=world.partnership)


def write(room: Room, author: User, *bodies: str) -> list[Message]:
    outcomes = post_messages([Post(room.pk, author.pk, uuid4(), body) for body in bodies])
    return [outcome.message for outcome in outcomes if isinstance(outcome, Stored)]


async def both(world: World, room: Room) -> tuple[Browser, Browser]:
    browsers = [await Browser.open(person, have={room.pk: None}) for person in (world.owner, world.partner)]
    for browser in browsers:
        await browser.hears("welcome")
    return browsers[0], browsers[1]


async def test_what_one_says_the_other_hears_and_the_ack_comes_first(world: World, room: Room) -> None:
    owner, partner = await both(world, room)
    client_id = str(uuid4())
    await owner.say("post", room=room.pk, client_id=client_id, body="Sawubona **all**", ref="1", language="en")
    ack, change = await owner.hears("ack", "change")
    (heard,) = await partner.hears("change")
    message = await in_thread(Message.objects.get)
    assert ack == {
        "type": "ack", "ref": "1", "client_id": client_id, "room": room.pk, "id": message.pk, "number": 1, "version": 1,
    }  # fmt: skip
    assert heard == change
    assert heard == {
        "type": "change",
        "room": room.pk,
        "version": 1,
        "message": {
            "id": message.pk,
            "number": 1,
            "client_id": client_id,
            "author": {"id": world.owner.pk, "name": "Owner Test", "organisation": "Karlskrona"},
            "body": "Sawubona **all**",
            "html": "<p>Sawubona <strong>all</strong></p>\n",
            "language": "en",
            "posted_at": message.posted_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        },
    }


async def test_what_is_posted_by_a_page_arrives_too(world: World, room: Room) -> None:
    owner, partner = await both(world, room)
    await in_thread(write, room, world.owner, "one", "two")
    for browser in (owner, partner):
        assert [f["message"]["body"] for f in await browser.hears("change", "change")] == ["one", "two"]


async def test_a_post_sent_twice_is_acknowledged_twice_and_stands_there_once(world: World, room: Room) -> None:
    owner, partner = await both(world, room)
    for _ in range(2):
        await owner.say("post", room=room.pk, client_id="0" * 31 + "1", body="once")
    first, second = [frame for frame in [await owner.hear() for _ in range(3)] if frame["type"] == "ack"]
    assert first == second
    await partner.hears("change")
    assert await partner.silent()


@pytest.mark.parametrize(
    ("post", "code"),
    [
        ({"body": " "}, "empty"),
        ({"body": "x" * 8001}, "too_long"),
        ({"body": "a\x00"}, "bad_text"),
        ({"body": "a\ud800"}, "bad_text"),
        ({"body": 5}, "bad_frame"),
        ({"client_id": "none"}, "bad_frame"),
        ({"room": "7"}, "bad_frame"),
        ({"room": 10**9}, "not_found"),
        ({"reply_to": True}, "bad_frame"),
    ],
)
async def test_a_bad_post_says_what_is_wrong(world: World, room: Room, post: dict[str, Any], code: str) -> None:
    owner = await Browser.open(world.owner)
    frame = {"room": room.pk, "client_id": str(uuid4()), "body": "words", "ref": "r", **post}
    await owner.say("post", **frame)
    (error,) = await owner.hears("error")
    assert (error["code"], error["ref"], error["client_id"]) == (code, "r", frame["client_id"])
    assert not await in_thread(Message.objects.exists)


async def test_who_only_reads_is_told_so(world: World, room: Room) -> None:
    announcements = await in_thread(Room.objects.get, kind="announcements")
    owner = await Browser.open(world.owner)
    await owner.say("post", room=announcements.pk, client_id=str(uuid4()), body="Hear ye")
    assert (await owner.hear())["code"] == "read_only"


async def test_an_outsider_is_denied_without_being_told_whether_there_is_such_a_room(world: World, room: Room) -> None:
    outsider = await Browser.open(world.outsider, have={room.pk: 0, 10**9: 0})
    (welcome,) = await outsider.hears("welcome")
    assert (welcome["heads"], welcome["denied"]) == ({}, [room.pk, 10**9])
    for kind, more in [("changes", {"since": 0}), ("read", {"number": 1}), ("unread", {"number": 1})]:
        for pk in (room.pk, 10**9):
            await outsider.say(kind, room=pk, **more)
            assert (await outsider.hear())["code"] == "not_found"
    await in_thread(write, room, world.owner, "not for you")
    await outsider.say("typing", room=room.pk)
    assert await outsider.silent()


async def test_leaving_a_seat_closes_the_room_at_once_and_the_history_too(world: World, room: Room) -> None:
    owner, partner = await both(world, room)
    (seat,) = await in_thread(list, Membership.objects.filter(person=world.partner))
    await in_thread(end_membership, seat)
    gone = {frame["room"]: frame["reason"] for frame in [await partner.hear() for _ in range(4)]}
    assert gone[room.pk] == "removed"
    await in_thread(write, room, world.owner, "among ourselves")
    await owner.hears("change")
    assert await partner.silent()
    await partner.say("changes", room=room.pk, since=0)
    assert (await partner.hear())["code"] == "not_found"


async def test_a_seat_whose_last_day_has_passed_closes_the_room_too(world: World, room: Room) -> None:
    _owner, partner = await both(world, room)
    now = timezone.now()
    await in_thread(Membership.objects.filter(person=world.partner).update, ends=(now - timedelta(days=2)).date())
    await in_thread(memberships.call, since=(now - timedelta(days=3)).isoformat(), until=now.isoformat())
    gone = {frame["room"]: frame["reason"] for frame in [await partner.hear() for _ in range(4)]}
    assert gone[room.pk] == "removed"


async def test_a_dismissal_that_got_lost_costs_silence_and_never_content(world: World, room: Room) -> None:
    owner, partner = await both(world, room)

    def lose() -> None:
        Membership.objects.filter(person=world.partner).update(ends="2025-02-01")
        Room.objects.filter(pk=room.pk).update(access=99)

    await in_thread(lose)
    await in_thread(write, room, world.owner, "among ourselves")
    assert (await owner.hear())["message"]["body"] == "among ourselves"
    assert await partner.hear() == {"type": "gone", "room": room.pk, "reason": "removed"}
    assert await partner.silent()


async def test_taking_a_seat_opens_the_room_at_once(world: World, room: Room) -> None:
    await in_thread(write, room, world.owner, "before you")
    stranger = await Browser.open(world.stranger)
    await in_thread(
        begin_membership,
        person=world.stranger,
        function="councillor",
        organisation=world.karlskrona,
        partnership=world.partnership,
        begins=BEGUN,
    )
    rooms = {frame["room"]["kind"]: frame["room"] for frame in await stranger.hears("room", "room", "room")}
    shown = rooms["partnership"]
    assert (shown["id"], shown["unread"], shown["can_post"]) == (room.pk, 0, True)
    await stranger.say("watch", have={room.pk: shown["version"]})
    await stranger.hears("welcome")
    await in_thread(write, room, world.owner, "welcome")
    assert (await stranger.hear())["message"]["body"] == "welcome"


async def test_what_is_rolled_back_reaches_nobody(world: World, room: Room) -> None:
    _, partner = await both(world, room)

    def change_ones_mind() -> None:
        with transaction.atomic():
            write(room, world.owner, "I never said this")
            transaction.set_rollback(True)

    await in_thread(change_ones_mind)
    assert await partner.silent()
    await in_thread(write, room, world.owner, "This I said")
    assert (await partner.hear())["message"]["body"] == "This I said"


async def test_changes_that_arrive_out_of_order_go_out_in_order(world: World, room: Room) -> None:
    _, partner = await both(world, room)

    def shuffled() -> None:
        with transaction.atomic():
            one, two, three = write(room, world.owner, "one", "two", "three")
        for message in (three, one, two, three, one):
            message_changed(message)

    await in_thread(shuffled)
    assert [f["version"] for f in await partner.hears("change", "change", "change")] == [1, 2, 3]
    assert await partner.silent()


async def test_a_gap_is_filled_from_the_database(world: World, room: Room) -> None:
    _, partner = await both(world, room)

    def lose_the_first() -> None:
        room.refresh_from_db()
        for number in (1, 2):
            Message.objects.create(
                room=room, number=number, version=number, author=world.owner, client_id=uuid4(), body=f"{number}",
                posted_at=room.created_at,
            )  # fmt: skip
        room.version = room.message_count = 2
        room.save()
        message_changed(Message.objects.get(number=2))

    await in_thread(lose_the_first)
    (page,) = await partner.hears("changes")
    assert ([m["body"] for m in page["messages"]], page["version"], page["more"]) == (["1", "2"], 2, False)
    assert await partner.silent()
