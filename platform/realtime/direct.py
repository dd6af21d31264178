"""Daphne's transport, written to at once: what costs a task, a queue and a loop turn a frame otherwise.

It leans on attributes of Twisted and Autobahn that are no promise: ``offer`` looks whether they are there, and without
them everything goes the ordinary way.
"""

from typing import Any

from twisted.internet.tcp import Connection

TRANSPORT = ("socket", "dataBuffer", "_tempDataBuffer", "connected", "disconnecting", "TLS")
PROTOCOL = ("state", "STATE_OPEN", "send_queue", "_perMessageCompress")


class Direct:
    """The wire of one socket (``realtime.wire.DirectWrite``)."""

    __slots__ = ("open", "protocol", "send", "transport")

    def __init__(self, protocol: Any) -> None:
        self.protocol = protocol
        self.transport = protocol.transport
        self.open = protocol.STATE_OPEN
        self.send = self.transport.socket.send

    def write(self, data: bytes) -> bool:
        """Put whole frames on the wire. What the kernel does not take at once, Twisted writes after it, in order.

        False while anything waits ahead, while the socket is not open, or where frames are compressed one by one.
        """
        protocol, transport = self.protocol, self.transport
        if protocol.state != self.open or not transport.connected or transport.disconnecting:
            return False
        if transport.dataBuffer or transport._tempDataBuffer or protocol.send_queue or protocol._perMessageCompress:
            return False
        try:
            written = self.send(data)
        except (BlockingIOError, InterruptedError):
            written = 0
        except OSError:
            return True  # the reactor's next read tells of it
        if written < len(data):
            transport.write(data[written:])
        return True


def offer(protocol: Any) -> Direct | None:
    """The direct way for a socket; None where the transport is none that it is known to work on (TLS in the process,
    another reactor, another version)."""
    transport = protocol.transport
    known = isinstance(transport, Connection) and all(hasattr(transport, name) for name in TRANSPORT)
    if not known or transport.TLS or not all(hasattr(protocol, name) for name in PROTOCOL):
        return None
    return Direct(protocol)
