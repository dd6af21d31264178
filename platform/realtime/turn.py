"""What sockets have to write at the end of a turn of the event loop: a batch's frames leave in one write a socket."""

import asyncio
from collections.abc import Iterable

from realtime.metrics import DIRECT
from realtime.outbox import Outbox
from realtime.wire import Frame

SLICE = 1000
"""Sockets that are written to before others have their turn: two hundred take two to four milliseconds."""


class Turn:
    """The outboxes of one hub that wait for the end of this turn."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.waiting: list[Outbox] = []

    def add(self, outbox: Outbox) -> None:
        """Have it write when what happens now has happened."""
        if not self.waiting:
            self.loop.call_soon(self.end)
        self.waiting.append(outbox)

    def spread(self, frame: Frame, outboxes: Iterable[Outbox]) -> None:
        """``put`` the frame into each, and have them write at the end of the turn."""
        self.take(Outbox.put_into_all(outboxes, frame))

    def take(self, outboxes: list[Outbox]) -> None:
        """Have these write at the end of the turn."""
        if outboxes and not self.waiting:
            self.loop.call_soon(self.end)
        self.waiting += outboxes

    def end(self) -> None:
        """Write. Sockets that get the same frames share the bytes that these make together."""
        first, self.waiting = self.waiting[:SLICE], self.waiting[SLICE:]
        if self.waiting:
            self.loop.call_soon(self.end)
        DIRECT.inc(Outbox.flush_all(first))
