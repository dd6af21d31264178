"""Threads: which one a reply stands in, who follows it and is told, what is unread in it, and its page and list."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from chat.actions import Post, Stored, delete_message, follow_thread, mark_read, mark_thread_read, post_messages
from chat.models import Message, Room, ThreadMarker
from chat.threads import own_marker
from notifications.models import Choice, Delivery, Notification
from partnerships.actions import end_membership
from partnerships.models import Membership
from tests.chat.reading import say
from tests.chat.schema import hold
from tests.conftest import World
from tests.sockets import Browser, in_thread

JSON = "application/json"


@pytest.fixture
def room(world: World) -> Room:
    """The room of Karlskrona–Saldanha Bay, where the partner has asked something."""
    room = Room.objects.get(partnership=world.partnership)
    say(room, world.partner, "How much compost goes to the farms?")
    return room


def answer(room: Room, author: User, body: str = "Four tonnes.", **where: int) -> Message:
    (stored,) = post_messages([Post(room.pk, author.pk, uuid4(), body, **(where or {"thread": 1}))])  # type: ignore[arg-type]  # numbers
    assert isinstance(stored, Stored)
    return stored.message


def again(room: Room) -> Room:
    return Room.objects.get(pk=room.pk)


def unread(user: User, room: Room, root: int = 1) -> int | None:
    marker = own_marker(user, again(room), root)
    return marker.unread if marker else None


def told(person: User) -> list[str]:
    return list(Notification.objects.filter(person=person).order_by("pk").values_list("kind", flat=True))


# Which thread


def test_a_reply_stands_in_the_thread_of_what_it_answers(world: World, room: Room) -> None:
    first = answer(room, world.owner, reply_to=1)
    second = answer(room, world.partner, reply_to=first.number)
    third = answer(room, world.owner, thread=second.number)
    assert [(one.reply_to, one.thread) for one in (first, second, third)] == [(1, 1), (2, 1), (1, 1)]
    assert again(room).message_count == 4


def test_a_reply_to_what_is_not_there_stands_in_no_thread(world: World, room: Room) -> None:
    for number in (9, 2**70, 0):
        assert answer(room, world.owner, thread=number, reply_to=number).thread is None


def test_a_batch_may_answer_what_it_says_itself(world: World, room: Room) -> None:
    posts = [Post(room.pk, one.pk, uuid4(), "…", reply_to=to) for one, to in [(world.owner, 1), (world.partner, 2)]]
    assert [one.message.thread for one in post_messages(posts) if isinstance(one, Stored)] == [1, 1]


@pytest.mark.parametrize("size", [1, 3])
def test_a_batch_of_answers_costs_the_same_queries_whatever_its_size(
    size: int, world: World, room: Room, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    answer(room, world.councillor)  # whoever writes first in a process pays for its compiled queries
    posts = [Post(room.pk, world.owner.pk, uuid4(), "…", thread=1) for _ in range(size)]
    with django_assert_num_queries(25):
        post_messages(posts)


# Following, and what is unread


def test_who_begins_or_answers_a_thread_follows_it(world: World, room: Room) -> None:
    answer(room, world.owner)
    assert (unread(world.partner, room), unread(world.owner, room)) == (1, 0)
    assert unread(world.councillor, room) is None


def test_unread_in_a_thread_is_what_others_said_above_both_markers(world: World, room: Room) -> None:
    answer(room, world.owner)
    answer(room, world.councillor)
    assert unread(world.partner, room) == 2
    mark_read(world.partner, again(room), 2)
    assert unread(world.partner, room) == 1
    mark_thread_read(world.partner, again(room), 1, 3)
    assert unread(world.partner, room) == 0
    say(room, world.owner, "By the way")
    answer(room, world.partner)
    assert (unread(world.partner, room), unread(world.owner, room)) == (0, 2)
    gone = answer(room, world.councillor)
    delete_message(world.councillor, room.pk, gone.pk)
    assert unread(world.partner, room) == 0


def test_a_thread_marker_moves_forward_only_and_leaves_the_rooms_alone(world: World, room: Room) -> None:
    answer(room, world.owner)
    assert mark_thread_read(world.partner, again(room), 1, 10**9) == 2
    assert mark_thread_read(world.partner, again(room), 1, 0) == 2
    assert room.markers.get(user=world.partner).last_read_number == 1
    assert mark_thread_read(world.councillor, again(room), 1, 2) == 2
    assert not ThreadMarker.objects.filter(user=world.councillor).exists()


def test_who_leaves_a_thread_hears_no_more_until_they_answer_again(world: World, room: Room) -> None:
    answer(room, world.owner)
    Notification.objects.all().delete()
    assert follow_thread(world.partner, again(room), 1, on=False)
    answer(room, world.owner)
    assert (unread(world.partner, room), told(world.partner)) == (None, [])
    answer(room, world.partner)
    answer(room, world.owner)
    assert (unread(world.partner, room), told(world.partner)) == (1, ["reply"])


def test_one_may_follow_what_one_only_reads(world: World, room: Room) -> None:
    answer(room, world.owner)
    assert follow_thread(world.councillor, again(room), 1, on=True)
    assert unread(world.councillor, room) == 0
    answer(room, world.owner)
    assert (unread(world.councillor, room), told(world.councillor)) == (1, ["thread"])
    for root in (2, 0, 99, 2**70):
        assert not follow_thread(world.councillor, again(room), root, on=True)


def test_whoever_leaves_the_room_follows_nothing_there(world: World, room: Room) -> None:
    answer(room, world.councillor)
    for seat in Membership.objects.filter(person=world.councillor):
        end_membership(seat)
    assert not ThreadMarker.objects.filter(user=world.councillor).exists()
    answer(room, world.owner, "Still about that")
    assert told(world.councillor) == []


# Who is told


def test_a_reply_tells_its_author_and_a_thread_its_followers_each_once(world: World, room: Room) -> None:
    answer(room, world.owner)
    assert (told(world.partner), told(world.owner)) == (["reply"], [])
    answer(room, world.councillor, "@Owner Test, is that so?")
    assert (told(world.partner), told(world.owner)) == (["reply", "reply"], ["mention"])
    answer(room, world.partner, reply_to=3)
    assert (told(world.councillor), told(world.owner)) == (["reply"], ["mention", "thread"])


def test_a_reply_is_mailed_unless_read_and_a_thread_goes_into_the_digest(world: World, room: Room) -> None:
    answer(room, world.owner)
    answer(room, world.councillor)
    channels = {(one.kind, one.channel) for one in Delivery.objects.all()}
    assert channels == {("reply", "mail"), ("thread", "digest")}
    mark_thread_read(world.partner, again(room), 1, 2)
    opened = Notification.objects.filter(person=world.partner).order_by("pk").values_list("opened_at", flat=True)
    assert [bool(one) for one in opened] == [True, False]


def test_a_thread_is_told_as_one_chose(world: World, room: Room) -> None:
    Choice.objects.create(person=world.partner, kind="reply", when="off")
    answer(room, world.owner)
    assert (told(world.partner), Delivery.objects.count()) == (["reply"], 0)


# Over HTTP and the socket


def test_over_http(world: World, room: Room, client: Client) -> None:
    answer(room, world.owner)
    client.force_login(world.partner)
    at = f"/chat/api/rooms/{room.pk}"
    window = client.get(f"{at}/messages/").json()
    hold(window, "messages_answer")
    assert window["threads"]["1"]["replies"] == 1
    got = client.get(f"{at}/threads/1/").json()
    hold(got, "thread_answer")
    assert (got["replies"], got["followed"], got["unread"], got["last_read_number"]) == (1, True, 1, 1)
    assert client.get("/chat/api/threads/?count=1").json() == {"unread": 1}
    read = client.put(f"{at}/read/", {"number": 2, "thread": 1}, content_type=JSON)
    assert read.json() == {"thread": 1, "number": 2}
    assert client.put(f"{at}/read/", {"number": 2, "thread": "1"}, content_type=JSON).status_code == 400
    assert client.get("/chat/api/threads/?count=1").json() == {"unread": 0}
    (listed,) = client.get("/chat/api/threads/").json()["threads"]
    assert (listed["thread"], listed["unread"], listed["url"]) == (1, 0, f"/chat/{room.pk}/1/thread/")
    assert client.delete(f"{at}/threads/1/follow/").json() == {"followed": False}
    left = client.get(f"{at}/threads/1/").json()
    hold(left, "thread_answer")
    assert client.put(f"{at}/threads/1/follow/").json() == {"followed": True}
    assert client.get(f"{at}/threads/2/").status_code == 404


@pytest.mark.django_db(transaction=True)
async def test_over_the_socket_and_on_the_persons_other_devices(world: World) -> None:
    room = await in_thread(Room.objects.get, partnership=world.partnership)
    await in_thread(say, room, world.partner, "How much?")
    await in_thread(answer, room, world.owner)
    first, second = [await Browser.open(world.partner, have={room.pk: None}) for _ in range(2)]
    for browser in (first, second):
        await browser.hears("welcome")
    read: dict[str, Any] = {"room": room.pk, "number": 2, "thread": 1}
    await first.say("read", ref="r", **read)
    heard = {frame["type"]: frame for frame in [await first.hear() for _ in range(3)]}
    assert (heard["done"]["number"], heard["done"]["thread"]) == (2, 1)
    (moved,) = [frame for frame in [await second.hear() for _ in range(2)] if frame["type"] == "read"]
    assert moved == {"type": "read", **read}
    await second.say("follow", room=room.pk, thread=1, on=False)
    assert (await second.hear())["type"] == "done"
    assert await in_thread(unread, world.partner, room) is None
    for bad in ({"thread": 7, "on": True}, {"thread": 1, "on": 1}):
        await second.say("follow", room=room.pk, **bad)
        assert (await second.hear())["code"] in {"not_found", "bad_frame"}
