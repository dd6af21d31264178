"""A link as people have it: a proxy on the loopback that is slow, far away, and gone now and then."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

PIECE = 1400
"""Bytes of a packet."""


@dataclass
class Link:
    """``rate`` in bits a second each way, shared by all connections; ``delay`` in seconds one way. While it is ``cut``
    nothing gets through and whatever was under way is gone: connections end, new ones are refused."""

    to: int
    rate: float = 400_000
    delay: float = 0.2
    cut: bool = False
    port: int = 0
    busy_until: dict[str, float] = field(default_factory=lambda: {"up": 0.0, "down": 0.0})
    writers: set[asyncio.StreamWriter] = field(default_factory=set)

    def interrupt(self) -> None:
        """The link is gone."""
        self.cut = True
        for writer in list(self.writers):
            writer.transport.abort()

    def restore(self) -> None:
        """It is back."""
        self.cut = False

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        if self.cut:
            writer.transport.abort()
            return
        with suppress(OSError):
            server_reader, server_writer = await asyncio.open_connection("127.0.0.1", self.to)
            self.writers |= {writer, server_writer}
            await asyncio.gather(self.carry(reader, server_writer, "up"), self.carry(server_reader, writer, "down"))

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, way: str) -> None:
        """Bytes one way: each waits for its turn on the link, then travels."""
        clock = asyncio.get_running_loop()
        with suppress(OSError):
            while piece := await reader.read(PIECE):
                self.busy_until[way] = max(clock.time(), self.busy_until[way]) + len(piece) * 8 / self.rate
                clock.call_at(self.busy_until[way] + self.delay, deliver, writer, piece)
                await asyncio.sleep(max(0.0, self.busy_until[way] - clock.time()))
            await asyncio.sleep(self.delay)
        self.writers.discard(writer)
        writer.close()


def deliver(writer: asyncio.StreamWriter, piece: bytes) -> None:
    """What has come to the other end, if there is one still."""
    if not writer.is_closing():
        writer.write(piece)


@asynccontextmanager
async def link_to(port: int) -> AsyncIterator[Link]:
    """A link to ``port`` of the loopback, at a port of its own."""
    link = Link(port)
    server = await asyncio.start_server(link.serve, "127.0.0.1", 0)
    link.port = int(server.sockets[0].getsockname()[1])
    try:
        yield link
    finally:
        server.close()
        link.interrupt()
