"""What a client has of one room, and what it has said and not been answered yet."""

import time
from dataclasses import dataclass, field
from typing import Any

Frame = dict[str, Any]
"""Anything that is said over the wire."""


@dataclass
class Holding:
    """The messages of a room by id, and the version up to which the client ``has`` them; ``live`` once the server has
    brought it to the head. A page was ``asked`` for at that moment of the clock, if one is awaited."""

    have: int = 0
    messages: dict[int, Frame] = field(default_factory=dict)
    state: Frame | None = None
    live: bool = False
    asked: float = 0.0

    def take(self, frame: Frame) -> None:
        """A change or a page: replace by id, and move on."""
        changed = [frame["message"]] if "message" in frame else frame.get("messages", [])
        self.messages.update({message["id"]: message for message in changed})
        self.state = frame.get("room_state", self.state)
        self.have = frame["version"]

    def waits_too_long(self, seconds: float) -> bool:
        """Whether a page that was asked for should have come by now."""
        return bool(self.asked) and time.monotonic() - self.asked > seconds

    def waits(self) -> str:
        """Whether it is live, and how long it has waited for a page."""
        asked = f"asked {time.monotonic() - self.asked:.0f} s ago" if self.asked else "asked for nothing"
        return f"{'live' if self.live else 'not live'}, {asked}"

    def recent(self, number: int) -> list[Frame]:
        """The last messages, those with words in them."""
        return [message for message in list(self.messages.values())[-number:] if not message.get("deleted")]


@dataclass
class Task:
    """Something to be said in a room until it is answered. ``frame`` is how it goes over the socket; ``sent`` is nought
    while it waits to be said, for the first time or again; ``not_before`` is what ``retry_after`` asked for."""

    frame: Frame
    sent: float = 0.0
    not_before: float = 0.0

    @property
    def ref(self) -> str:
        """What its answer bears."""
        return str(self.frame["ref"])

    @property
    def room(self) -> int:
        """Where it is said."""
        return int(self.frame["room"])

    def is_due(self, patience: float) -> bool:
        """Whether it should be said now."""
        now = time.monotonic()
        return now >= self.not_before and (not self.sent or now - self.sent > patience)
