"""What sockets have to write at the end of a turn of the event loop: a batch's frames leave in one write a socket."""

import asyncio
from collections.abc import Iterable
from typing import TYPE_CHECKING

from realtime.metrics import DIRECT
from realtime.wire import Frame

if TYPE_CHECKING:
    from realtime.outbox import Outbox

SLICE = 1000
"""Sockets that are written to before others have their turn: two hundred take two to four milliseconds."""


class Turn:
    """The outboxes of one hub that wait for the end of this turn."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.waiting: list[Outbox] = []

    def add(self, outbox: "Outbox") -> None:
        """Have it write when what happens now has happened."""
        if not self.waiting:
            self.loop.call_soon(self.end)
        self.waiting.append(outbox)

    def spread(self, frame: Frame, outboxes: Iterable["Outbox"]) -> None:
        """``put`` the frame into each: quicker for all those in which nothing waits, which are most."""
        at_once: list[Outbox] = []
        for outbox in outboxes:
            if outbox.ready or outbox.pump is not None or outbox.direct is None or outbox.closed:
                outbox.put(frame)
            else:
                outbox.ready.append(frame)
                outbox.ready_size = frame.size
                at_once.append(outbox)
        if at_once and not self.waiting:
            self.loop.call_soon(self.end)
        self.waiting += at_once

    def end(self) -> None:
        """Write. Sockets that get the same frames share the bytes that these make together."""
        first, self.waiting = self.waiting[:SLICE], self.waiting[SLICE:]
        if self.waiting:
            self.loop.call_soon(self.end)
        joined: dict[tuple[Frame, ...], bytes] = {}
        written = 0
        for outbox in first:
            frames = outbox.ready
            if len(frames) == 1 and outbox.pump is None and outbox.direct and outbox.direct.write(frames[0].wire):
                frames.clear()
                outbox.ready_size = 0
                written += 1
            else:
                written += outbox.flush(joined)
        DIRECT.inc(written)
