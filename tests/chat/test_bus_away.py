"""Redis goes and comes: the database tells what the bus cannot, soon, and everybody compares when it is back."""

import asyncio
from collections.abc import Callable
from functools import partial
from uuid import uuid4

import pytest
from pytest_django.fixtures import Settings

from chat.actions import Post, post_message
from chat.models import Message, Room
from realtime import bus, hub
from realtime.bus import MOST_WAITING, RedisBus
from realtime.items import Item
from tests.chat.test_socket import room
from tests.conftest import World
from tests.faults.talk.proxy import CHUNK, Connection, End, Open, Proxy
from tests.live import free_port
from tests.servers import redis_at
from tests.sockets import Browser, in_thread

__all__ = ["room"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def port(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> int:
    """Where Redis will be; the regular comparison is so far off that no test lives to see it."""
    port = free_port()
    settings.REDIS_URL = f"redis://127.0.0.1:{port}/0"
    monkeypatch.setattr(hub, "COMPARE", 3600)
    return port


def stored_elsewhere(room: Room, world: World) -> int:
    """Another process stores a message, and nobody hears of it here."""
    room.refresh_from_db()
    room.version, room.message_count = room.version + 1, room.message_count + 1
    Message.objects.create(
        room=room, number=room.message_count, version=room.version, author=world.owner, client_id=uuid4(), body="Far",
        posted_at=room.created_at,
    )  # fmt: skip
    room.save()
    return room.version


async def test_while_it_is_away_what_others_stored_is_found_long_before_the_regular_look(
    world: World, room: Room, port: int
) -> None:
    partner = await Browser.open(world.partner, have={room.pk: None})
    await partner.hears("welcome")
    version = await in_thread(stored_elsewhere, room, world)
    (page,) = await partner.hears("changes")
    assert page["version"] == version


async def test_its_going_is_a_reason_to_look_and_its_return_gives_every_socket_all_heads(
    world: World, room: Room, port: int
) -> None:
    owner, partner = [await Browser.open(one, have={room.pk: None}) for one in (world.owner, world.partner)]
    for browser in (owner, partner):
        await browser.hears("welcome")
    with redis_at(port):
        await until(lambda: not hub.here().bus.away.is_set())
        version = await in_thread(stored_elsewhere, room, world)
        assert await partner.silent()
    for browser in (owner, partner):
        assert [page["version"] for page in await browser.hears("changes")] == [version]
    with redis_at(port):
        for browser in (owner, partner):
            assert [beat["heads"] for beat in await browser.hears("beat")] == [{str(room.pk): version}]


async def test_while_it_is_away_a_process_delivers_to_its_own_sockets(world: World, room: Room, port: int) -> None:
    partner = await Browser.open(world.partner, have={room.pk: None})
    await partner.hears("welcome")
    await in_thread(post_message, Post(room.pk, world.owner.pk, uuid4(), "Here"))
    assert [frame["message"]["body"] for frame in await partner.hears("change")] == ["Here"]


async def test_what_was_published_while_it_was_away_is_told_on_its_return(port: int) -> None:
    heard: list[Item] = []
    one, other = (RedisBus(f"redis://127.0.0.1:{port}/0", heard.append, lambda: None) for _ in range(2))
    other.subscribe("room:1")
    one.publish(Item("room:1", "kept", 1))
    with redis_at(port):
        other.start()
        await until(lambda: not other.away.is_set())
        one.start()
        await until(lambda: bool(heard))
        for task in (*one.tasks, *other.tasks):
            task.cancel()
        await asyncio.gather(*one.tasks, *other.tasks, return_exceptions=True)
    assert heard == [Item("room:1", "kept", 1)]


async def test_a_redis_that_falls_silent_is_away_too(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bus, "QUIET", 0.3)
    proxy = Silent(partial(asyncio.open_connection, "127.0.0.1", port))
    with redis_at(port):
        async with proxy.listening():
            one = RedisBus(f"redis://127.0.0.1:{proxy.port}/0", lambda item: None, lambda: None)
            one.start()
            await until(lambda: not one.away.is_set())
            proxy.speaks.clear()
            await until(one.away.is_set)
            proxy.speaks.set()
            await until(lambda: not one.away.is_set())
            for task in one.tasks:
                task.cancel()
            await asyncio.gather(*one.tasks, return_exceptions=True)


async def test_what_waits_for_its_return_is_bounded_and_hints_do_not_wait(port: int) -> None:
    one = RedisBus(f"redis://127.0.0.1:{port}/0", lambda item: None, lambda: None)
    for version in range(MOST_WAITING + 1):
        one.publish(Item("room:1", "", version))
    one.publish(Item("room:1", "", by=7))
    assert (len(one.outgoing), one.outgoing[0].version, one.outgoing[-1].version) == (MOST_WAITING, 1, MOST_WAITING)


class Silent(Proxy):
    """While it does not speak it takes everything, hangs up on nobody, and hands nothing back."""

    def __init__(self, upstream: Open) -> None:
        super().__init__(upstream)
        self.speaks = asyncio.Event()
        self.speaks.set()

    def made(self, client: End, server: End) -> Connection:
        """A connection that may be silent."""
        return Mouth(self.speaks, client, server)


class Mouth(Connection):
    """One of them."""

    def __init__(self, speaks: asyncio.Event, client: End, server: End) -> None:
        super().__init__(client, server)
        self.speaks = speaks

    async def down(self) -> None:
        """As it comes, or later."""
        while chunk := await self.from_server.read(CHUNK):
            await self.speaks.wait()
            self.to_client.write(chunk)


async def until(holds: Callable[[], bool]) -> None:
    """Return when it does."""
    for _ in range(600):
        if holds():
            return
        await asyncio.sleep(0.05)
    raise TimeoutError
