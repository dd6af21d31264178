"""One open socket: who is behind it, what it says, what waits for it. An app's socket adds its frames."""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, ClassVar

from django.db import DatabaseError

from realtime.frames import FrameError, echo, parse_frame, ref_of
from realtime.hub import NOT_SIGNED_IN, here
from realtime.items import encode
from realtime.origin import same_origin
from realtime.outbox import Outbox, Send
from realtime.sessions import session_key_of, who_has
from realtime.threads import read
from realtime.topic import Place
from realtime.versioned import Versioned
from realtime.wire import DIRECT, Frame

log = logging.getLogger(__name__)

BEAT, SAVING_BEAT = 30, 120
"""Seconds between two beats, ordinarily and under data saver."""
ABUSE, RESTART = 1008, 1012
BAD_FRAMES_A_MINUTE = 20
MOST_SOCKETS, TRY_LATER = 10, 1013
"""Sockets of one person in one process; for one more, the client comes back later, or polls."""

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Handler = Callable[[Any, dict[str, Any]], Awaitable[None]]


class Socket:
    """Accepts, knows its person, takes frames one after the other, answers ``ping``, and beats.

    Subclasses say which ``frames`` they take.
    Run one with ``await ChatSocket.serve(scope, receive, send)``.
    """

    frames: ClassVar[dict[str, Handler]] = {}

    user: Any
    session_key: str

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.scope = scope
        self.receive = receive
        self.send = send
        self.hub = here()
        direct = scope.get("extensions", {}).get(DIRECT)
        self.outbox = Outbox(send, lambda: self.hub.detach(self), self.hub.turn, direct)
        self.places: dict[str, Place] = {}
        self.beaten: dict[int, int] = {}
        self.next_beat = 0.0
        self.bad_frames: deque[float] = deque(maxlen=BAD_FRAMES_A_MINUTE)

    @classmethod
    async def serve(cls, scope: Scope, receive: Receive, send: Send) -> None:
        """The ASGI application."""
        await cls(scope, receive, send).run()

    async def run(self) -> None:
        """From the handshake to the end."""
        await self.receive()
        if not same_origin(self.scope["headers"]):
            await self.send({"type": "websocket.close"})  # before accepting: the browser gets 403
            return
        who = await read(who_has, session_key_of(self.scope["headers"]))
        await self.send({"type": "websocket.accept"})
        if who is None:
            await self.send({"type": "websocket.close", "code": NOT_SIGNED_IN})
            return
        if self.hub.sockets_of(who.user.pk) >= MOST_SOCKETS:
            await self.send({"type": "websocket.close", "code": TRY_LATER})
            return
        self.user, self.session_key = who.user, who.session_key
        self.next_beat = time.monotonic() + self.beat_seconds
        self.hub.attach(self)
        try:
            await self.listen()
        except asyncio.CancelledError:
            with suppress(Exception):
                await self.send({"type": "websocket.close", "code": RESTART})
            raise
        finally:
            self.hub.detach(self)
            self.outbox.stop()

    async def listen(self) -> None:
        """Take frames, in order, until the socket ends."""
        while True:
            event = await self.receive()
            if event["type"] == "websocket.disconnect":
                return
            if not self.outbox.closed:
                await self.take(event)

    async def take(self, event: dict[str, Any]) -> None:
        """Do what one frame asks, or say why not."""
        frame: dict[str, Any] = {}
        try:
            frame = parse_frame(event)
            handler = self.handler(frame["type"])
            await handler(self, frame)
        except FrameError as problem:
            self.error(frame, "bad_frame", str(problem))
            if problem.counts:
                self.count_bad_frame()
        except DatabaseError:
            log.exception("The database does not answer.")
            self.error(frame, "unavailable", "Not now; try again.", retry_after=2)

    def handler(self, name: str) -> Handler:
        """What takes frames of this type. Raises ``FrameError``."""
        if name == "ping":
            return type(self).ping
        try:
            return self.frames[name]
        except KeyError:
            raise FrameError("There is no such type of frame.") from None

    def count_bad_frame(self) -> None:
        """Twenty in a minute are abuse, or a client that is broken."""
        now = time.monotonic()
        self.bad_frames.append(now)
        if len(self.bad_frames) == BAD_FRAMES_A_MINUTE and now - self.bad_frames[0] < 60:
            self.hub.detach(self)
            self.outbox.close(ABUSE)

    # Saying

    def say(self, frame: dict[str, Any], to: dict[str, Any] | None = None, *, page: bool = False) -> None:
        """Queue a frame; in answer to ``to`` it carries that frame's ``ref``."""
        if to is not None and (ref := ref_of(to)):
            frame["ref"] = ref
        self.outbox.put(Frame(encode(frame), page=page))

    def error(self, to: dict[str, Any], code: str, detail: str, **more: Any) -> None:
        """Say what was not done, and why."""
        if client_id := echo(to, "client_id"):
            more["client_id"] = client_id
        self.say({"type": "error", "code": code, "detail": detail, **more}, to)

    # The beat

    @property
    def beat_seconds(self) -> int:
        """How often this socket beats."""
        return SAVING_BEAT if self.spares(0) else BEAT

    def spares(self, user_id: int) -> bool:
        """True if hints are not for this socket: it saves data, or its own user caused them."""
        return bool(self.user.data_saver) or self.user.pk == user_id

    async def ping(self, frame: dict[str, Any]) -> None:
        """Answer with all heads."""
        self.beat(frame, everything=True)

    def beat_if_due(self) -> None:
        """Every 30 s, or 120."""
        if time.monotonic() >= self.next_beat:
            self.next_beat = time.monotonic() + self.beat_seconds
            self.beat()

    def beat(self, to: dict[str, Any] | None = None, *, everything: bool = False) -> None:
        """Say where the topics stand that moved since the last beat, or ``everything``: any loss shows within one."""
        heads = {
            place.topic.id: place.topic.last
            for place in self.places.values()
            if isinstance(place.topic, Versioned) and place.access and place.topic.last is not None
        }
        moved = {pk: last for pk, last in heads.items() if everything or self.beaten.get(pk) != last}
        self.beaten = heads
        self.say({"type": "beat", "heads": moved}, to)
