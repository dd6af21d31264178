"""Many sockets in one light process: raw frames, counted by a few bytes and never parsed as JSON, so that the client is
not what is measured. Every message says in its body when it was sent; so each delivery knows how old it is."""

import asyncio
import base64
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from time import monotonic_ns
from uuid import uuid4

CHARACTERS = 120
MARK = b"sent at "
DIGITS = 20
REFUSED = b'{"type":"error"'
FILLER = (
    ", while the minutes of the last meeting are still being read by everybody, one page after the other, until noon"
)
LONG, LONGER = 126, 127
PATIENCE = 20
"""Seconds without a word after which what is missing is lost."""


@dataclass(frozen=True)
class Ticket:
    """What one member needs to take part: where, who they are, their first frame and the room they write in."""

    port: int
    path: str
    session: str
    room: int
    hello: str = ""


@dataclass
class Crowd:
    """The members, how much has been delivered to them in all, how old it was (ms), and the size of the last."""

    members: "list[Member]" = field(default_factory=list)
    delivered: int = 0
    ages: list[float] = field(default_factory=list)
    size: int = 0
    refused: int = 0
    heard: asyncio.Event = field(default_factory=asyncio.Event)

    def count(self, sent_at: int, size: int) -> None:
        """One member has one message."""
        self.delivered += 1
        self.size = size
        if sent_at:
            self.ages.append((monotonic_ns() - sent_at) / 1e6)
        self.heard.set()

    def begin(self) -> None:
        """Forget what was counted."""
        self.delivered = 0
        self.ages.clear()

    async def until(self, delivered: int) -> bool:
        """Wait for so many deliveries; False once nothing has come for a while."""
        while self.delivered < delivered:
            self.heard.clear()
            try:
                async with asyncio.timeout(PATIENCE):
                    await self.heard.wait()
            except TimeoutError:
                return False
        return True

    def leave(self) -> None:
        """Close every socket."""
        for member in self.members:
            member.transport.abort()


class Member(asyncio.Protocol):
    """One socket (RFC 6455), without TLS, compression or fragments: none of the servers uses any."""

    transport: asyncio.Transport

    def __init__(self, crowd: Crowd, ticket: Ticket) -> None:
        self.crowd = crowd
        self.ticket = ticket
        self.rest = b""
        self.is_open = False
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the upgrade."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        here = f"127.0.0.1:{self.ticket.port}"
        lines = [
            f"GET {self.ticket.path} HTTP/1.1",
            f"Host: {here}",
            f"Origin: http://{here}",
            f"Cookie: sessionid={self.ticket.session}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}",
            "Sec-WebSocket-Version: 13",
        ]
        transport.write("\r\n".join([*lines, "", ""]).encode())

    def data_received(self, data: bytes) -> None:
        """Take whole frames; keep what is no whole one yet."""
        data = self.rest + data if self.rest else data
        start = 0 if self.is_open else self.opened(data)
        while frame := borders(data, start):
            begin, start = frame
            self.take(data, begin, start)
        self.rest = data[start:]

    def opened(self, data: bytes) -> int:
        """Where the frames begin: after the answer to the upgrade, once it is whole."""
        end = data.find(b"\r\n\r\n")
        if end < 0:
            return 0
        if not data.startswith(b"HTTP/1.1 101"):
            self.ready.set_exception(ConnectionError(data[:end].decode()))
            return 0
        self.is_open = True
        if self.ticket.hello:
            self.say(self.ticket.hello)
        else:
            self.ready.set_result(None)
        return end + 4

    def take(self, data: bytes, begin: int, end: int) -> None:
        """Count a message, or those of a page that fills a gap; say again what was refused; the first other frame
        answers the ``hello``."""
        found = data.find(MARK, begin, end)
        if found >= 0:
            while found >= 0:
                digits = found + len(MARK)
                self.crowd.count(int(data[digits : digits + DIGITS]), end - begin)
                found = data.find(MARK, digits, end)
        elif data.startswith(REFUSED, begin):
            self.crowd.refused += 1
            self.post()
        elif not self.ready.done():
            self.ready.set_result(None)

    def say(self, text: str) -> None:
        """Send a text frame, masked with noughts."""
        payload = text.encode()
        size = len(payload)
        head = bytes((0x81, 0x80 | size)) if size < LONG else b"\x81\xfe" + size.to_bytes(2, "big")
        self.transport.write(head + b"\0\0\0\0" + payload)

    def post(self) -> None:
        """Say a message of 120 characters."""
        body = f"{MARK.decode()}{monotonic_ns():0{DIGITS}}{FILLER}"[:CHARACTERS]
        said = {"type": "post", "room": self.ticket.room, "client_id": str(uuid4()), "body": body}
        self.say(json.dumps(said, separators=(",", ":")))


def borders(data: bytes, start: int, *, masked: bool = False) -> tuple[int, int] | None:
    """Where the payload of the frame at ``start`` begins and ends; None if it is not all there."""
    if len(data) < start + 2:
        return None
    size, begin = data[start + 1] & 0x7F, start + 2
    if size >= LONG:
        width = 2 if size == LONG else 8
        begin += width
        size = int.from_bytes(data[start + 2 : begin], "big")
        if len(data) < begin:
            return None
    begin += 4 if masked else 0
    return (begin, begin + size) if begin + size <= len(data) else None


async def gather(tickets: Sequence[Ticket]) -> Crowd:
    """Everybody connected, ten at a time."""
    crowd, loop, door = Crowd(), asyncio.get_running_loop(), asyncio.Semaphore(10)

    async def enter(ticket: Ticket) -> Member:
        async with door, asyncio.timeout(PATIENCE):
            _, member = await loop.create_connection(lambda: Member(crowd, ticket), "127.0.0.1", ticket.port)
            await member.ready
            return member

    crowd.members = list(await asyncio.gather(*(enter(ticket) for ticket in tickets)))
    return crowd
