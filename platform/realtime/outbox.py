"""What waits to be written to one socket: in order, bounded, so that one slow reader neither delays nor costs."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any, Protocol

from realtime.metrics import DIRECT, ORDINARY, SLOW
from realtime.wire import DirectWrite, Frame

Send = Callable[[dict[str, Any]], Awaitable[None]]

MOST_BYTES = 256 * 1024
MOST_FRAMES = 500
AT_ONCE = 64 * 1024
"""Characters that wait for the end of the turn at most; more are written without waiting for it."""
TOO_SLOW = 4408


class Turns(Protocol):
    """What has outboxes write at the end of a turn."""

    def add(self, outbox: "Outbox") -> None: ...


class Outbox:
    """Frames on their way to one socket. ``put`` never waits; past the bound the socket is closed with 4408, and the
    client catches up from its versions.

    With ``direct``, frames are ``ready`` until the end of the turn and then put on the wire as they are. What the
    wire does not take, and everything that comes while it has not, goes through ``send``, one after the other.
    While ``held``, what is ready waits for a later turn, or for the first frame that does not.
    """

    __slots__ = (
        "_bytes",
        "_on_overflow",
        "_send",
        "_turn",
        "_waiting",
        "closed",
        "direct",
        "held",
        "pump",
        "ready",
        "ready_size",
    )

    def __init__(
        self, send: Send, on_overflow: Callable[[], None], turn: Turns, direct: DirectWrite | None = None
    ) -> None:
        self._send = send
        self._on_overflow = on_overflow
        self._turn = turn
        self.direct = direct
        self.ready: list[Frame] = []
        self.ready_size = 0
        self.held = False
        self._waiting: deque[tuple[Mapping[str, Any], int]] = deque()
        self._bytes = 0
        self.pump: asyncio.Task[None] | None = None
        self.closed = False

    def put(self, frame: Frame) -> None:
        """Take a frame, or close a socket that reads too slowly."""
        if self.closed:
            return
        if self.direct is not None and self.pump is None:
            self._make_ready(frame)
        elif self._bytes + frame.size > MOST_BYTES or len(self._waiting) >= MOST_FRAMES:
            SLOW.inc()
            self._on_overflow()
            self.close(TOO_SLOW, at_once=True)
        else:
            self._queue({"type": "websocket.send", "text": frame.text}, frame.size)

    def close(self, code: int, *, at_once: bool = False) -> None:
        """Close after what waits is written, or ``at_once`` without it. Nothing is taken after."""
        if self.closed:
            return
        if at_once:
            self._forget()
        else:
            DIRECT.inc(self.flush({}))
        self.closed = True
        self._queue({"type": "websocket.close", "code": code}, 0)

    def stop(self) -> None:
        """The socket is gone: forget what waits."""
        self.closed = True
        self._forget()

    def flush(self, joined: dict[tuple[Frame, ...], bytes]) -> int:
        """Put on the wire what is ready, and say how many frames went there at once. ``joined`` keeps the bytes of
        several frames for others who get the same."""
        frames, self.ready_size = self.ready, 0
        if not frames:
            return 0
        if self.pump is None and self.direct is not None and self.direct.write(bytes_of(frames, joined)):
            written = len(frames)
            frames.clear()
            return written
        self.ready = []
        for frame in frames:
            self._queue({"type": "websocket.send", "text": frame.text}, frame.size)
        return 0

    @staticmethod
    def put_into_all(outboxes: "Iterable[Outbox]", frame: Frame, *, held: bool = False) -> "list[Outbox]":
        """``put`` the frame into each; quicker where nothing waits, which is most. Returns those, who have to be made
        to write by whoever called: at the end of the turn, or later if ``held``."""
        begun: list[Outbox] = []
        for outbox in outboxes:
            if outbox.pump is not None or outbox.direct is None or outbox.closed:
                outbox.put(frame)
            elif not outbox.ready:
                outbox.ready.append(frame)
                outbox.ready_size = frame.size
                outbox.held = held
                begun.append(outbox)
            elif held:
                outbox._join(frame)
            else:
                outbox._make_ready(frame)
        return begun

    @staticmethod
    def flush_all(outboxes: "Iterable[Outbox]") -> int:
        """``flush`` each; quicker where one frame is ready. Those that get the same share the bytes that it makes."""
        joined: dict[tuple[Frame, ...], bytes] = {}
        written = 0
        for outbox in outboxes:
            frames = outbox.ready
            if len(frames) == 1 and outbox.pump is None and outbox.direct and outbox.direct.write(frames[0].wire):
                frames.clear()
                outbox.ready_size = 0
                written += 1
            else:
                written += outbox.flush(joined)
        return written

    def _make_ready(self, frame: Frame) -> None:
        if self.held or not self.ready:
            self.held = False
            self._turn.add(self)
        self._join(frame)

    def _join(self, frame: Frame) -> None:
        self.ready.append(frame)
        self.ready_size += frame.size
        if self.ready_size > AT_ONCE:
            DIRECT.inc(self.flush({}))

    def _queue(self, event: Mapping[str, Any], size: int) -> None:
        self._waiting.append((event, size))
        self._bytes += size
        if self.pump is None:
            self.pump = asyncio.create_task(self._write())

    def _forget(self) -> None:
        self._waiting.clear()
        self.ready.clear()
        self.ready_size = 0
        if self.pump:
            self.pump.cancel()
            self.pump = None

    async def _write(self) -> None:
        try:
            while self._waiting:
                event, size = self._waiting.popleft()
                await self._send(dict(event))
                self._bytes -= size
                ORDINARY.inc()
        finally:
            if self.pump is asyncio.current_task():
                self.pump = None


def bytes_of(frames: list[Frame], joined: dict[tuple[Frame, ...], bytes]) -> bytes:
    """The frames one after the other."""
    if len(frames) == 1:
        return frames[0].wire
    key = tuple(frames)
    if key not in joined:
        joined[key] = b"".join(frame.wire for frame in frames)
    return joined[key]
