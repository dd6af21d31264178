"""Who was active today: a day and no hour, not where many are, not for who saves data, not of who does not want it."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from chat.models import Presence, Room
from chat.presence import MOST_PEOPLE, here_today, show_presence
from tests.chat.reading import page
from tests.conftest import World
from tests.sockets import Browser, in_thread

MORNING = datetime(2026, 11, 23, 8, tzinfo=UTC)


@pytest.fixture
def room(world: World) -> Room:
    """The room of Karlskrona–Saldanha Bay."""
    return Room.objects.get(partnership=world.partnership)


def test_who_opened_a_room_today_is_active_until_the_day_ends(world: World) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        assert here_today(world.partner, []) == set()
        both = [world.partner.pk, world.owner.pk]
        assert here_today(world.owner, both) == {world.partner.pk}
        clock.shift(timedelta(hours=12))
        assert here_today(world.owner, both) == {world.partner.pk}
        clock.shift(timedelta(hours=12))
        assert here_today(world.owner, both) == set()


def test_a_day_costs_one_write(world: World, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(2):
        here_today(world.owner, [world.partner.pk])
    with django_assert_num_queries(1):
        here_today(world.owner, [world.partner.pk])


def test_nobody_is_active_in_a_large_room_or_for_who_saves_data(world: World) -> None:
    here_today(world.partner, [])
    assert here_today(world.owner, [world.partner.pk, *range(10**6, 10**6 + MOST_PEOPLE)]) == set()
    world.owner.data_saver = True
    assert here_today(world.owner, [world.partner.pk]) == set()


def test_who_does_not_want_to_be_seen_leaves_no_day(world: World) -> None:
    here_today(world.partner, [])
    show_presence(world.partner, on=False)
    here_today(world.partner, [])
    assert Presence.objects.get(user=world.partner).day is None
    assert here_today(world.owner, [world.partner.pk]) == set()
    show_presence(world.partner, on=True)
    here_today(world.partner, [])
    assert here_today(world.owner, [world.partner.pk]) == {world.partner.pk}


def test_it_stands_beside_the_room_and_is_switched_off_on_me(world: World, room: Room, client: Client) -> None:
    client.force_login(world.partner)
    page(client, room.get_absolute_url())
    client.force_login(world.owner)
    assert page(client, room.get_absolute_url()).count("active today") == 1
    client.force_login(world.partner)
    assert "Do not show it" in page(client, reverse("accounts:me"))
    assert client.post("/chat/presence/", {"show": "off"}).headers["Location"] == f"{reverse('accounts:me')}#presence"
    assert "Show it" in page(client, reverse("accounts:me"))
    client.force_login(world.owner)
    assert "active today" not in page(client, room.get_absolute_url())


@pytest.mark.parametrize("name", ["outsider", "guest", "stranger"])
def test_outsiders_see_nobody(name: str, world: World, room: Room, client: Client) -> None:
    here_today(world.partner, [])
    client.force_login(getattr(world, name))
    assert client.get(room.get_absolute_url()).status_code == 404


@pytest.mark.django_db(transaction=True)
async def test_who_does_not_want_to_be_seen_types_unseen(world: World) -> None:
    room = await in_thread(Room.objects.get, partnership=world.partnership)
    await in_thread(show_presence, world.partner, on=False)
    owner, partner, councillor = [
        await Browser.open(one, have={room.pk: None}) for one in (world.owner, world.partner, world.councillor)
    ]
    for browser in (owner, partner, councillor):
        await browser.hears("welcome")
    await partner.say("typing", room=room.pk)
    assert await partner.silent()
    assert await owner.silent()
    await councillor.say("typing", room=room.pk)
    assert (await owner.hear())["user"]["name"] == "Councillor Test"
