"""An administrator sees a partnership's rooms only by a visit: for a reason, for a time, told to everybody there."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from chat.actions import Post, Refused, open_conversation, post_message
from chat.actions.visiting import end_late, enter
from chat.models import Deed, Message, Room, Visit
from notifications.models import Notification
from tests.chat.reading import page, say
from tests.conftest import World
from tests.sockets import Browser, in_thread

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
WHY = "A member asked us to look at a message."


@pytest.fixture
def room(world: World) -> Room:
    """The room of the steering group, where the councillor has said something."""
    room = Room.objects.get(body=world.steering)
    say(room, world.councillor, "Among ourselves")
    return room


def take(client: Client, room: Room, sent: dict[str, object] | None = None) -> int:
    asked = {"room": room.pk, "span": "day", "reason": WHY} | (sent or {})
    return client.post("/chat/visits/", asked).status_code


def test_access_is_told_to_the_room_recorded_and_ends_by_itself(world: World, room: Room, client: Client) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        client.force_login(world.administrator)
        address = room.get_absolute_url()
        assert client.get(address).status_code == 404
        before = Room.objects.get(pk=room.pk).access
        assert take(client, room) == 302
        assert "Among ourselves" in page(client, address)
        assert "You read here as an administrator" in page(client, address)
        assert Room.objects.get(pk=room.pk).access == before + 1
        notice = Message.objects.get(room=room, number=2)
        assert notice.author == world.administrator
        assert WHY in notice.body
        assert "Tuesday 24 November 2026 13:00" in notice.body
        assert list(Deed.objects.values_list("verb", "reason")) == [("entered", WHY)]
        clock.shift(timedelta(days=1))
        assert client.get(address).status_code == 404
        assert end_late(datetime.now(UTC)) == 1
        assert end_late(datetime.now(UTC)) == 0
        assert [deed.verb for deed in Deed.objects.all()] == ["went", "entered"]
        assert Room.objects.get(pk=room.pk).access == before + 2


def test_a_visitor_reads_and_does_nothing_else(world: World, room: Room, client: Client) -> None:
    enter(world.administrator, room, "hour", WHY)
    client.force_login(world.administrator)
    sent = {"client_id": str(uuid4()), "body": "Hello"}
    assert client.post(room.get_absolute_url(), sent).status_code in {403, 404}
    assert isinstance(post_message(Post(room.pk, world.administrator.pk, uuid4(), "Hello")), Refused)
    assert client.get(f"{room.get_absolute_url()}moderation/").status_code == 404
    assert "Open now" in page(client, "/chat/visits/")


def test_it_is_given_back_before_its_time(world: World, room: Room, client: Client) -> None:
    visit = enter(world.administrator, room, "week", WHY)
    assert enter(world.administrator, room, "week", WHY) == visit
    client.force_login(world.administrator)
    assert client.post("/chat/visits/", {"end": visit.pk}).status_code == 302
    assert client.get(room.get_absolute_url()).status_code == 404
    assert client.post("/chat/visits/", {"end": visit.pk}).status_code == 404
    assert Deed.objects.count() == 2


def test_coordinators_are_told_once(world: World) -> None:
    room = Room.objects.get(partnership=world.partnership)
    enter(world.administrator, room, "hour", WHY)
    told = Notification.objects.filter(kind="moderation").values_list("person", flat=True)
    assert sorted(told) == sorted([world.owner.pk, world.officer.pk])


@pytest.mark.parametrize("sent", [{"reason": ""}, {"reason": "short"}, {"span": "year"}, {"span": ""}, {"room": 0}])
def test_without_a_reason_or_for_too_long_nothing_opens(
    sent: dict[str, object], world: World, room: Room, client: Client
) -> None:
    client.force_login(world.administrator)
    assert take(client, room, sent) == 400
    assert not Visit.objects.exists()


@pytest.mark.parametrize("name", ["owner", "partner", "outsider", "guest", "officer"])
def test_nobody_but_administrators_visits(name: str, world: World, room: Room, client: Client) -> None:
    client.force_login(getattr(world, name))
    assert take(client, room) == 404
    with pytest.raises(PermissionError):
        enter(getattr(world, name), room, "day", WHY)


def test_private_conversations_cannot_be_opened(world: World, client: Client) -> None:
    room = open_conversation(world.owner, [world.partner])
    client.force_login(world.administrator)
    assert take(client, room) == 400
    with pytest.raises(PermissionError):
        enter(world.administrator, room, "day", WHY)


@pytest.mark.django_db(transaction=True)
async def test_an_open_socket_loses_the_room_when_the_time_is_over(world: World) -> None:
    room = await in_thread(Room.objects.get, body=world.steering)
    browser = await Browser.open(world.administrator, have={room.pk: 0})
    assert (await browser.hears("welcome"))[0]["denied"] == [room.pk]
    await in_thread(enter, world.administrator, room, "hour", WHY)
    opened = (await browser.hears("room"))[0]["room"]
    assert (opened["id"], opened["can_post"]) == (room.pk, False)
    await browser.say("watch", have={room.pk: None})
    await browser.hears("welcome")
    await in_thread(say, room, world.councillor, "Still here?")
    assert (await browser.hears("change"))[0]["message"]["body"] == "Still here?"
    await in_thread(end_late, datetime.now(UTC) + timedelta(hours=2))
    assert (await browser.hears("gone"))[0]["room"] == room.pk
    await in_thread(say, room, world.councillor, "Good.")
    assert await browser.silent()
    await browser.close()
