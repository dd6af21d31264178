"""What stands between the processes of a round under faults: it harms what it is told to, and nothing else."""

import asyncio
import json
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager, suppress
from itertools import pairwise
from typing import Any

import httpx
import pytest
from redis.asyncio import Redis
from redis.exceptions import ConnectionError as Away
from websockets.asyncio.client import connect
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosedError

from tests.faults.talk.cuts import Cuts
from tests.faults.talk.resp import Resp
from tests.live import free_port
from tests.servers import redis_at

MANY = 1000
LAST = b"the end"


@pytest.mark.parametrize("protocol", [2, 3])
async def test_whatever_is_no_push_passes_unchanged(redis_url: str, protocol: int) -> None:
    async with Resp(redis_url, 1).running() as url, Redis.from_url(url, protocol=protocol) as client:
        large = bytes(range(256)) * 1000
        await client.set("proxy:large", large)
        await client.hset("proxy:map", mapping={"message": "one", "empty": ""})
        assert await client.get("proxy:large") == large
        assert await client.hgetall("proxy:map") == {b"message": b"one", b"empty": b""}
        assert await client.mget("proxy:nothing", "proxy:large") == [None, large]
        await client.delete("proxy:large", "proxy:map")


@pytest.mark.parametrize("protocol", [2, 3])
async def test_a_tenth_of_the_pushes_is_lost_or_doubled_or_overtaken(redis_url: str, protocol: int) -> None:
    proxy = Resp(redis_url, 7)
    heard = await told_through(proxy, redis_url, protocol)
    sent = [str(number).encode() for number in range(MANY)]
    assert MANY / 20 < proxy.dropped + proxy.doubled + proxy.reordered + proxy.fates["late"] < MANY / 5
    assert min(proxy.dropped, proxy.doubled, proxy.reordered) > 0
    assert len(set(sent) - set(heard)) == proxy.dropped
    assert len(heard) == MANY - proxy.dropped + proxy.doubled
    assert sum(later == earlier for earlier, later in pairwise(heard)) == proxy.doubled
    assert sum(int(later) < int(earlier) for earlier, later in pairwise(heard)) == proxy.reordered


async def test_nothing_is_lost_while_it_is_switched_off(redis_url: str) -> None:
    proxy = Resp(redis_url, 7)
    proxy.lossy = False
    assert await told_through(proxy, redis_url, 3) == [str(number).encode() for number in range(MANY)]
    assert proxy.fates.keys() == {"passed"}


def test_channels_that_are_often_lost_lose_half_of_what_they_carry() -> None:
    proxy = Resp("redis://127.0.0.1", 1, often_lost=("user:",))
    fates = [proxy.fate(b"user:7") for _ in range(MANY)]
    assert MANY * 2 / 5 < fates.count("dropped") < MANY * 3 / 5


def test_the_same_seed_gives_the_same_fates() -> None:
    one, same, other = (Resp("redis://127.0.0.1", seed) for seed in (1, 1, 2))
    fates, again, otherwise = ([proxy.fate(b"a") for _ in range(MANY)] for proxy in (one, same, other))
    assert fates == again != otherwise


async def test_it_outlives_redis() -> None:
    port = free_port()
    async with Resp(f"redis://127.0.0.1:{port}/0", 1).running() as url, Redis.from_url(url) as client:
        with redis_at(port):
            assert await client.ping()
        with pytest.raises(Away):
            await client.ping()
        with redis_at(port):
            assert await client.ping()


async def test_a_stored_post_is_cut_off_before_its_answer() -> None:
    server = Room()
    async with server.running() as upstream, running(upstream) as (cuts, port), socket_at(port) as one:
        assert await said(one, "post", "before") == "ack"
        cut = asyncio.create_task(cuts.cut_after_next_post())
        await asyncio.sleep(0)
        assert await said(one, "ping", "no post") == "beat"
        assert await said(one, "post", "refused") == "error"
        with pytest.raises(ConnectionClosedError):
            await said(one, "post", "x" * 70_000)
        await cut
        async with socket_at(port) as other:
            assert await said(other, "post", "after") == "ack"
    assert server.stored == ["before", "x" * 70_000, "after"]
    assert cuts.done == 1


async def test_over_http_a_stored_post_is_cut_off_too() -> None:
    server = Room()
    async with server.over_http() as upstream, running(upstream) as (cuts, port), client_of(port) as client:
        assert (await posted(client, "before")).status_code == 201
        cut = asyncio.create_task(cuts.cut_after_next_post())
        await asyncio.sleep(0)
        assert (await client.put("/chat/api/rooms/1/read/", json={"body": "no post"})).status_code == 201
        assert (await posted(client, "refused")).status_code == 429
        with pytest.raises(httpx.TransportError):
            await posted(client, "lost")
        await cut
        assert (await posted(client, "after")).status_code == 201
    assert server.stored == ["before", "no post", "lost", "after"]


async def told_through(proxy: Resp, redis_url: str, protocol: int) -> list[bytes]:
    """What a listener behind the proxy hears of many messages on one channel."""
    channel = f"proxy:{protocol}"
    heard = []
    async with proxy.running() as url, listening(url, protocol, channel) as pushes, told(redis_url) as teller:
        for number in range(MANY):
            await teller.publish(channel, number)
        proxy.lossy = False
        await teller.publish(channel, LAST)
        while (push := await asyncio.wait_for(anext(pushes), 10)) != LAST:
            heard.append(push)
        with suppress(TimeoutError):  # what was held when the end overtook it
            heard.append(await asyncio.wait_for(anext(pushes), 0.3))
    return heard


@asynccontextmanager
async def listening(url: str, protocol: int, *channels: str) -> AsyncIterator[AsyncIterator[bytes]]:
    """What comes on these channels, once they are subscribed to."""
    async with Redis.from_url(url, protocol=protocol) as client, client.pubsub() as pubsub:
        await pubsub.subscribe(*channels)
        everything = pubsub.listen()
        for _ in channels:
            await anext(everything)
        async with aclosing(contents(everything)) as found:
            yield found


async def contents(messages: Any) -> AsyncGenerator[bytes, None]:
    """What they carry."""
    async for message in messages:
        yield message["data"]


@asynccontextmanager
async def told(url: str) -> AsyncIterator[Redis]:
    """Redis itself."""
    async with Redis.from_url(url) as client:
        yield client


@asynccontextmanager
async def running(upstream: int) -> AsyncIterator[tuple[Cuts, int]]:
    """The proxy before a server, and its port."""
    cuts = Cuts(upstream)
    async with cuts.running() as port:
        yield cuts, port


class Room:
    """A server that stores and says so, in the words of docs/chat-protocol.md."""

    def __init__(self) -> None:
        self.stored: list[str] = []

    def take(self, body: str) -> bool:
        """Store it, but for what is refused."""
        if body != "refused":
            self.stored.append(body)
        return body != "refused"

    @asynccontextmanager
    async def running(self) -> AsyncIterator[int]:
        """Over the socket."""
        async with serve(self.socket, "127.0.0.1", 0, compression=None) as server:
            yield server.sockets[0].getsockname()[1]

    async def socket(self, socket: ServerConnection) -> None:
        """One of them."""
        with suppress(ConnectionClosedError):
            async for text in socket:
                frame = json.loads(text)
                kind = "beat" if frame["type"] == "ping" else "ack" if self.take(frame["body"]) else "error"
                await socket.send(json.dumps({"type": kind, "client_id": frame["client_id"]}))

    @asynccontextmanager
    async def over_http(self) -> AsyncIterator[int]:
        """Over kept connections."""
        async with await asyncio.start_server(self.requests, "127.0.0.1", 0) as server:
            yield server.sockets[0].getsockname()[1]

    async def requests(self, reader: StreamReader, writer: StreamWriter) -> None:
        """One of them."""
        with suppress(EOFError, OSError):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                size = int(head.lower().split(b"content-length: ")[1].split()[0])
                taken = self.take(json.loads(await reader.readexactly(size))["body"])
                writer.write(b"HTTP/1.1 %d .\r\nContent-Length: 0\r\n\r\n" % (201 if taken else 429))
        writer.close()


def socket_at(port: int) -> connect:
    """A browser's."""
    return connect(f"ws://127.0.0.1:{port}")


def client_of(port: int) -> httpx.AsyncClient:
    """A program that posts."""
    return httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}")


async def posted(client: httpx.AsyncClient, body: str) -> httpx.Response:
    """The answer to a post."""
    return await client.post("/chat/api/rooms/1/messages/", json={"body": body})


async def said(socket: Any, kind: str, body: str) -> str:
    """The type of the frame that comes in answer."""
    await socket.send(json.dumps({"type": kind, "client_id": f"of {body}", "body": body}))
    return str(json.loads(await socket.recv())["type"])
