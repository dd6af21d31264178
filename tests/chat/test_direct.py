"""Conversations among a few people: whoever shares a room may begin one, the same people find the same one, and nobody
else learns that it exists."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import User
from chat.actions import Post, Refused, Stored, leave_conversation, open_conversation, post_message, strangers
from chat.finding import find
from chat.indexing import work_off
from chat.models import ReadMarker, Room
from chat.permissions import can_see
from notifications.models import Notification
from partnerships.actions import end_membership
from partnerships.models import Function, Membership
from partnerships.permissions import Reach
from tests.chat.reading import page, say
from tests.chat.test_room_list import LIST_QUERIES
from tests.conftest import World
from tests.sockets import Browser, in_thread

OTHERS = ["councillor", "guest", "outsider", "officer", "administrator", "stranger"]


@pytest.fixture
def room(world: World) -> Room:
    """The conversation of owner and partner, in which something was said."""
    room = open_conversation(world.owner, [world.partner])
    say(room, world.owner, "Between us: the compost smells.")
    return room


def post(room: Room, author: User, body: str = "Hello") -> object:
    return post_message(Post(room.pk, author.pk, uuid4(), body))


def end_all(person: User) -> None:
    for seat in Membership.objects.filter(person=person):
        end_membership(seat)


def sees(person: User, room: Room) -> bool:
    """As the lists say, and as posting says: both or neither."""
    now = Room.objects.get(pk=room.pk)
    listed = Room.objects.visible_to(person).filter(pk=room.pk).exists()
    assert can_see(Reach.of(person), now) == listed
    assert now.people().filter(pk=person.pk).exists() == listed
    return listed


def test_the_same_people_find_the_same_conversation_whoever_of_them_opens_it(world: World, client: Client) -> None:
    client.force_login(world.owner)
    chosen = {"with": [world.partner.pk, world.outsider.pk]}
    first = client.post("/chat/new/", chosen)["Location"]
    assert client.post("/chat/new/", chosen)["Location"] == first
    client.force_login(world.outsider)
    assert client.post("/chat/new/", {"with": [world.owner.pk, world.partner.pk]})["Location"] == first
    assert client.post("/chat/new/", {"with": [world.owner.pk]})["Location"] != first


def test_it_is_called_after_the_others_in_it(world: World, room: Room, client: Client) -> None:
    client.force_login(world.partner)
    html = page(client, room.get_absolute_url())
    assert '<h1 id="room-name">Owner Test</h1>' in html
    assert '<span class="room-name">Owner Test</span>' in html
    client.force_login(world.owner)
    assert '<span class="room-name">Partner Test</span>' in page(client, "/chat/")
    listed = client.get("/chat/api/rooms/").json()["rooms"]
    assert [one["name"] for one in listed if one["kind"] == "direct"] == ["Partner Test"]


@pytest.mark.parametrize("name", OTHERS)
def test_nobody_else_sees_it_whatever_they_run(name: str, world: World, room: Room, client: Client) -> None:
    person = getattr(world, name)
    assert not sees(person, room)
    work_off()
    assert not find(person, "compost").hits
    assert find(world.partner, "compost").hits
    client.force_login(person)
    assert client.get(room.get_absolute_url()).status_code == 404
    assert client.get(f"/chat/api/rooms/{room.pk}/messages/").status_code == 404
    assert post(room, person) == Refused("not_found")
    assert client.post(f"{room.get_absolute_url()}leave/").status_code == 404


@pytest.mark.parametrize("name", ["owner", "partner"])
def test_both_write_in_it(name: str, world: World, room: Room) -> None:
    assert isinstance(post(room, getattr(world, name)), Stored)


def test_only_whom_one_shares_a_room_with_can_be_chosen(world: World, client: Client) -> None:
    client.force_login(world.guest)
    html = page(client, "/chat/new/")
    assert "Owner Test" in html
    assert "Outsider Test" not in html
    assert client.post("/chat/new/", {"with": [world.outsider.pk]}).status_code == 400
    client.force_login(world.administrator)
    assert "Owner Test" not in page(client, "/chat/new/")
    assert not Room.objects.filter(kind="direct").exists()


def test_a_group_introduces_nobody_to_somebody_they_may_not_know(world: World, client: Client) -> None:
    client.force_login(world.owner)
    answer = client.post("/chat/new/", {"with": [world.guest.pk, world.outsider.pk]})
    assert answer.status_code == 400
    assert "Guest Test and Outsider Test share no room" in answer.content.decode()
    assert strangers([world.owner, world.guest, world.outsider]) == [(world.guest, world.outsider)]


def test_nine_are_too_many_and_nobody_is_too_few(world: World, client: Client) -> None:
    people = [User.objects.create_user(f"{n}@test.example", name=f"Number {n}") for n in range(8)]
    for one in people:
        world.seat(one, Function.PROJECT_MEMBER, world.karlskrona, body=world.project)
    client.force_login(world.owner)
    assert "At most 8 people" in client.post("/chat/new/", {"with": [one.pk for one in people]}).content.decode()
    assert "Choose at least one" in client.post("/chat/new/").content.decode()
    assert client.post("/chat/new/", {"with": [one.pk for one in people[1:]]}).status_code == 302


def test_people_are_found_without_accents_and_those_chosen_stay_chosen(world: World, client: Client) -> None:
    User.objects.filter(pk=world.outsider.pk).update(name="Åsa Öst")
    client.force_login(world.owner)
    found = client.post("/chat/new/", {"find": "1", "q": "asa", "with": [world.partner.pk]})
    assert found["Location"] == f"/chat/new/?q=asa&with={world.partner.pk}"
    html = page(client, found["Location"])
    assert "Åsa Öst" in html
    assert f'value="{world.partner.pk}" checked' in html
    assert "Councillor Test" not in html
    assert "Åsa Öst" in page(client, "/chat/new/?q=rombo")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_takes_as_many_queries_for_more_people(
    rows: int, world: World, client: Client, django_assert_num_queries: Any
) -> None:
    for n in range(rows):
        one = User.objects.create_user(f"{n}@test.example", name=f"Number {n}")
        world.seat(one, Function.PROJECT_MEMBER, world.karlskrona, body=world.project)
    client.force_login(world.owner)
    client.get("/chat/")
    with django_assert_num_queries(12):
        client.get("/chat/new/?q=number")


@pytest.mark.parametrize("rows", [1, 3])
def test_conversations_cost_the_list_one_query_however_many(
    rows: int, world: World, client: Client, django_assert_num_queries: Any
) -> None:
    people = [world.partner, world.outsider, world.officer]
    for one in people[:rows]:
        say(open_conversation(world.owner, [one]), one, "Hello")
    client.force_login(world.owner)
    client.get("/chat/")
    with django_assert_num_queries(LIST_QUERIES + 1 + 3):  # three for what stands under the bell now
        client.get("/chat/")


def test_what_is_said_tells_the_others_once(world: World, room: Room) -> None:
    rows = Notification.objects.filter(kind="direct")
    assert [row.person for row in rows] == [world.partner]
    say(room, world.partner, "@Owner Test I know.")
    assert Notification.objects.filter(person=world.owner).values_list("kind", flat=True).get() == "mention"


# Leaving, and losing what one shared


def test_who_leaves_reads_no_more_and_the_same_people_begin_anew(world: World, client: Client) -> None:
    three = open_conversation(world.owner, [world.partner, world.outsider])
    client.force_login(world.outsider)
    assert "Leave the conversation with" in page(client, f"{three.get_absolute_url()}leave/")
    assert client.post(f"{three.get_absolute_url()}leave/").status_code == 302
    assert not sees(world.outsider, three)
    assert sees(world.partner, three)
    assert isinstance(post(three, world.partner), Stored)
    assert not ReadMarker.objects.filter(user=world.outsider, room=three).exists()
    assert open_conversation(world.owner, [world.partner, world.outsider]) != three
    assert client.post(f"{three.get_absolute_url()}leave/").status_code == 404


def test_whoever_is_left_alone_reads_and_is_told_why_they_cannot_write(
    world: World, room: Room, client: Client
) -> None:
    leave_conversation(world.partner, room)
    client.force_login(world.owner)
    html = page(client, room.get_absolute_url())
    assert "Nobody else reads here any more." in html
    assert '<h1 id="room-name">Partner Test</h1>' in html
    assert post(room, world.owner) == Refused("read_only")


def test_one_room_of_a_structure_cannot_be_left(world: World, client: Client) -> None:
    client.force_login(world.owner)
    square = Room.objects.get(kind="square")
    assert client.post(f"{square.get_absolute_url()}leave/").status_code == 404


def test_who_shares_no_place_any_more_loses_it_and_has_it_again_with_a_seat(world: World, room: Room) -> None:
    before = Room.objects.get(pk=room.pk).access
    end_all(world.partner)
    assert not sees(world.partner, room)
    assert sees(world.owner, room)
    assert Room.objects.get(pk=room.pk).access > before
    assert post(room, world.owner) == Refused("read_only")
    world.seat(world.partner, Function.PROJECT_MEMBER, world.saldanha_bay, body=world.project)
    assert sees(world.partner, room)
    assert isinstance(post(room, world.owner), Stored)


def test_who_still_shares_the_network_keeps_it(world: World, room: Room) -> None:
    world.seat(world.partner, Function.PROJECT_MANAGER, world.rombo, partnership=world.other_partnership)
    end_membership(Membership.objects.get(person=world.partner, body=world.project))
    assert sees(world.partner, room)


@pytest.mark.django_db(transaction=True)
async def test_it_opens_and_goes_on_open_sockets(world: World) -> None:
    partner = await Browser.open(world.partner, have={})
    await partner.hears("welcome")
    room = await in_thread(open_conversation, world.owner, [world.partner])
    (opened,) = await partner.hears("room")
    assert (opened["room"]["name"], opened["room"]["kind"]) == ("Owner Test", "direct")
    await partner.say("watch", have={room.pk: 0})
    await partner.hears("welcome")
    await in_thread(post, room, world.owner, "Psst")
    assert (await partner.hears("change"))[0]["message"]["body"] == "Psst"
    await in_thread(end_all, world.partner)
    while (frame := await partner.hear()).get("room") != room.pk or frame["type"] != "gone":
        pass
    await partner.say("changes", room=room.pk, since=0, ref="asked")
    while (frame := await partner.hear()).get("ref") != "asked":
        assert frame["type"] == "gone"
    assert frame["code"] == "not_found"
    await partner.close()


@pytest.mark.django_db(transaction=True)
async def test_another_cannot_follow_it(world: World) -> None:
    room = await in_thread(open_conversation, world.owner, [world.partner])
    for name in ("officer", "administrator"):
        browser = await Browser.open(getattr(world, name), have={room.pk: 0})
        assert (await browser.hears("welcome"))[0]["denied"] == [room.pk]
        await browser.say("post", room=room.pk, client_id=str(uuid4()), body="Hello")
        assert (await browser.hears("error"))[0]["code"] == "not_found"
        await browser.close()
