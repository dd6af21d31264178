"""Before a server: on demand, the next post that is stored loses its answer, and its client the connection.

Posts are told by their content, over the socket and over HTTP, so the client cannot know that it was stored, and must
ask again. A post that was refused stored nothing: its answer is handed on, and the next one is waited for.
"""

import asyncio
import json
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from itertools import cycle
from operator import xor
from typing import Any, Self

from tests.faults.talk.proxy import CHUNK, Connection, End, Proxy, pump

HEAD_ENDS = b"\r\n\r\n"
TEXT = 1
"""The opcode of a text frame."""
MASKED = 0x80


class Cuts(Proxy):
    """``done`` counts the cuts."""

    def __init__(self, upstream_port: int) -> None:
        super().__init__(partial(asyncio.open_connection, "127.0.0.1", upstream_port))
        self.asked: asyncio.Future[None] | None = None
        self.done = 0

    @asynccontextmanager
    async def running(self) -> AsyncIterator[int]:
        """Yields the port that clients are to use."""
        async with self.listening():
            yield self.port

    async def cut_after_next_post(self) -> None:
        """Cut the connection of the first post from now on that was stored; returns when that was done."""
        self.asked = asyncio.get_running_loop().create_future()
        try:
            await self.asked
        finally:
            self.asked = None

    @property
    def wanted(self) -> bool:
        """Whether a cut is to come."""
        return self.asked is not None and not self.asked.done()

    def was_cut(self) -> None:
        """That was it."""
        self.done += 1
        if self.asked:
            self.asked.set_result(None)

    def made(self, client: End, server: End) -> Connection:
        """A connection that knows posts and their answers."""
        return Line(self, client, server)


class Line(Connection):
    """One connection of a client: a socket, or requests one after another."""

    def __init__(self, cuts: Cuts, client: End, server: End) -> None:
        super().__init__(client, server)
        self.cuts = cuts
        self.begun = asyncio.Event()
        self.is_socket = False
        self.posted = False
        """Whether what the client asked last is a post, and its answer wanted."""
        self.client_ids: set[str] = set()
        """Of what went to the server over the socket since a cut was asked for."""

    async def up(self) -> None:
        """The first request says which it is."""
        await self.request()
        self.begun.set()
        while True:
            await (self.said() if self.is_socket else self.request())

    async def down(self) -> None:
        """Answers, or frames after the one answer that begins a socket."""
        await self.begun.wait()
        if not self.is_socket:
            await self.answers()
            return
        head = await self.from_server.readuntil(HEAD_ENDS)
        await send(self.to_client, head)
        if status(head) != b"101":
            await pump(self.from_server, self.to_client)
        while await self.heard():
            pass

    async def request(self) -> None:
        """One request on its way up."""
        head = await self.from_client.readuntil(HEAD_ENDS)
        (verb, path, _), headers = parsed(head)
        body = await self.from_client.readexactly(int(headers.get("content-length", "0")))
        self.is_socket = headers.get("upgrade", "").lower() == "websocket"
        self.posted = self.cuts.wanted and verb == "POST" and path.endswith("/messages/")
        await send(self.to_server, head + body)

    async def answers(self) -> None:
        """On their way down, until one is cut off."""
        while chunk := await self.from_server.read(CHUNK):
            if self.posted and self.cuts.wanted and status(chunk) in {b"200", b"201"}:
                self.end()
                return
            self.posted = False
            await send(self.to_client, chunk)

    async def said(self) -> None:
        """One frame on its way up."""
        frame = await Frame.read(self.from_client)
        if self.cuts.wanted and (told := frame.told()).get("type") == "post":
            self.client_ids.add(str(told.get("client_id")))
        await send(self.to_server, frame.raw)

    async def heard(self) -> bool:
        """One frame on its way down. False where it is cut off."""
        frame = await Frame.read(self.from_server)
        if self.cuts.wanted and self.client_ids:
            told = frame.told()
            if told.get("type") == "ack" and told.get("client_id") in self.client_ids:
                self.end()
                return False
        await send(self.to_client, frame.raw)
        return True

    def end(self) -> None:
        """Instead of the answer."""
        self.cut()
        self.cuts.was_cut()


@dataclass(frozen=True)
class Frame:
    """One frame of RFC 6455, as it came and as it reads."""

    raw: bytes
    opcode: int
    content: bytes

    @classmethod
    async def read(cls, reader: StreamReader) -> Self:
        """The next one."""
        head = await reader.readexactly(2)
        size, extended = head[1] & 0x7F, b""
        if size > 125:
            extended = await reader.readexactly(2 if size == 126 else 8)
            size = int.from_bytes(extended, "big")
        mask = await reader.readexactly(4) if head[1] & MASKED else b""
        content = await reader.readexactly(size)
        raw = head + extended + mask + content
        return cls(raw, head[0] & 0x0F, bytes(map(xor, content, cycle(mask))) if mask else content)

    def told(self) -> dict[str, Any]:
        """What a text frame says; nothing where it is no object of JSON in one piece."""
        with suppress(ValueError):
            if self.opcode == TEXT and isinstance(told := json.loads(self.content), dict):
                return told
        return {}


def status(answer: bytes) -> bytes:
    """The code in the first line of an answer."""
    return b"".join(answer.split(maxsplit=2)[1:2])


def parsed(head: bytes) -> tuple[list[str], dict[str, str]]:
    """The words of the first line of a request, and its headers."""
    first, *lines = head.decode("latin-1").strip().split("\r\n")
    pairs = (line.split(":", 1) for line in lines)
    return first.split(), {name.strip().lower(): value.strip() for name, value in pairs}


async def send(to: StreamWriter, data: bytes) -> None:
    """Hand it on."""
    to.write(data)
    await to.drain()
