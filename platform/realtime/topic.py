"""One topic in one process: who is on it, and what reaches them."""

from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from realtime.items import Item
from realtime.kinds import parse
from realtime.wire import Frame

if TYPE_CHECKING:
    from realtime.hub import Hub
    from realtime.socket import Socket


MOST_MISSED = 100
"""Frames kept for a place while it catches up; with more than these it reads the database again."""


class Missed(NamedTuple):
    """A frame that took the live places from ``since`` to ``version``, committed under ``access``."""

    since: int
    version: int
    access: int
    frame: Frame


class Place:
    """One socket on one topic: what it has, and the access number at which its right was last checked.
    It is ``live`` once nothing is missing; one that only ``counts`` hears of heads, not of changes. What goes out
    while it is not live yet is ``missed``, and follows the page that it waits for."""

    __slots__ = ("access", "counts", "have", "live", "missed", "outbox", "socket", "topic")

    def __init__(self, socket: "Socket", topic: "Topic") -> None:
        self.socket = socket
        self.outbox = socket.outbox
        self.topic = topic
        self.have = 0
        self.access = 0
        self.live = False
        self.counts = False
        self.missed: deque[Missed] | tuple[()] = ()

    def miss(self, one: Missed) -> None:
        """Keep a frame for later. There is a place for each socket in each of its rooms, and an empty ``deque`` takes
        three quarters of a kilobyte: so there is one only while there is something to keep."""
        if not isinstance(self.missed, deque):
            self.missed = deque(maxlen=MOST_MISSED)
        self.missed.append(one)


class Topic:
    """A topic without versions, such as what is meant for one user: everything on it goes out at once."""

    def __init__(self, name: str, hub: "Hub") -> None:
        self.name = name
        self.id = parse(name)[1]
        self.hub = hub
        self.places: set[Place] = set()

    @property
    def is_idle(self) -> bool:
        """True when nobody here listens."""
        return not self.places

    def arrive(self, item: Item) -> None:
        """Write to every socket, which may have to leave another topic first."""
        frame = Frame(item.text)
        for place in list(self.places):
            if item.drop and (left := place.socket.places.get(item.drop)):
                self.hub.leave(left)
            place.outbox.put(frame)

    def stop(self) -> None:
        """Nobody listens any more."""
