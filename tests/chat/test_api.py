"""The same rooms and messages over HTTP."""

import asyncio
import json
from typing import Any
from uuid import uuid4

import pytest
from django.test import AsyncClient, Client
from django.utils import timezone

from accounts.models import User
from chat.actions import Post, post_messages
from chat.models import Message, ReadMarker, Room
from chat.payloads import message_payload
from partnerships.actions import end_membership
from partnerships.models import Membership
from realtime import hub
from realtime.versioned import Versioned
from tests.conftest import World
from tests.sockets import in_thread, session_of


@pytest.fixture
def room(world: World) -> Room:
    """The room of Karlskrona–Saldanha Bay."""
    return Room.objects.get(partnership=world.partnership)


def write(room: Room, author: User, count: int) -> None:
    post_messages([Post(room.pk, author.pk, uuid4(), f"{n}") for n in range(1, count + 1)])


def signed_in(person: User, **options: Any) -> Client:
    client = Client(**options)
    client.force_login(person)
    return client


def test_rooms_with_what_is_unread(world: World, room: Room) -> None:
    write(room, world.partner, 3)
    answer = signed_in(world.owner).get("/chat/api/rooms/").json()
    assert [found["kind"] for found in answer["rooms"]] == ["square", "announcements", "partnership", "body"]
    assert answer["rooms"][2] == {
        "id": room.pk,
        "name": "Karlskrona–Saldanha Bay",
        "place": "Karlskrona–Saldanha Bay",
        "kind": "partnership",
        "version": 3,
        "message_count": 3,
        "last_read_number": 0,
        "unread": 3,
        "mentions": 0,
        "can_post": True,
        "url": f"/chat/{room.pk}/",
    }
    assert [found["can_post"] for found in answer["rooms"]] == [True, False, True, True]


def test_who_has_no_marker_yet_gets_one_by_looking(world: World) -> None:
    square = Room.objects.get(kind="square")
    write(square, world.owner, 2)
    client = signed_in(world.administrator)
    client.get("/chat/api/rooms/")
    assert ReadMarker.objects.get(user=world.administrator, room=square).last_read_number == 2


def test_rooms_with_how_often_one_is_mentioned_in_what_is_unread(world: World, room: Room) -> None:
    says = ["@Owner Test, look", "@Owner again", "@Councillor Test instead"]
    post_messages([Post(room.pk, world.partner.pk, uuid4(), body) for body in says])
    client, read = signed_in(world.owner), f"/chat/api/rooms/{room.pk}/read/"
    counts = []
    for number in (0, 1, 2):
        client.put(read, json.dumps({"number": number}), content_type="application/json")
        found = client.get("/chat/api/rooms/").json()["rooms"][2]
        counts.append((found["unread"], found["mentions"]))
    assert counts == [(3, 2), (2, 1), (1, 0)]


def test_a_deleted_mention_is_counted_no_more(world: World, room: Room) -> None:
    post_messages([Post(room.pk, world.partner.pk, uuid4(), "@Owner Test")])
    Message.objects.update(deleted_at=timezone.now())
    assert signed_in(world.owner).get("/chat/api/rooms/").json()["rooms"][2]["mentions"] == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_messages_with_mentions_cost_one_query_more(
    world: World, room: Room, rows: int, django_assert_num_queries: Any
) -> None:
    post_messages([Post(room.pk, world.partner.pk, uuid4(), "@Owner Test") for _ in range(rows)])
    client = signed_in(world.owner)
    with django_assert_num_queries(8):
        found = client.get(f"/chat/api/rooms/{room.pk}/messages/").json()["messages"]
    assert [message["mentions"] for message in found] == [{"people": [world.owner.pk]}] * rows


def test_the_people_of_a_room_are_those_one_may_mention_there(
    world: World, room: Room, django_assert_num_queries: Any
) -> None:
    client = signed_in(world.owner)
    with django_assert_num_queries(13):
        answer = client.get(f"/chat/api/rooms/{room.pk}/people/").json()
    found = answer["people"]
    assert [person["name"] for person in found] == ["Councillor Test", "Officer Test", "Partner Test"]
    assert found[2] == {
        "id": world.partner.pk,
        "name": "Partner Test",
        "function": "Project manager",
        "organisation": "Saldanha Bay",
    }
    assert {"name": "coordinators", "people": 0} not in answer["groups"]
    assert answer["groups"][0] == {"name": "everyone", "people": 3}


@pytest.mark.parametrize("bodies", [1, 3])
def test_the_list_costs_the_same_queries_whatever_its_length(
    world: World, room: Room, bodies: int, django_assert_num_queries: Any
) -> None:
    for kind in ("training", "inception")[: bodies - 1]:
        body = world.partnership.bodies.create(kind=kind)
        made = Room.objects.create(kind="body", body=body)
        world.seat(world.owner, "project_member", world.karlskrona, body=body)
        write(made, world.owner, 1)
    client = signed_in(world.owner)
    with django_assert_num_queries(5):  # session, person, reach (2), rooms
        assert len(client.get("/chat/api/rooms/").json()["rooms"]) == 3 + bodies


@pytest.mark.parametrize(
    ("query", "numbers", "more"),
    [
        ("", range(11, 61), True),
        ("?limit=2", [59, 60], True),
        ("?before=11", range(1, 11), False),
        ("?after=58", [59, 60], False),
        ("?after=0&limit=3", [1, 2, 3], True),
        ("?around=30&limit=4", [28, 29, 30, 31], True),
        ("?around=60&limit=4", [58, 59, 60], False),
        ("?limit=1000", range(1, 61), False),
    ],
)
def test_messages_by_number(world: World, room: Room, query: str, numbers: Any, more: bool) -> None:
    write(room, world.partner, 60)
    answer = signed_in(world.owner).get(f"/chat/api/rooms/{room.pk}/messages/{query}").json()
    assert [message["number"] for message in answer["messages"]] == list(numbers)
    assert (answer["more"], answer["version"]) == (more, 60)


def test_a_message_looks_the_same_with_its_version_beside(world: World, room: Room) -> None:
    write(room, world.partner, 1)
    (found,) = signed_in(world.owner).get(f"/chat/api/rooms/{room.pk}/messages/").json()["messages"]
    assert found == message_payload(Message.objects.with_author().get()) | {"version": 1}


def test_posting_answers_201_and_then_200_with_the_same(world: World, room: Room) -> None:
    client, address = signed_in(world.owner), f"/chat/api/rooms/{room.pk}/messages/"
    body = json.dumps({"client_id": str(uuid4()), "body": "Hej", "language": "sv"})
    first, again = (client.post(address, body, content_type="application/json") for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert (first.json()["body"], first.json()["language"], first.json()["version"]) == ("Hej", "sv", 1)


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"body": ""}, 400, "empty"),
        ({"body": "x" * 8001}, 413, "too_long"),
        ({"body": "\ud800"}, 400, "bad_text"),
        ({"body": ["a"]}, 400, "bad_frame"),
        ({"client_id": None}, 400, "bad_frame"),
    ],
)
def test_a_bad_post_is_refused(world: World, room: Room, body: dict[str, Any], status: int, code: str) -> None:
    data = json.dumps({"client_id": str(uuid4()), "body": "Hej", **body})
    answer = signed_in(world.owner).post(f"/chat/api/rooms/{room.pk}/messages/", data, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_announcements_are_read_only_for_members(world: World) -> None:
    announcements = Room.objects.get(kind="announcements")
    data = json.dumps({"client_id": str(uuid4()), "body": "Hej"})
    answer = signed_in(world.owner).post(
        f"/chat/api/rooms/{announcements.pk}/messages/", data, content_type="application/json"
    )
    assert (answer.status_code, answer.json()["code"]) == (403, "read_only")


def test_a_session_needs_the_csrf_token(world: World, room: Room) -> None:
    client = signed_in(world.owner, enforce_csrf_checks=True)
    data = json.dumps({"client_id": str(uuid4()), "body": "Hej"})
    answer = client.post(f"/chat/api/rooms/{room.pk}/messages/", data, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (403, "csrf")


def test_markers_by_put(world: World, room: Room) -> None:
    write(room, world.partner, 4)
    client = signed_in(world.owner)
    for verb, number, stands in [("read", 9, 4), ("unread", 1, 1), ("read", 0, 1)]:
        answer = client.put(
            f"/chat/api/rooms/{room.pk}/{verb}/", json.dumps({"number": number}), content_type="application/json"
        )
        assert answer.json() == {"number": stands}


def test_changes_since_a_version(world: World, room: Room) -> None:
    write(room, world.partner, 3)
    client, address = signed_in(world.owner), f"/chat/api/rooms/{room.pk}/changes/"
    page = client.get(f"{address}?since=1").json()
    assert ([m["number"] for m in page["messages"]], page["version"], page["more"]) == ([2, 3], 3, False)
    assert client.get(f"{address}?since=9").json() == {"reset": True}
    assert client.get(f"{address}?since=nine").json()["code"] == "bad_frame"


async def poll(person: User, room: Room, since: int) -> "asyncio.Task[Any]":
    client = AsyncClient()
    client.cookies["sessionid"] = await in_thread(session_of, person)
    task = asyncio.create_task(client.get(f"/chat/api/rooms/{room.pk}/changes/?since={since}&wait=20"))
    while not waiting(room):
        assert not task.done()
        await asyncio.sleep(0)
    return task


def waiting(room: Room) -> bool:
    topic = hub.here().topics.get(f"room:{room.pk}")
    return isinstance(topic, Versioned) and bool(topic.waiters)


@pytest.mark.django_db(transaction=True)
async def test_a_held_request_is_answered_by_the_next_message(world: World, room: Room) -> None:
    held = await poll(world.owner, room, 0)
    await in_thread(write, room, world.partner, 1)
    page = (await held).json()
    assert ([m["body"] for m in page["messages"]], page["version"]) == (["1"], 1)


@pytest.mark.django_db(transaction=True)
async def test_a_held_request_ends_when_the_room_is_no_longer_theirs(world: World, room: Room) -> None:
    held = await poll(world.councillor, room, 0)
    seat = await in_thread(Membership.objects.get, person=world.councillor)
    await in_thread(end_membership, seat)
    assert (await held).status_code == 404
