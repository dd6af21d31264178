"""Where mails come from: a pipe with one, an mbox file or a Maildir folder with many. Nothing in them is changed.

However large a mail is, at most ``LARGEST`` bytes of it are held: its words stand before its attachments.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

LARGEST = 2**20
CHUNK = 2**16
ENVELOPE = b"From "
"""Begins each mail of an mbox (RFC 4155), and what some servers put before the mail in a pipe."""
SEPARATOR = re.compile(rb"From \S+\s.*\d\d:\d\d")
"""The whole of it: an address and a date. A sentence that begins so has none."""


def from_pipe(stream: BinaryIO) -> bytes:
    """The one mail of a stream, which is read to its end: whoever writes must not find the pipe closed."""
    kept = stream.read(LARGEST)
    while stream.read(CHUNK):
        pass
    if kept.startswith(ENVELOPE):
        return kept.partition(b"\n")[2]
    return kept


def from_path(path: Path) -> Iterator[bytes]:
    """The mails of a Maildir or of an mbox, the oldest delivery first. Raises ``OSError`` where neither can be read."""
    if path.is_dir():
        yield from from_maildir(path)
    else:
        with path.open("rb") as stream:
            yield from from_mbox(stream)


def from_maildir(folder: Path) -> Iterator[bytes]:
    """Those in ``new`` and ``cur``. A mail that another reader moves meanwhile is there at the next run."""
    if not (folder / "new").is_dir():
        raise NotADirectoryError(f"{folder} is a folder, but no Maildir: it has no folder new.")
    files = [
        path
        for name in ("new", "cur")
        for path in folder.glob(f"{name}/*")
        if path.is_file() and not path.name.startswith(".")
    ]
    for path in sorted(files, key=lambda path: path.name):
        try:
            with path.open("rb") as stream:
                yield stream.read(LARGEST)
        except FileNotFoundError:
            continue


def from_mbox(stream: BinaryIO) -> Iterator[bytes]:
    """Those of an mbox: each begins with a line ``From …`` at the start or after an empty line; ``>From`` in a mail's
    own words loses its sign."""
    kept, size, blank = bytearray(), 0, True
    begun = False
    while line := stream.readline(CHUNK):
        if blank and SEPARATOR.match(line):
            if begun:
                yield bytes(kept)
            kept, size, begun = bytearray(), 0, True
        elif begun and size < LARGEST:
            kept += unquoted(line)[: LARGEST - size]
            size += len(line)
        blank = not line.strip(b"\r\n")
    if begun:
        yield bytes(kept)


def unquoted(line: bytes) -> bytes:
    """The line as it was before it came into the mbox."""
    return line[1:] if line.startswith(b">") and line.lstrip(b">").startswith(ENVELOPE) else line
