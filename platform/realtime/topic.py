"""One topic in one process: who is on it, and what reaches them."""

from typing import TYPE_CHECKING

from realtime.items import Item
from realtime.kinds import parse
from realtime.wire import Frame

if TYPE_CHECKING:
    from realtime.hub import Hub
    from realtime.socket import Socket


class Place:
    """One socket on one topic: what it has, and the access number at which its right was last checked.
    It is ``live`` once nothing is missing; one that only ``counts`` hears of heads, not of changes."""

    __slots__ = ("access", "counts", "have", "live", "socket", "topic")

    def __init__(self, socket: "Socket", topic: "Topic") -> None:
        self.socket = socket
        self.topic = topic
        self.have = 0
        self.access = 0
        self.live = False
        self.counts = False


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
            place.socket.outbox.put(frame)

    def stop(self) -> None:
        """Nobody listens any more."""
