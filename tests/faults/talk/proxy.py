"""A loopback proxy: each connection to it is one to the server behind, for as long as both live."""

import asyncio
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import Any

CHUNK = 65_536

End = tuple[StreamReader, StreamWriter]
Open = Callable[[], Coroutine[Any, Any, End]]


class Connection:
    """One client and its own way to the server. What goes ``up`` and ``down`` may be looked at on the way."""

    def __init__(self, client: End, server: End) -> None:
        self.from_client, self.to_client = client
        self.from_server, self.to_server = server

    async def up(self) -> None:
        """From the client to the server."""
        await pump(self.from_client, self.to_server)

    async def down(self) -> None:
        """From the server to the client."""
        await pump(self.from_server, self.to_client)

    async def run(self) -> None:
        """Both ways, until one of them ends: then both ends are closed."""
        ways = [asyncio.create_task(self.alive(self.up())), asyncio.create_task(self.alive(self.down()))]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            await close(self.to_client, self.to_server)
            await asyncio.gather(*ways, return_exceptions=True)

    @staticmethod
    async def alive(way: Awaitable[None]) -> None:
        """One way; that somebody hangs up is how it ends."""
        with suppress(OSError, EOFError):
            await way

    def cut(self) -> None:
        """End it at once at both ends, without what is still on the way."""
        for end in (self.to_client, self.to_server):
            end.transport.abort()


class Proxy:
    """Listens at ``port`` while ``listening``. A client is hung up on while the server is not there."""

    def __init__(self, upstream: Open) -> None:
        self.upstream = upstream
        self.port = 0
        self.tasks: set[asyncio.Task[Any]] = set()

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        """Until the block ends; then every connection ends too."""
        server = await asyncio.start_server(self.serve, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield
        finally:
            server.close()
            for task in self.tasks:
                task.cancel()
            await asyncio.gather(*self.tasks, return_exceptions=True)

    def serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        """A client has come."""
        task = asyncio.create_task(self.connect(reader, writer))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def connect(self, reader: StreamReader, writer: StreamWriter) -> None:
        """Its life."""
        try:
            server = await self.upstream()
        except OSError:
            await close(writer)
        else:
            await self.made((reader, writer), server).run()

    def made(self, client: End, server: End) -> Connection:
        """The connection of this client."""
        return Connection(client, server)


async def pump(reader: StreamReader, writer: StreamWriter) -> None:
    """Everything, as it comes."""
    while chunk := await reader.read(CHUNK):
        writer.write(chunk)
        await writer.drain()


async def close(*writers: StreamWriter) -> None:
    """Hang up."""
    for writer in writers:
        writer.close()
    for writer in writers:
        with suppress(OSError):
            await writer.wait_closed()
