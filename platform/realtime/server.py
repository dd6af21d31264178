"""The server: Daphne, with back-pressure on sockets.

The seam for the direct write of ready frames (``scope["extensions"]``) is ``ExchangeServer.create_application``.
"""

import asyncio
from itertools import count
from typing import Any

from daphne.server import Server

ENOUGH = 64 * 1024
"""Bytes in a transport's buffer past which a socket's writer waits."""
PAUSE = 0.05


class ExchangeServer(Server):
    """Daphne buffers without bound for a client that does not read; here ``await send`` waits for it instead,
    so that the bound on a socket's outbox holds."""

    async def handle_reply(self, protocol: Any, message: dict[str, Any]) -> None:
        """Write, then wait until the client has read most of it."""
        await super().handle_reply(protocol, message)
        if message["type"] == "websocket.send" and buffered(protocol) > ENOUGH:
            await self.drained(protocol)

    async def drained(self, protocol: Any) -> None:
        """Return once little is left in the transport's buffer, or the connection is gone."""
        for _ in count():
            await asyncio.sleep(PAUSE)
            open_still = "disconnected" not in self.connections.get(protocol, {"disconnected": 0})
            if not open_still or buffered(protocol) <= ENOUGH:
                return


def buffered(protocol: Any) -> int:
    """Bytes that wait in the transport (Twisted's attributes; 0 where it has none)."""
    transport = protocol.transport
    return int(getattr(transport, "_tempDataLen", 0)) + len(getattr(transport, "dataBuffer", b""))
