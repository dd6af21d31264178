"""What waits to be written to one socket: in order, bounded, so that one slow reader neither delays nor costs."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

Send = Callable[[dict[str, Any]], Awaitable[None]]

MOST_BYTES = 256 * 1024
MOST_FRAMES = 500
TOO_SLOW = 4408


class Outbox:
    """Frames on their way to one socket. ``put`` never waits; past the bound the socket is closed with 4408, and the
    client catches up from its versions. Here is the seam for writing a ready frame straight to the transport."""

    def __init__(self, send: Send, on_overflow: Callable[[], None]) -> None:
        self._send = send
        self._on_overflow = on_overflow
        self._waiting: deque[tuple[Mapping[str, Any], int]] = deque()
        self._bytes = 0
        self._pump: asyncio.Task[None] | None = None
        self.closed = False

    def put(self, text: str, *, page: bool = False) -> None:
        """Queue a frame. A page, of which there is one at a time, does not count against the bound."""
        if self.closed:
            return
        size = 0 if page else len(text)
        if self._bytes + size > MOST_BYTES or len(self._waiting) >= MOST_FRAMES:
            self._on_overflow()
            self.close(TOO_SLOW, at_once=True)
            return
        self._queue({"type": "websocket.send", "text": text}, size)

    def close(self, code: int, *, at_once: bool = False) -> None:
        """Close after what waits is written, or ``at_once`` without it. Nothing is taken after."""
        if self.closed:
            return
        self.closed = True
        if at_once:
            self._waiting.clear()
            if self._pump:
                self._pump.cancel()
                self._pump = None
        self._queue({"type": "websocket.close", "code": code}, 0)

    def stop(self) -> None:
        """The socket is gone: forget what waits."""
        self.closed = True
        self._waiting.clear()
        if self._pump:
            self._pump.cancel()

    def _queue(self, event: Mapping[str, Any], size: int) -> None:
        self._waiting.append((event, size))
        self._bytes += size
        if self._pump is None or self._pump.done():
            self._pump = asyncio.create_task(self._write())

    async def _write(self) -> None:
        while self._waiting:
            event, size = self._waiting.popleft()
            await self._send(dict(event))
            self._bytes -= size
