"""What must hold at every moment of a round: each thing that a client hears is held against a second connection to the
database, or kept for the verdict at the end."""

import sys
import time
from collections import Counter
from typing import NamedTuple
from uuid import UUID

from tests.faults.talk.holding import Frame
from tests.faults.talk.second import Second, Seen

SHOWN = 5
"""Of each broken assertion, so many are told in full."""


class Heard(NamedTuple):
    """What of a room came to a person: everything that was new up to a version."""

    person: int
    room: int
    version: int
    at: float


class Ack(NamedTuple):
    """Where a post stands."""

    room: int
    message: int
    number: int


class Judge:
    """``broken`` counts by name; ``frames`` what was received; ``acks`` and ``refused`` are by author and client_id."""

    def __init__(self) -> None:
        self.broken: Counter[str] = Counter()
        self.frames: Counter[str] = Counter()
        self.heard: list[Heard] = []
        self.changes: dict[tuple[int, int], int] = {}
        self.acks: dict[tuple[int, UUID], Ack] = {}
        self.refused: Counter[tuple[int, UUID]] = Counter()
        self.second = Second()

    def breaks(self, name: str, facts: str) -> None:
        """An assertion does not hold."""
        self.broken[name] += 1
        if self.broken[name] <= SHOWN:
            sys.stdout.write(f"BROKEN {name}: {facts}\n")
            sys.stdout.flush()

    def holds(self, name: str, condition: bool, facts: str) -> None:
        """It had better."""
        if not condition:
            self.breaks(name, facts)

    # While it runs

    def acked(self, author: int, client_id: UUID, ack: Ack) -> None:
        """An ack arrives: the message is visible to others, and each ack of a post says the same."""
        first = self.acks.setdefault((author, client_id), ack)
        self.holds("once", first == ack, f"{client_id} was acked as {first}, then as {ack}")
        self.second.ask(lambda seen: self.is_stored(author, client_id, ack, seen), client_id)

    def is_stored(self, author: int, client_id: UUID, ack: Ack, seen: Seen) -> None:
        """What the second connection says of it."""
        stored = seen.messages.get((author, client_id))
        self.holds("acked", stored == tuple(ack), f"{client_id} was acked as {ack}, another connection sees {stored}")

    def done(self, room: int, version: int) -> None:
        """An edit, deletion, sign or pin is answered: so far the room has come."""
        self.reaches("acked", room, version)

    def hears(self, person: int, frame: Frame) -> None:
        """A change, or a page of them, reaches a client."""
        room, version = frame["room"], frame["version"]
        if frame.get("message") or frame.get("messages") or frame.get("room_state"):
            self.heard.append(Heard(person, room, version, time.monotonic()))
        if "message" in frame:
            known = self.changes.setdefault((room, version), frame["message"]["id"])
            same = known == frame["message"]["id"]
            self.holds("order", same, f"version {version} of room {room} is message {known} for one, not for another")
        self.reaches("committed", room, version)

    def reaches(self, name: str, room: int, version: int) -> None:
        """The database has come as far as was said."""
        if version > self.second.heads.get(room, 0):
            facts = f"version {version} of room {room} came, another connection sees"
            self.second.ask(lambda seen: self.holds(name, seen.heads[room] >= version, f"{facts} {seen.heads[room]}"))
