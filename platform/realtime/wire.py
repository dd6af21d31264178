"""Frames as they go over the wire, made once for all who get them, and the server's offer to write them directly."""

from functools import cached_property
from typing import Protocol

DIRECT = "exchange.direct"
"""The name of the offer in ``scope["extensions"]``."""

SHORT, MEDIUM = 126, 2**16


class Frame:
    """One JSON frame. Its bytes are worked out when the first socket needs them, and shared by all. ``size`` is what
    it counts against a socket's bound: a page, of which there is one at a time, counts nothing."""

    def __init__(self, text: str, *, page: bool = False) -> None:
        self.text = text
        self.size = 0 if page else len(text)

    @cached_property
    def wire(self) -> bytes:
        """An unfragmented, unmasked text frame (RFC 6455, 5.2)."""
        payload = self.text.encode()
        size = len(payload)
        if size < SHORT:
            return bytes((0x81, size)) + payload
        if size < MEDIUM:
            return b"\x81\x7e" + size.to_bytes(2, "big") + payload
        return b"\x81\x7f" + size.to_bytes(8, "big") + payload


class DirectWrite(Protocol):
    """What a server may offer: to put ready frames on the wire within the same step of the event loop."""

    def write(self, data: bytes) -> bool:
        """Take all of ``data``, or nothing: False when it must go the ordinary, ordered way."""
