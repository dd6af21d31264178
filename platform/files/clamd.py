"""Asks a ClamAV daemon about a file: ``INSTREAM`` of clamd's protocol (man 8 clamd), one connection a file."""

import socket
import struct
from pathlib import Path
from urllib.parse import urlsplit

PIECE = 64 * 1024
PORT = 3310
PATIENCE = 60.0
"""Seconds that an answer may take."""


class ScannerAwayError(Exception):
    """Nobody answers, or nothing that can be understood: nothing is known of the file."""


def virus_in(address: str, path: Path) -> str:
    """The name of what was found in the file at ``path``; empty where nothing was. ``address`` is as in the setting
    ``CLAMD``. Raises ``ScannerAwayError``, and ``FileNotFoundError`` for the file."""
    with path.open("rb") as file:
        try:
            with connected(address) as scanner:
                scanner.sendall(b"zINSTREAM\0")
                while piece := file.read(PIECE):
                    scanner.sendall(struct.pack(">I", len(piece)) + piece)
                scanner.sendall(struct.pack(">I", 0))
                return verdict(heard(scanner))
        except OSError as away:
            raise ScannerAwayError(str(away)) from away


def connected(address: str) -> socket.socket:
    """The line to it."""
    parts = urlsplit(address)
    if parts.scheme != "unix":
        return socket.create_connection((parts.hostname, parts.port or PORT), timeout=PATIENCE)
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    line.settimeout(PATIENCE)
    try:
        line.connect(parts.path)
    except OSError:
        line.close()
        raise
    return line


def heard(scanner: socket.socket) -> str:
    """Its one answer, which ends with a zero byte."""
    answer = b""
    while not answer.endswith(b"\0") and (more := scanner.recv(4096)):
        answer += more
    return answer.rstrip(b"\0").decode(errors="replace")


def verdict(answer: str) -> str:
    """``stream: OK`` or ``stream: Eicar-Signature FOUND``; anything else is no verdict."""
    said = answer.removeprefix("stream: ")
    if said == "OK":
        return ""
    if said.endswith(" FOUND"):
        return said.removesuffix(" FOUND")
    raise ScannerAwayError(answer)
