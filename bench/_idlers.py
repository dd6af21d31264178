"""Sockets that are open and say nothing, from a client that costs little; and, as a command, the people behind them."""

import asyncio
import json
import os
import sys
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

HANDSHAKE = (
    "GET /ws/chat/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\nUpgrade: websocket\r\n"
    "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\nUser-Agent: {agent}\r\n"
    "Accept-Language: sv-SE,sv;q=0.9,en;q=0.8\r\nCookie: sessionid={session}\r\n\r\n"
)
AGENT = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari"
TEXT, PING, PONG = 0x1, 0x9, 0xA


@dataclass(frozen=True)
class Ground:
    """Where the server is, whose sessions there are, and which rooms they follow."""

    port: int
    sessions: Sequence[str]
    rooms: Sequence[int]


class Idler(asyncio.Protocol):
    """One socket. It answers pings, as every browser does."""

    __slots__ = ("buffer", "ground", "handshaken", "lost", "transport", "welcomed")

    transport: asyncio.Transport

    def __init__(self, ground: Ground, welcomed: "asyncio.Future[None]") -> None:
        self.ground = ground
        self.welcomed = welcomed
        self.buffer = b""
        self.handshaken = False
        self.lost = False

    @classmethod
    async def open(cls, ground: Ground, number: int) -> "Idler":
        """Connected as a person, following every room."""
        loop = asyncio.get_running_loop()
        welcomed: asyncio.Future[None] = loop.create_future()
        _, idler = await loop.create_connection(lambda: cls(ground, welcomed), "127.0.0.1", ground.port)
        key = b64encode(os.urandom(16)).decode()
        asked = HANDSHAKE.format(port=ground.port, key=key, agent=AGENT, session=ground.sessions[number])
        idler.transport.write(asked.encode())
        await welcomed
        return idler

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way out."""
        self.transport = transport  # type: ignore[assignment]  # of a connection it is a Transport

    def connection_lost(self, problem: Exception | None) -> None:
        """The server closed it."""
        self.lost = True
        if not self.welcomed.done():
            self.welcomed.set_exception(ConnectionError("no welcome"))

    def data_received(self, data: bytes) -> None:
        """Take what came, frame by frame."""
        self.buffer += data
        if not self.handshaken and b"\r\n\r\n" in self.buffer:
            self.handshaken, self.buffer = True, self.buffer.partition(b"\r\n\r\n")[2]
            self.say(TEXT, json.dumps({"type": "hello", "have": dict.fromkeys(self.ground.rooms)}).encode())
        while self.handshaken and (frame := self.next_frame()):
            self.take(*frame)

    def next_frame(self) -> tuple[int, bytes] | None:
        """The opcode and the payload of a whole frame; None while it is not whole."""
        if len(self.buffer) < 4:
            return None if self.buffer[1:2] != b"\0" else self.cut(2, 0)
        size, begins = self.buffer[1], 2
        if size == 126:
            size, begins = int.from_bytes(self.buffer[2:4], "big"), 4
        return self.cut(begins, size) if len(self.buffer) >= begins + size else None

    def cut(self, begins: int, size: int) -> tuple[int, bytes]:
        """Take a frame out of the buffer."""
        opcode, payload = self.buffer[0] & 0xF, self.buffer[begins : begins + size]
        self.buffer = self.buffer[begins + size :]
        return opcode, payload

    def take(self, opcode: int, payload: bytes) -> None:
        """Answer a ping; note the welcome."""
        if opcode == PING:
            self.say(PONG, payload)
        elif opcode == TEXT and b'"welcome"' in payload and not self.welcomed.done():
            self.welcomed.set_result(None)

    def say(self, opcode: int, payload: bytes) -> None:
        """One frame, masked with noughts (RFC 6455, 5.3: any mask will do)."""
        size = len(payload)
        head = bytes((size | 0x80,)) if size < 126 else b"\xfe" + size.to_bytes(2, "big")
        self.transport.write(bytes((opcode | 0x80,)) + head + b"\0\0\0\0" + payload)

    def leave(self) -> None:
        """Go without a word."""
        self.transport.abort()


def fill(people: int, rooms: int) -> None:
    """So many people, each signed in and with a seat in a network of so many rooms; say who and which."""
    import django

    django.setup()

    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.contrib.sessions.models import Session
    from django.utils import timezone

    from accounts.models import User
    from chat.models import Room
    from exchange.preparation import prepare
    from partnerships.actions import found_network
    from partnerships.models import Function, Membership, Organisation

    prepare(lambda step: None)
    today = timezone.localdate()
    network = found_network(name="Bench", slug="bench", begins=today)
    agency = Organisation.objects.create(name="Bench", slug="bench", country="SE", zone="Europe/Stockholm")
    known = User.objects.bulk_create(User(email=f"p{n}@bench.example", name=f"Person {n}") for n in range(people))
    seats = {"function": Function.PROJECT_MEMBER, "organisation": agency, "begins": today, "network": network}
    Membership.objects.bulk_create(Membership(person=one, **seats) for one in known)
    Room.objects.bulk_create(Room(kind=Room.Kind.TOPIC, network=network, title=f"Topic {n}") for n in range(rooms))
    store, ends = SessionStore(), timezone.now() + timedelta(days=1)
    backend = "allauth.account.auth_backends.AuthenticationBackend"
    sessions = [
        Session(
            session_key=f"bench{one.pk:027}",
            session_data=store.encode(
                {
                    SESSION_KEY: str(one.pk),
                    BACKEND_SESSION_KEY: backend,
                    HASH_SESSION_KEY: one.get_session_auth_hash(),
                }
            ),
            expire_date=ends,
        )
        for one in known
    ]
    Session.objects.bulk_create(sessions)
    followed = list(Room.objects.filter(kind=Room.Kind.TOPIC).values_list("pk", flat=True))
    keys = [session.session_key for session in sessions]
    sys.stdout.write(json.dumps({"sessions": keys, "rooms": followed}))


if __name__ == "__main__":
    fill(int(sys.argv[1]), int(sys.argv[2]))
