"""The installation's own keys: made once, kept in a file that only it may read, shared by all its processes."""

import base64
import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""Of the curve P-256 (FIPS 186-5): a private key is a number from 1 up to below it."""
LENGTH = 32


def kept(path: Path, make: Callable[[], str]) -> str:
    """The key in the file; made where there is none, whole for every process that starts at the same instant."""
    if not path.exists():
        fresh = path.with_name(f"{path.name}.{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(make())
        with suppress(FileExistsError):  # another process was quicker: its key it is
            os.link(fresh, path)
        fresh.unlink()
    return path.read_text().strip()


def make_push_key() -> str:
    """A private key of P-256 for push messages (RFC 8292): its number, base64url without padding."""
    number = secrets.randbelow(ORDER - 1) + 1
    return base64.urlsafe_b64encode(number.to_bytes(LENGTH)).decode().rstrip("=")


def is_push_key(text: str) -> bool:
    """Whether this is a key as ``make_push_key`` writes it."""
    try:
        number = base64.b64decode(f"{text}=", altchars=b"-_", validate=True)
    except ValueError:
        return False
    return len(number) == LENGTH and 0 < int.from_bytes(number) < ORDER
