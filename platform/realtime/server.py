"""The server: Daphne, with back-pressure on sockets, messages of length nought, and ready frames written directly."""

import asyncio
from collections.abc import Callable
from itertools import count
from socket import SO_SNDBUF, SOL_SOCKET
from typing import Any

from daphne.server import Server
from daphne.ws_protocol import WebSocketProtocol
from twisted.internet import reactor
from twisted.internet.task import deferLater

from realtime.direct import offer
from realtime.wire import DIRECT

ENOUGH = 64 * 1024
"""Bytes in a transport's buffer past which a socket's writer waits."""
KERNEL = 128 * 1024
"""Bytes that the kernel keeps for a socket (it doubles what it is asked for). Left to itself it takes four megabytes
from a member who does not read; a phone at 400 kbit/s and 400 ms away never has more than 20 kB under way."""
PAUSE = 0.05
FAREWELL = 0.2
RESTART = 1012
OWN_CODES = range(1001, 1016)
"""Codes of RFC 6455 that only a server's own library sends."""
GOODBYE = 10
"""Seconds for a close frame to be answered."""
WELCOME = 30
"""Seconds from a connection to its answer. After a restart everybody comes at once, and who they are is looked up
first; Autobahn would turn them away after five."""


class ExchangeProtocol(WebSocketProtocol):
    """Daphne's, which takes an empty message for none: Autobahn's cases 1.1.1, 1.2.1, 6.1.1 and 6.1.2."""

    def dataReceived(self, data: bytes) -> None:  # noqa: N802 (Twisted's name)
        """Take bytes without colouring a line of the debug log for each that nobody reads, as Autobahn does."""
        self._dataReceived(data)

    def handle_reply(self, message: dict[str, Any]) -> None:
        """Write what the application says, also if it is one empty word; nothing more where the browser has gone, which
        the application hears next."""
        sends = message.get("type") == "websocket.send"
        if sends and self.state in (self.STATE_CLOSING, self.STATE_CLOSED):
            return
        if sends and not (message.get("text") or message.get("bytes")):
            self.sendMessage(b"", message.get("text") is None)
        else:
            super().handle_reply(message)


class ExchangeServer(Server):
    """Daphne buffers without bound for a client that does not read; here ``await send`` waits for it instead,
    so that the bound on a socket's outbox holds."""

    connections: dict[Any, dict[str, Any]]

    def __init__(self, *args: Any, listening: Callable[[], None] | None = None, **kwargs: Any) -> None:
        self.listening = listening
        super().__init__(*args, ready_callable=self.tune, **kwargs)

    def tune(self) -> None:
        """Give a slow client the time to read why it is closed (Autobahn would cut the connection after a second), and
        a crowd the time to come in."""
        self.ws_factory.protocol = ExchangeProtocol
        self.ws_factory.setProtocolOptions(closeHandshakeTimeout=GOODBYE, openHandshakeTimeout=WELCOME)

    def listen_success(self, port: Any) -> None:
        """The port is open: say so to whoever waits for it."""
        super().listen_success(port)
        if self.listening:
            self.listening()

    def create_application(self, protocol: Any, scope: dict[str, Any]) -> Any:
        """Offer the direct write to sockets, and let the kernel hold little for those that do not read."""
        if scope["type"] == "websocket" and (direct := offer(protocol)):
            protocol.transport.getHandle().setsockopt(SOL_SOCKET, SO_SNDBUF, KERNEL)
            scope.setdefault("extensions", {})[DIRECT] = direct
        return super().create_application(protocol, scope)

    async def handle_reply(self, protocol: Any, message: dict[str, Any]) -> None:
        """Write, then wait until the client has read most of it."""
        if message["type"] == "websocket.close" and message.get("code", 1000) in OWN_CODES:
            close(protocol, message["code"])
            return
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

    def kill_all_applications(self) -> Any:
        """Tell every open socket that the server restarts, and let that be written before everything ends."""
        for protocol in self.connections:
            if isinstance(protocol, WebSocketProtocol):
                close(protocol, RESTART)
        return deferLater(reactor, FAREWELL, self.end_all)

    def end_all(self) -> Any:
        """Daphne's own end; it stumbles over connections whose application has ended already."""
        self.connections = {one: facts for one, facts in self.connections.items() if "application_instance" in facts}
        return super().kill_all_applications()


def close(protocol: Any, code: int) -> None:
    """Close with a code that Autobahn's ``sendClose`` keeps for itself."""
    if protocol.state == protocol.STATE_OPEN:
        protocol.sendCloseFrame(code=code)


def buffered(protocol: Any) -> int:
    """Bytes that wait in the transport (Twisted's attributes; 0 where it has none)."""
    transport = protocol.transport
    return int(getattr(transport, "_tempDataLen", 0)) + len(getattr(transport, "dataBuffer", b""))
