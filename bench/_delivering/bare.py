"""The least that Python can do: an asyncio protocol that writes a ready frame to every socket for each that it hears.

It knows no people, keeps nothing and renders nothing. ``python -m bench._delivering.bare PORT BYTES``.
"""

import asyncio
import base64
import hashlib
import sys

from bench._delivering.crowd import DIGITS, MARK, borders

MAGIC = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
sockets: "set[asyncio.Transport]" = set()


class Bare(asyncio.Protocol):
    """One socket; every frame from it makes one frame to all."""

    transport: asyncio.Transport
    ready = b""

    def __init__(self) -> None:
        self.rest = b""
        self.is_open = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Wait for the upgrade."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        """One fewer."""
        sockets.discard(self.transport)

    def data_received(self, data: bytes) -> None:
        """Answer the upgrade; then write to everybody for each frame."""
        data = self.rest + data if self.rest else data
        start = 0 if self.is_open else self.opened(data)
        while self.is_open and (frame := borders(data, start, masked=True)):
            _, start = frame
            for transport in sockets:
                transport.write(self.ready)
        self.rest = data[start:]

    def opened(self, data: bytes) -> int:
        """Where the frames begin: after the request, once it is whole."""
        end = data.find(b"\r\n\r\n")
        if end >= 0:
            self.is_open = True
            self.transport.write(
                answer(data) if b"Upgrade:" in data else b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
            )
            if b"Upgrade:" in data:
                sockets.add(self.transport)
        return end + 4 if end >= 0 else 0


def answer(request: bytes) -> bytes:
    """101, with the proof that the key was read (RFC 6455, section 4.2.2)."""
    key = request.partition(b"Sec-WebSocket-Key: ")[2].partition(b"\r\n")[0]
    proof = base64.b64encode(hashlib.sha1(key + MAGIC).digest())
    head = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
    return head + proof + b"\r\n\r\n"


def ready_frame(size: int) -> bytes:
    """A text frame whose payload is so long, as the crowd counts it."""
    payload = (b'{"type":"change","body":"' + MARK + b"0" * DIGITS).ljust(size - 2, b"x") + b'"}'
    return b"\x81\x7e" + len(payload).to_bytes(2, "big") + payload


async def serve(port: int, size: int) -> None:
    """For ever."""
    Bare.ready = ready_frame(size)
    server = await asyncio.get_running_loop().create_server(Bare, "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), int(sys.argv[2])))
