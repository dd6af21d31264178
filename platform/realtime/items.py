"""What travels from a commit to the hubs: one finished frame with the numbers that it was committed under."""

import json
from dataclasses import asdict, dataclass
from typing import Any

CONTROL = "control"
"""The topic that every process listens to: whose sessions to look at again."""


@dataclass(frozen=True)
class Item:
    """One thing to deliver. ``version`` and ``access`` are the topic's at the commit; without a version it is a hint,
    which is not repaired when lost. ``by`` is the user who need not hear it; ``drop`` a topic that the hearer's
    sockets leave first."""

    topic: str
    text: str
    version: int | None = None
    access: int = 0
    by: int = 0
    drop: str = ""


encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def encode(frame: dict[str, Any]) -> str:
    """A frame as it goes over the wire: JSON, UTF-8, no spaces."""
    return encoder.encode(frame)


def pack(item: Item, origin: str) -> bytes:
    """For the bus, with the name of the process that it comes from."""
    return json.dumps([origin, asdict(item)]).encode()


def unpack(data: bytes) -> tuple[str, Item]:
    """The reverse of ``pack``. Raises ``ValueError`` or ``TypeError`` for anything else."""
    origin, fields = json.loads(data)
    return origin, Item(**fields)
