"""Who comes back: pages of what was missed, and live again without a gap."""

import pytest

from chat.broadcasts import topic
from chat.live import fill
from chat.models import Room
from realtime.hub import here
from realtime.kinds import Page
from tests.chat.test_socket import room, write
from tests.conftest import World
from tests.sockets import Browser, in_thread

__all__ = ["room"]
pytestmark = pytest.mark.django_db(transaction=True)


async def test_who_comes_back_gets_what_was_missed_and_goes_on_live(world: World, room: Room) -> None:
    await in_thread(write, room, world.owner, *"abcde")
    partner = await Browser.open(world.partner, have={room.pk: 2})
    welcome, page = await partner.hears("welcome", "changes")
    assert welcome["heads"] == {str(room.pk): 5}
    assert [message["body"] for message in page["messages"]] == ["c", "d", "e"]
    assert (page["since"], page["version"], page["more"]) == (2, 5, False)
    await in_thread(write, room, world.owner, "f")
    assert (await partner.hear())["version"] == 6


async def test_a_page_holds_two_hundred_messages_and_nothing_comes_live_before_the_last(
    world: World, room: Room
) -> None:
    await in_thread(write, room, world.owner, *(f"{n}" for n in range(201)))
    partner = await Browser.open(world.partner, have={room.pk: 0})
    _, page = await partner.hears("welcome", "changes")
    assert (len(page["messages"]), page["version"], page["more"]) == (200, 200, True)
    await in_thread(write, room, world.owner, "meanwhile")
    assert await partner.silent()
    await partner.say("changes", room=room.pk, since=200, ref="p")
    (page,) = await partner.hears("changes")
    assert ([m["number"] for m in page["messages"]], page["version"], page["more"]) == ([201, 202], 202, False)
    assert page["ref"] == "p"
    await in_thread(write, room, world.owner, "live")
    assert (await partner.hear())["version"] == 203


async def test_what_goes_out_while_a_page_is_read_follows_it(world: World, room: Room) -> None:
    await in_thread(write, room, world.owner, *(f"{n}" for n in range(201)))
    partner = await Browser.open(world.partner, have={room.pk: 0})
    await partner.hears("welcome", "changes")
    page = await in_thread(fill, room.pk, 200)
    await in_thread(write, room, world.owner, "meanwhile", "and again")
    assert await partner.silent()
    assert offered(room, page)
    frames = await partner.hears("changes", "change", "change")
    assert [frame["version"] for frame in frames] == [201, 202, 203]


async def test_what_is_only_for_those_looked_at_since_does_not_follow_an_older_page(world: World, room: Room) -> None:
    await in_thread(write, room, world.owner, *(f"{n}" for n in range(201)))
    partner = await Browser.open(world.partner, have={room.pk: 0})
    await partner.hears("welcome", "changes")
    page = await in_thread(fill, room.pk, 200)
    await in_thread(Room.objects.filter(pk=room.pk).update, access=99)
    await in_thread(write, room, world.owner, "among ourselves")
    assert await partner.silent()
    assert not offered(room, page)
    assert await partner.silent()


def offered(room: Room, page: Page) -> bool:
    """Whether the one who watches the room could go live with a page that was read before."""
    watched = here().versioned(topic(room.pk))
    (place,) = watched.places
    return watched.offer(place, page)


async def test_a_page_holds_sixty_four_kilobytes(world: World, room: Room) -> None:
    await in_thread(write, room, world.owner, *(["å" * 8000] * 6))
    partner = await Browser.open(world.partner, have={room.pk: 0})
    _, page = await partner.hears("welcome", "changes")
    assert (len(page["messages"]), page["version"], page["more"]) == (4, 4, True)


@pytest.mark.parametrize("have", [2, 10**6])
async def test_who_is_too_far_behind_or_ahead_begins_anew(world: World, room: Room, have: int) -> None:
    await in_thread(Room.objects.filter(pk=room.pk).update, version=2003, message_count=2003)
    partner = await Browser.open(world.partner, have={room.pk: have})
    await partner.hears("welcome", "reset")
    await partner.say("changes", room=room.pk, since=2003)
    await partner.hears("changes")
    await in_thread(write, room, world.owner, "on we go")
    assert (await partner.hear())["version"] == 2004
