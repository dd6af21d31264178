"""The list of rooms as every browser gets it, scripts or none."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from chat.models import Room
from tests.chat.reading import page, say
from tests.conftest import World

Count = Callable[[int], Any]
LIST_QUERIES = 11


@pytest.fixture
def room(world: World) -> Room:
    """The room of Karlskrona–Saldanha Bay."""
    return Room.objects.get(partnership=world.partnership)


@pytest.mark.parametrize(
    ("name", "rooms"),
    [
        ("owner", ["Square", "Announcements", "Karlskrona–Saldanha Bay", "Project group"]),
        ("councillor", ["Square", "Announcements", "Karlskrona–Saldanha Bay", "Steering group"]),
        ("outsider", ["Square", "Announcements", "Älvsbyn–Rombo"]),
        ("guest", ["Project group"]),
        ("stranger", []),
    ],
)
def test_everybody_sees_their_own_rooms(name: str, rooms: list[str], world: World, client: Client) -> None:
    client.force_login(getattr(world, name))
    assert re.findall(r'class="room-name">([^<]+)<', page(client, "/chat/").split("<template")[0]) == rooms


def test_who_has_no_room_reads_how_rooms_come(stranger: User, client: Client) -> None:
    client.force_login(stranger)
    html = page(client, "/chat/")
    assert "No rooms yet" in html
    assert "Rooms open by themselves" in html


def test_a_guest_is_told_whose_group_it_is(guest: User, client: Client) -> None:
    client.force_login(guest)
    assert "<small>Karlskrona–Saldanha Bay</small>" in page(client, "/chat/")


def test_the_list_tells_what_is_new(world: World, room: Room, client: Client) -> None:
    say(room, world.partner, "First", "The **second**\nline")
    client.force_login(world.owner)
    html = page(client, "/chat/")
    assert 'data-count="2" data-read="0"' in html
    assert "Partner: The second line" in html


def test_the_list_is_filtered_without_a_script(owner: User, client: Client) -> None:
    client.force_login(owner)
    assert "Square" not in page(client, "/chat/?q=karlskrona").split("<template")[0]
    assert "No room has these words in its name." in page(client, "/chat/?q=zebra")


def test_all_is_marked_read_at_once(world: World, room: Room, client: Client) -> None:
    say(room, world.partner, "One", "Two")
    client.force_login(world.owner)
    client.post("/chat/read/")
    assert Room.objects.visible_to(world.owner).total_unread(world.owner) == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_the_same_queries_whatever_its_length(
    rows: int, world: World, room: Room, client: Client, django_assert_num_queries: Count
) -> None:
    for number in range(rows):
        Room.objects.create(kind=Room.Kind.TOPIC, network=world.network, title=f"Topic {number}")
    say(room, world.partner, *(str(number) for number in range(rows)))
    client.force_login(world.owner)
    with django_assert_num_queries(LIST_QUERIES):
        client.get("/chat/")


def test_a_room_is_marked_read_from_the_list_without_a_script(world: World, room: Room, client: Client) -> None:
    say(room, world.partner, "One", "Two")
    client.force_login(world.owner)
    assert f"Mark {room.name} as read" in page(client, "/chat/")
    sent = client.post(f"{room.get_absolute_url()}read/", {"number": "2", "back": "list"})
    assert sent.headers["Location"] == "/chat/"
    assert f"Mark {room.name} as read" not in page(client, "/chat/")
