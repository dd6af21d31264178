"""Topic rooms: members open them where they are members, name and archive them, leave and join them."""

import threading
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from accounts.models import User
from chat.actions import (
    Post,
    Refused,
    Stored,
    archive_topic,
    change_topic,
    join_topic,
    leave_topic,
    like,
    open_topic,
    post_message,
    reopen_topic,
)
from chat.actions.topics import NameTaken, Topic
from chat.finding import find
from chat.indexing import work_off
from chat.models import ReadMarker, Room
from notifications.models import Notification
from tests.chat.reading import page, say
from tests.conftest import World
from tests.sockets import Browser, in_thread


@pytest.fixture
def room(world: World) -> Room:
    """*Compost*, which the partner has opened in the partnership."""
    return open_topic(world.partner, world.partnership, Topic("Compost", "Who takes it?"))


def post(room: Room, author: User, body: str = "Hello") -> object:
    return post_message(Post(room.pk, author.pk, uuid4(), body))


def sees(person: User, room: Room) -> bool:
    return Room.objects.visible_to(person).filter(pk=room.pk).exists()


def version(room: Room) -> int:
    return Room.objects.get(pk=room.pk).version


# Opening


def test_a_room_of_a_partnership_is_its_members_and_officers(world: World, room: Room) -> None:
    seen = {name for name in ("owner", "partner", "councillor", "guest", "outsider", "officer", "administrator")
            if sees(getattr(world, name), room)}  # fmt: skip
    assert seen == {"owner", "partner", "councillor", "officer"}
    assert isinstance(post(room, world.councillor), Stored)
    assert post(room, world.outsider) == Refused("not_found")


def test_a_room_of_a_network_is_for_all_its_members(world: World) -> None:
    room = open_topic(world.outsider, world.network, Topic("Biogas"))
    assert [sees(one, room) for one in (world.owner, world.officer, world.guest)] == [True, True, False]


@pytest.mark.parametrize(
    ("name", "places"),
    [
        ("owner", {"Climate", "Karlskrona–Saldanha Bay"}),
        ("outsider", {"Climate", "Älvsbyn–Rombo"}),
        ("officer", {"Climate", "Karlskrona–Saldanha Bay", "Älvsbyn–Rombo"}),
        ("administrator", {"Climate"}),
        ("guest", set()),
        ("stranger", set()),
    ],
)
def test_each_opens_rooms_where_they_are_a_member(name: str, places: set[str], world: World, client: Client) -> None:
    client.force_login(getattr(world, name))
    html = page(client, "/chat/topics/new/")
    every = {"Climate", "Karlskrona–Saldanha Bay", "Älvsbyn–Rombo"}
    assert {place for place in every if f">{place}</option>" in html} == places
    asked = {"title": "Water", "place": f"partnership-{world.other_partnership.pk}"}
    assert (client.post("/chat/topics/new/", asked).status_code == 302) == ("Älvsbyn–Rombo" in places)


def test_the_button_pressed_twice_opens_one_room(world: World, client: Client) -> None:
    client.force_login(world.owner)
    asked = {"title": "  Waste   sorting ", "place": f"network-{world.network.pk}", "purpose": "What works?"}
    first, second = (client.post("/chat/topics/new/", asked)["Location"] for _twice in range(2))
    assert first == second
    assert Room.objects.get(kind="topic").title == "Waste sorting"


def test_a_name_that_is_there_is_told_and_leads_to_its_room(world: World, room: Room, client: Client) -> None:
    client.force_login(world.owner)
    asked = {"title": "COMPOST", "place": f"partnership-{world.partnership.pk}"}
    answer = client.post("/chat/topics/new/", asked)
    assert answer.status_code == 400
    assert "There is a room of this name already." in answer.content.decode()
    assert f'href="/chat/{room.pk}/"' in answer.content.decode()
    elsewhere = asked | {"place": f"network-{world.network.pk}"}
    assert client.post("/chat/topics/new/", elsewhere).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_two_who_open_it_at_once_get_one_room(world: World) -> None:
    found: list[object] = []

    def go(person: User) -> None:
        try:
            found.append(open_topic(person, world.network, Topic("Transport")))
        except NameTaken as taken:
            found.append(taken.room)
        connection.close()

    threads = [threading.Thread(target=go, args=[one]) for one in (world.owner, world.outsider)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(found) == 2
    assert Room.objects.filter(kind="topic").count() == 1


def test_without_a_name_or_with_a_bad_one_it_says_so(world: World, client: Client) -> None:
    client.force_login(world.owner)
    place = f"network-{world.network.pk}"
    assert "Give the room a name." in client.post("/chat/topics/new/", {"place": place}).content.decode()
    assert client.post("/chat/topics/new/", {"title": "a\0b", "place": place}).status_code == 400
    assert client.post("/chat/topics/new/", {"title": "x" * 121, "place": place}).status_code == 400


# Tending


@pytest.mark.parametrize(
    ("name", "status"),
    [("partner", 302), ("owner", 302), ("officer", 302), ("councillor", 404), ("outsider", 404), ("guest", 404)],
)
def test_opener_coordinator_and_officer_name_archive_and_reopen(
    name: str, status: int, world: World, room: Room, client: Client
) -> None:
    client.force_login(getattr(world, name))
    address = f"/chat/{room.pk}/topic/"
    asked = [{"title": "Compost and farmers"}, {"archive": "on"}, {"archive": "off"}, {"archive": "maybe"}]
    assert [client.post(address, one).status_code for one in asked] == [status] * 4
    assert (client.get(address).status_code == 200) == (status == 302)
    assert version(room) == (3 if status == 302 else 0)


def test_an_archived_room_is_read_and_found_and_takes_nothing(world: World, room: Room, client: Client) -> None:
    say(room, world.partner, "Four tonnes of compost")
    archive_topic(room)
    work_off()
    assert post(room, world.partner) == Refused("read_only")
    assert find(world.owner, "tonnes").hits
    client.force_login(world.owner)
    html = page(client, f"/chat/{room.pk}/")
    assert "This room is archived." in html
    assert "Four tonnes" in html
    assert "<h2>Archived</h2>" in page(client, "/chat/")
    listed = {one["id"]: one for one in client.get("/chat/api/rooms/").json()["rooms"]}
    assert (listed[room.pk]["can_post"], listed[room.pk]["archived"]) == (False, True)
    assert [pk for pk, one in listed.items() if "archived" in one] == [room.pk]
    reopen_topic(Room.objects.get(pk=room.pk))
    assert isinstance(post(room, world.partner), Stored)


def test_a_change_that_changes_nothing_spends_no_version(world: World, room: Room) -> None:
    change_topic(room, Topic("Compost", "Who takes it?"))
    assert version(room) == 0
    archive_topic(room)
    open_topic(world.owner, world.partnership, Topic("Soil"))
    sand = open_topic(world.owner, world.partnership, Topic("Sand"))
    with pytest.raises(NameTaken):
        change_topic(sand, Topic("soil"))


def test_a_room_whose_name_was_taken_meanwhile_stays_archived(world: World, room: Room, client: Client) -> None:
    archive_topic(room)
    open_topic(world.owner, world.partnership, Topic("compost"))
    client.force_login(world.owner)
    answer = client.post(f"/chat/{room.pk}/topic/", {"archive": "off"})
    assert answer.status_code == 400
    assert "is there already" in answer.content.decode()


def test_a_room_of_the_structure_cannot_be_named(world: World, client: Client) -> None:
    client.force_login(world.officer)
    assert client.get(f"/chat/{Room.objects.get(kind='square').pk}/topic/").status_code == 404


# Leaving and joining


def test_a_room_that_was_left_is_gone_until_it_is_joined_again(world: World, room: Room, client: Client) -> None:
    say(room, world.partner, "One")
    client.force_login(world.owner)
    before = Room.objects.get(pk=room.pk).access
    assert client.post(f"/chat/{room.pk}/leave/")["Location"] == "/chat/"
    assert Room.objects.get(pk=room.pk).access == before + 1
    assert not sees(world.owner, room)
    assert world.owner not in room.people()
    assert post(room, world.owner) == Refused("not_found")
    assert client.get(f"/chat/{room.pk}/").status_code == 404
    say(room, world.partner, "@Owner Test are you there?")
    assert not Notification.objects.filter(person=world.owner).exists()
    assert "Compost" in page(client, "/chat/join/")
    assert client.post("/chat/join/", {"room": room.pk}).status_code == 302
    assert sees(world.owner, room)
    assert ReadMarker.objects.get(user=world.owner, room=room).last_read_number == 2
    assert client.post("/chat/join/", {"room": room.pk}).status_code == 404


def test_nobody_joins_what_their_place_does_not_open(world: World, room: Room, client: Client) -> None:
    ReadMarker.objects.create(user=world.outsider, room=room, last_read_number=0, left_at=room.created_at)
    client.force_login(world.outsider)
    assert "Compost" not in page(client, "/chat/join/")
    assert client.post("/chat/join/", {"room": room.pk}).status_code == 404


@pytest.mark.django_db(transaction=True)
async def test_it_is_live_for_those_who_look(world: World) -> None:
    owner = await Browser.open(world.owner, have={})
    await owner.hears("welcome")
    room = await in_thread(open_topic, world.partner, world.partnership, Topic("Compost"))
    (opened,) = await owner.hears("room")
    assert (opened["room"]["name"], opened["room"]["kind"], opened["room"]["unread"]) == ("Compost", "topic", 0)
    await owner.say("watch", have={room.pk: 0})
    await owner.hears("welcome")
    await in_thread(change_topic, room, Topic("Soil"))
    heard = [await owner.hear() for _two in range(2)]
    assert {one["type"] for one in heard} == {"room", "change"}
    assert next(one for one in heard if one["type"] == "change")["room_state"] == {"name": "Soil", "closed": False}
    await in_thread(archive_topic, room)
    heard = [await owner.hear() for _two in range(2)]
    assert next(one for one in heard if one["type"] == "change")["room_state"]["closed"] is True
    assert next(one for one in heard if one["type"] == "room")["room"]["can_post"] is False
    await in_thread(leave_topic, world.owner, room)
    assert (await owner.hears("gone"))[0]["room"] == room.pk
    await owner.say("changes", room=room.pk, since=0)
    assert (await owner.hears("error"))[0]["code"] == "not_found"
    await in_thread(join_topic, world.owner, room)
    assert (await owner.hears("room"))[0]["room"]["id"] == room.pk
    await owner.close()


# Favourites


def names(html: str, heading: str) -> list[str]:
    """The rooms under a heading of the list."""
    group = html[html.index(f"<h2>{heading}</h2>") :].split("</section>")[0]
    return [one.split("</span>")[0] for one in group.split('<span class="room-name">')[1:]]


def test_favourites_stand_first_in_ones_own_order(world: World, room: Room, client: Client) -> None:
    client.force_login(world.owner)
    square = Room.objects.get(kind="square")
    for one in (room, square):
        assert client.post(f"/chat/{one.pk}/favourite/", {"favourite": "on"}).status_code == 302
    assert names(page(client, "/chat/"), "Favourites") == ["Compost", "Square"]
    client.post(f"/chat/{square.pk}/favourite/", {"favourite": "up"})
    client.post(f"/chat/{square.pk}/favourite/", {"favourite": "up"})
    assert names(page(client, "/chat/"), "Favourites") == ["Square", "Compost"]
    moved = client.post(f"/chat/{square.pk}/favourite/", {"favourite": "down"})
    assert moved["Location"] == f"/chat/favourites/#room-{square.pk}"
    assert names(page(client, "/chat/"), "Favourites") == ["Compost", "Square"]
    client.post(f"/chat/{room.pk}/favourite/", {"favourite": "off", "next": "/chat/"})
    assert names(page(client, "/chat/"), "Favourites") == ["Square"]
    client.force_login(world.partner)
    assert "<h2>Favourites</h2>" not in page(client, "/chat/")


@pytest.mark.parametrize("rows", [1, 3])
def test_favourites_are_ordered_in_as_many_queries(
    rows: int, world: World, client: Client, django_assert_num_queries: Any
) -> None:
    for one in list(Room.objects.visible_to(world.owner))[:rows]:
        like(world.owner, one, on=True)
    client.force_login(world.owner)
    client.get("/chat/favourites/")
    with django_assert_num_queries(10):
        client.get("/chat/favourites/")


def test_a_button_leads_nowhere_else(world: World, room: Room, client: Client) -> None:
    client.force_login(world.owner)
    sent = {"favourite": "on", "next": "https://elsewhere.example/"}
    assert client.post(f"/chat/{room.pk}/favourite/", sent)["Location"].startswith("/chat/favourites/")
