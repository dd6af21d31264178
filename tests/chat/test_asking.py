"""Asking: the nearest room, the field that begins with the question, and nothing sent by an address."""

import pytest
from django.test import Client

from chat.asking import LONGEST, room_to_ask
from chat.models import Message, Room
from partnerships.models import Function
from partnerships.permissions import Reach
from tests.conftest import World


def nearest(world: World, asker: str, asked: str = "") -> object:
    """The place of the room in which one person asks another."""
    person = getattr(world, asker)
    room = room_to_ask(person, Reach.of(person), getattr(world, asked) if asked else None)
    return room and room.place


def test_people_meet_in_the_smallest_room_that_both_have(world: World) -> None:
    assert nearest(world, "partner", "owner") == world.project
    assert nearest(world, "councillor", "owner") == world.partnership
    assert nearest(world, "outsider", "owner") == world.network
    assert nearest(world, "guest", "owner") == world.project
    assert nearest(world, "outsider", "guest") is None
    assert nearest(world, "stranger", "owner") is None


def test_a_question_to_everybody_goes_to_the_widest_room(world: World) -> None:
    assert nearest(world, "partner") == world.network
    assert nearest(world, "guest") == world.project


def test_who_only_reads_in_a_room_asks_in_none(world: World) -> None:
    world.seat(world.stranger, Function.OBSERVER, world.icld, network=world.network)
    assert nearest(world, "stranger", "owner") is None


@pytest.mark.parametrize(("asker", "status"), [("guest", 404), ("stranger", 404), ("outsider", 302)])
def test_whoever_does_not_exist_for_one_is_not_asked(world: World, client: Client, asker: str, status: int) -> None:
    client.force_login(getattr(world, asker))
    assert client.get("/chat/ask/", {"person": world.councillor.pk}).status_code == status


def test_where_no_room_is_shared_words_say_so(world: World, client: Client) -> None:
    client.force_login(world.administrator)
    html = client.get("/chat/ask/", {"person": world.guest.pk}).content.decode()
    assert "There is no room in which you write and Guest Test reads." in html


def test_what_an_address_brings_stands_in_the_field_as_plain_text_and_is_not_sent(world: World, client: Client) -> None:
    client.force_login(world.owner)
    room = Room.objects.get(partnership=world.partnership).get_absolute_url()
    html = client.get(room, {"draft": "</textarea><b>Hej</b>"}).content.decode()
    assert "\n&lt;/textarea&gt;&lt;b&gt;Hej&lt;/b&gt;</textarea>" in html
    assert not Message.objects.exists()
    for odd in ("\0", "a" * 9000):
        body = client.get(room, {"draft": odd}).context["form"].initial["body"]
        assert len(body) <= LONGEST
        assert "\0" not in body


def test_a_room_that_one_only_reads_takes_no_words_from_an_address(world: World, client: Client) -> None:
    client.force_login(world.owner)
    room = Room.objects.get(network=world.network, kind=Room.Kind.ANNOUNCEMENTS)
    assert "<textarea" not in client.get(room.get_absolute_url(), {"draft": "Hello"}).content.decode()
