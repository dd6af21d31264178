"""``@everyone``, ``@coordinators``, ``@project group``: whom they tell, in which language, and when it asks first."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from chat.actions import Outcome, Post, Refused, Stored, edit_message, post_message
from chat.groups import may_call
from chat.models import Mention, Message, Room
from chat.payloads import message_payload
from notifications.models import Notification
from partnerships.models import Function
from tests.chat.reading import field, page
from tests.chat.schema import hold
from tests.conftest import World, person
from tests.sockets import Browser, in_thread

JSON = "application/json"


@pytest.fixture
def room(world: World) -> Room:
    """The room of Karlskrona–Saldanha Bay."""
    return Room.objects.get(partnership=world.partnership)


@pytest.fixture
def square(world: World) -> Room:
    """The square of the network Climate."""
    return Room.objects.get(kind=Room.Kind.SQUARE)


def send(room: Room, author: User, body: str, **more: Any) -> Outcome:
    return post_message(Post(room.pk, author.pk, uuid4(), body, **more))


def say(room: Room, author: User, body: str, **more: Any) -> Message:
    outcome = send(room, author, body, **more)
    assert isinstance(outcome, Stored)
    return outcome.message


def told(kind: str = "mention") -> list[str]:
    return sorted(Notification.objects.filter(kind=kind).values_list("person__name", flat=True))


def crowd(world: World, many: int = 21) -> None:
    """Trainees in the network, who are guests of its square."""
    for number in range(many):
        world.seat(person(f"Trainee{number}"), Function.TRAINEE, world.icld, network=world.network)


def test_everyone_is_told_once_and_the_message_says_whom_it_calls(world: World, room: Room) -> None:
    message = say(room, world.owner, "Dear @everyone, and @Partner Test above all")
    assert told() == ["Councillor Test", "Officer Test", "Partner Test"]
    for seen in (message, Message.objects.get()):
        payload = message_payload(seen)
        hold(payload, "message")
        assert payload["mentions"] == {"people": [world.partner.pk], "all": True}
    assert message.html.count('<b class="mention">') == 2
    assert Mention.objects.filter(by_name=True).count() == 1


@pytest.mark.parametrize(
    ("body", "calls", "people"),
    [
        ("@project managers, please", {"functions": ["project_manager"]}, ["Partner Test"]),
        ("@Project manager, please", {"functions": ["project_manager"]}, ["Partner Test"]),
        ("@councillors", {"functions": ["councillor"]}, ["Councillor Test"]),
        ("@Project group: look", {"bodies": ["project"]}, ["Partner Test"]),
        ("@steering group and @coordinators", {"bodies": ["steering"]}, ["Councillor Test"]),
        ("@researchers", {}, []),
        ("`@everyone`", {}, []),
        ("me@everyone.example", {}, []),
    ],
)
def test_a_function_or_a_body_tells_those_of_the_room(
    world: World, room: Room, body: str, calls: dict[str, Any], people: list[str]
) -> None:
    said = message_payload(say(room, world.owner, body)).get("mentions", {})
    said.pop("functions", None) if said.get("functions") == ["coordinator"] else None
    assert (said, told()) == (calls, people)


def test_the_words_are_those_of_every_language(world: World, room: Room) -> None:
    assert message_payload(say(room, world.owner, "Hej @Projektledare"))["mentions"] == {
        "functions": ["project_manager"]
    }


def test_a_person_comes_before_a_group_of_the_same_name(world: World, room: Room) -> None:
    assert message_payload(say(room, world.owner, "@Councillor"))["mentions"] == {"people": [world.councillor.pk]}


def test_a_guest_calls_people_and_groups_but_not_everyone(world: World) -> None:
    room = Room.objects.get(body=world.project)
    said = say(room, world.guest, "@everyone @project managers @Owner Test")
    assert message_payload(said)["mentions"] == {"people": [world.owner.pk], "functions": ["project_manager"]}
    assert told() == ["Owner Test", "Partner Test"]


def test_who_is_called_as_one_of_a_group_sees_it_marked_and_counted(world: World, room: Room, client: Client) -> None:
    say(room, world.owner, "@project managers")
    client.force_login(world.partner)
    html = page(client, room.get_absolute_url())
    assert ("Mentions you" in html.split('role="log"')[1].split("room-foot")[0], 'data-mentions="1"' in html) == (
        True,
        True,
    )
    assert 'data-mine="project project_manager"' in html
    client.force_login(world.councillor)
    assert "Mentions you" not in page(client, room.get_absolute_url()).split('role="log"')[1].split("room-foot")[0]


@pytest.mark.parametrize("body", ["Plain words", "a@b.example", "@Partner Test"])
def test_a_message_that_calls_no_group_asks_nothing_more(body: str) -> None:
    assert not may_call(body)


@pytest.mark.parametrize("size", [1, 3])
def test_groups_cost_two_queries_however_many_call_them(
    world: World, room: Room, size: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    say(room, world.owner, "@everyone")
    for _ in range(size - 1):
        say(room, world.owner, "@everyone")
    with django_assert_max_num_queries(26):
        say(room, world.owner, "@everyone")


# Asked first


def test_more_than_twenty_people_are_told_only_when_that_is_meant(world: World, square: Room) -> None:
    crowd(world)
    refused = send(square, world.owner, "Dear @everyone")
    assert refused == Refused("asks_first", people=25)
    assert (Message.objects.count(), Notification.objects.count()) == (0, 0)
    say(square, world.owner, "Dear @everyone", confirm=True)
    assert len(told()) == 25


def test_twenty_people_are_told_unasked(world: World, square: Room) -> None:
    crowd(world, 20)
    say(square, world.owner, "@trainees")
    assert len(told()) == 20


def test_a_refused_call_uses_nothing_up(world: World, square: Room) -> None:
    crowd(world)
    once = Post(square.pk, world.owner.pk, uuid4(), "@everyone")
    assert isinstance(post_message(once), Refused)
    again = Post(once.room_id, once.author_id, once.client_id, once.body, confirm=True)
    assert isinstance(post_message(again), Stored)


def test_an_edit_asks_too(world: World, square: Room) -> None:
    crowd(world)
    message = say(square, world.owner, "Dear all")
    assert edit_message(world.owner, square.pk, message.pk, "Dear @everyone") == Refused("asks_first", people=25)
    assert Message.objects.get().body == "Dear all"
    edit_message(world.owner, square.pk, message.pk, "Dear @everyone", confirm=True)
    assert (len(told()), Message.objects.get().calls) == (25, {"all": True})
    edit_message(world.owner, square.pk, message.pk, "Dear you")
    assert (Message.objects.get().calls, Mention.objects.count()) == (None, 0)


def test_the_form_keeps_what_was_typed_and_has_a_button_for_it(world: World, square: Room, client: Client) -> None:
    crowd(world)
    client.force_login(world.owner)
    typed = {"client_id": str(uuid4()), "body": "Dear @everyone, the kept words"}
    asked = client.post(square.get_absolute_url(), typed)
    html = asked.content.decode()
    assert (asked.status_code, "the kept words" in html, "This would tell 25 people." in html) == (409, True, True)
    assert 'name="confirm" value="on">Tell 25 people</button>' in html
    assert field(html, "client_id") == typed["client_id"]
    assert client.post(square.get_absolute_url(), {**typed, "confirm": "on"}).status_code == 302
    message = Message.objects.get()
    at = f"{square.get_absolute_url()}{message.number}/"
    edited = client.post(at, {"body": "Now @trainees"})
    assert (edited.status_code, b"Save it and tell 21 people" in edited.content) == (409, True)
    assert client.post(at, {"body": "Now @trainees", "confirm": "yes"}).status_code == 302
    assert Message.objects.get().calls == {"functions": ["trainee"]}


def test_over_http_it_is_409_with_the_number(world: World, square: Room, client: Client) -> None:
    crowd(world)
    client.force_login(world.owner)
    at = f"/chat/api/rooms/{square.pk}/messages/"
    data: dict[str, Any] = {"client_id": str(uuid4()), "body": "@everyone"}
    asked = client.post(at, data, content_type=JSON)
    hold(asked.json(), "error_answer")
    assert (asked.status_code, asked.json()["code"], asked.json()["people"]) == (409, "asks_first", 25)
    assert client.post(at, {**data, "confirm": "yes"}, content_type=JSON).status_code == 400
    stored = client.post(at, {**data, "confirm": True}, content_type=JSON)
    assert (stored.status_code, stored.json()["mentions"]) == (201, {"all": True})
    groups = client.get(f"/chat/api/rooms/{square.pk}/people/").json()["groups"]
    assert {"name": "trainees", "people": 21} in groups


@pytest.mark.django_db(transaction=True)
async def test_over_the_socket_it_is_an_error_with_the_number(world: World) -> None:
    room = await in_thread(Room.objects.get, kind=Room.Kind.SQUARE)
    await in_thread(crowd, world)
    owner = await Browser.open(world.owner, have={room.pk: None})
    await owner.hears("welcome")
    sent = {"room": room.pk, "client_id": str(uuid4()), "body": "@everyone"}
    await owner.say("post", **sent)
    error = await owner.hear()
    assert (error["code"], error["people"], error["client_id"]) == ("asks_first", 25, sent["client_id"])
    await owner.say("post", **sent, confirm=True)
    assert {(await owner.hear())["type"] for _ in range(2)} == {"ack", "change"}


@pytest.mark.parametrize("name", ["outsider", "guest", "stranger"])
def test_who_is_not_in_the_room_calls_nobody_there(name: str, world: World, room: Room, client: Client) -> None:
    assert send(room, getattr(world, name), "@everyone", confirm=True) == Refused("not_found")
    client.force_login(getattr(world, name))
    assert client.get(f"/chat/api/rooms/{room.pk}/people/").status_code == 404
    assert told() == []


def test_officers_call_everyone_and_observers_nobody(world: World, room: Room, client: Client) -> None:
    say(room, world.officer, "@everyone")
    assert told() == ["Councillor Test", "Owner Test", "Partner Test"]
    world.seat(world.stranger, Function.OBSERVER, world.icld, partnership=world.partnership)
    assert send(room, world.stranger, "@everyone") == Refused("read_only")
    client.force_login(world.stranger)
    assert "groups" not in client.get(f"/chat/api/rooms/{room.pk}/people/").json()
