"""Looks at the database again and again while a round goes on: whether anybody stays behind, whether it is whole."""

import asyncio
import time
from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.db.models import Count, Max

from chat.models import Room
from tests.faults.talk.device import Device
from tests.faults.talk.judge import Judge
from tests.faults.talk.seats import Seats

PAUSE = 0.5
LONGEST_STEP = 1.0
"""Seconds that the clock goes on from one look to the next at most: on a machine too busy for the looks themselves,
nobody else is on time either."""
BEAT = 30.0
"""Seconds within which a client that is connected has what its rooms have."""


class Behind(NamedTuple):
    """A client has not come to ``version`` of a room, where the room was ``at`` that moment, ``since`` by the clock."""

    version: int
    at: float
    since: float


class Watch:
    """``latest`` is where the rooms stood when it ``looked``; ``longest`` the longest that anybody was seen behind, in
    seconds of its ``clock``. ``undisturbed`` says since when the database has been up."""

    def __init__(self, judge: Judge, devices: Iterable[Device], seats: Seats, undisturbed: Callable[[], float]) -> None:
        self.judge, self.devices, self.seats, self.undisturbed = judge, list(devices), seats, undisturbed
        self.behind: dict[tuple[Device, int], Behind] = {}
        self.longest = 0.0
        self.looked = time.monotonic()
        self.clock = 0.0
        self.latest: dict[int, int] = {}

    async def keep(self) -> None:
        """Until cancelled."""
        while True:
            await asyncio.sleep(PAUSE)
            await self.look()

    async def look(self) -> None:
        """One moment."""
        began = time.monotonic()
        heads = await self.judge.second.does(self.heads)
        self.clock += min(began - self.looked, LONGEST_STEP)
        self.looked, self.latest = began, heads
        for device in self.devices:
            for room, holding in device.rooms.items():
                self.compare(device, room, holding.have, heads[room])

    def heads(self) -> dict[int, int]:
        """Where the rooms stand. In one and the same snapshot, each has as many messages as it says, without a hole."""
        counted = Room.objects.annotate(
            rows=Count("messages"), last=Max("messages__number"), newest=Max("messages__version")
        )
        found = {}
        for pk, version, count, rows, last, newest in counted.values_list(
            "pk", "version", "message_count", "rows", "last", "newest"
        ):
            found[pk] = version
            whole = count == rows == (last or 0) and (newest or 0) <= version
            facts = f"room {pk} says {count} messages and version {version}, and has {rows}, up to {last} and {newest}"
            self.judge.holds("order", whole, facts)
        return found

    def compare(self, device: Device, room: int, have: int, head: int) -> None:
        """Whether a client is behind, and for how long it has been while all was well."""
        seen = self.behind.get((device, room))
        if have >= head or not device.since or not self.seats.holds(device.person.pk, room):
            self.behind.pop((device, room), None)
        elif seen is None or have >= seen.version or seen.at < max(device.since, self.undisturbed()):
            self.behind[device, room] = Behind(head, time.monotonic(), self.clock)
        else:
            late = self.clock - seen.since
            self.longest = max(self.longest, late)
            if late > BEAT:
                facts = f"{have} of room {room} for {late:.0f} s after it had come to {seen.version}"
                self.judge.breaks("prompt", f"{device} at {device.port} had {facts}: {device.rooms[room].waits()}")
                del self.behind[device, room]
