"""In a room's details one chooses how to be told of it, and mutes it for a while; the list of rooms shows that."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from chat.models import Room
from notifications.kinds import When
from notifications.models import Choice
from tests.chat.reading import page
from tests.conftest import World

MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MUTED = '<span class="hide">muted</span>'


@pytest.fixture(autouse=True)
def morning() -> object:
    """A time that stands."""
    with time_machine.travel(MORNING, tick=False) as clock:
        yield clock


@pytest.fixture
def room(world: World) -> Room:
    """The room of Karlskrona–Saldanha Bay."""
    return Room.objects.get(partnership=world.partnership)


@pytest.fixture
def client(world: World, client: Client) -> Client:
    """The owner's browser."""
    client.force_login(world.owner)
    return client


def chosen(room: Room) -> list[tuple[str, str, datetime | None]]:
    """What is chosen for the room."""
    return list(Choice.objects.filter(place=f"room:{room.pk}").values_list("kind", "when", "until"))


def test_a_room_is_told_of_as_one_chooses_and_as_everywhere_again(room: Room, client: Client) -> None:
    address = f"/chat/{room.pk}/telling/"
    for _twice in range(2):
        answer = client.post(address, {"when": "digest"})
        assert (answer.status_code, answer["Location"]) == (302, f"/chat/{room.pk}/#telling")
    assert chosen(room) == [("", When.DIGEST, None)]
    assert 'value="digest" aria-pressed="true"' in page(client, f"/chat/{room.pk}/")
    client.post(address, {"when": ""})
    assert chosen(room) == []


@pytest.mark.parametrize(("span", "length"), [("hour", timedelta(hours=1)), ("week", timedelta(weeks=1))])
def test_a_room_is_muted_for_a_while_and_says_so(room: Room, client: Client, span: str, length: timedelta) -> None:
    client.post(f"/chat/{room.pk}/telling/", {"mute": span})
    assert chosen(room) == [("", When.OFF, MORNING + length)]
    html = page(client, f"/chat/{room.pk}/")
    assert "Muted until" in html
    assert html.count(MUTED) == 1
    assert MUTED in page(client, "/chat/")
    client.post(f"/chat/{room.pk}/telling/", {"mute": "end"})
    assert chosen(room) == []


def test_a_mute_that_is_over_is_not_shown(room: Room, client: Client, morning: time_machine.Traveller) -> None:
    client.post(f"/chat/{room.pk}/telling/", {"when": "digest"})
    client.post(f"/chat/{room.pk}/telling/", {"mute": "hour"})
    morning.shift(timedelta(hours=2))
    html = page(client, f"/chat/{room.pk}/")
    assert MUTED not in html
    assert 'value="digest" aria-pressed="true"' in html


def test_another_persons_mute_is_not_ones_own(world: World, room: Room, client: Client) -> None:
    Choice.objects.create(person=world.partner, place=f"room:{room.pk}", when=When.OFF)
    assert MUTED not in page(client, "/chat/")


def test_nonsense_changes_nothing(room: Room, client: Client) -> None:
    for wrong in ({"when": "never"}, {"mute": "year"}, {}):
        assert client.post(f"/chat/{room.pk}/telling/", wrong).status_code == 302
    assert chosen(room) == []


def test_an_outsider_finds_no_room_to_choose_for(world: World, room: Room, client: Client) -> None:
    client.force_login(world.outsider)
    assert client.post(f"/chat/{room.pk}/telling/", {"mute": "hour"}).status_code == 404
    assert chosen(room) == []
