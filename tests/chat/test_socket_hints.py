"""The socket's smaller frames: markers, counted rooms, the beat, who is typing."""

import pytest

from accounts.models import User
from chat.models import Room
from tests.chat.test_socket import both, room, write
from tests.conftest import World
from tests.sockets import Browser, in_thread

__all__ = ["room"]
pytestmark = pytest.mark.django_db(transaction=True)


async def test_markers_move_on_all_devices(world: World, room: Room) -> None:
    await in_thread(write, room, world.owner, *"abc")
    phone, laptop = await Browser.open(world.partner), await Browser.open(world.partner)
    await phone.say("read", room=room.pk, number=9, ref="r")
    frames = {frame["type"]: frame for frame in await phone.hears("read", "done")}
    assert frames["done"] == {"type": "done", "ref": "r", "room": room.pk, "number": 3, "version": 3}
    assert await laptop.hear() == {"type": "read", "room": room.pk, "number": 3}
    await laptop.say("unread", room=room.pk, number=1)
    assert await phone.hear() == {"type": "unread", "room": room.pk, "number": 1}


async def test_counted_rooms_tell_their_heads_only(world: World, room: Room) -> None:
    partner = await Browser.open(world.partner, count=[room.pk])
    await partner.hears("welcome")
    await in_thread(write, room, world.owner, "one", "two")
    assert await partner.hear() == {"type": "head", "room": room.pk, "version": 2, "number": 2}


async def test_who_is_mentioned_in_a_counted_room_hears_that_they_are(world: World, room: Room) -> None:
    partner, councillor = [await Browser.open(one, count=[room.pk]) for one in (world.partner, world.councillor)]
    for browser in (partner, councillor):
        await browser.hears("welcome")
    await in_thread(write, room, world.owner, "Well, @Partner Test?", "And so on")
    head = {"type": "head", "room": room.pk, "version": 2, "number": 2}
    assert {frame["type"]: frame for frame in await partner.hears("notice", "head")}["head"] == head | {
        "mentioned": True
    }
    assert await councillor.hear() == head
    await in_thread(write, room, world.owner, "Nobody is meant")
    assert await partner.hear() == {"type": "head", "room": room.pk, "version": 3, "number": 3}


async def test_ping_is_answered_with_all_heads(world: World, room: Room) -> None:
    await in_thread(write, room, world.owner, "one")
    partner = await Browser.open(world.partner, have={room.pk: 1})
    await partner.hears("welcome")
    await partner.say("ping")
    assert await partner.hear() == {"type": "beat", "heads": {str(room.pk): 1}}
    await partner.say("unwatch", rooms=[room.pk])
    await partner.say("ping")
    assert await partner.hear() == {"type": "beat", "heads": {}}


async def test_typing_reaches_the_others_but_not_those_who_save_data(world: World, room: Room) -> None:
    await in_thread(User.objects.filter(pk=world.councillor.pk).update, data_saver=True)
    saver = await Browser.open(world.councillor, have={room.pk: None})
    (welcome,) = await saver.hears("welcome")
    assert welcome["beat"] == 120
    owner, partner = await both(world, room)
    for _ in range(2):
        await owner.say("typing", room=room.pk)
    expected = {"type": "typing", "room": room.pk, "user": {"id": world.owner.pk, "name": "Owner Test"}}
    assert await partner.hear() == expected
    assert await partner.silent()
    assert await owner.silent()
    assert await saver.silent()
