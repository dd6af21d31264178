"""Two ways to load a server with messages, and what comes of it: deliveries, CPU time, how old each delivery was."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import cycle
from statistics import quantiles

import psutil

from bench._delivering.crowd import Crowd, Member

WARMING = 10
"""Messages before anything is measured."""


@dataclass(frozen=True)
class Result:
    """``cpu`` in seconds of user and system time, of all the server's processes; ``ages`` in milliseconds."""

    delivered: int
    lost: int
    cpu: float
    seconds: float
    ages: list[float]
    refused: int

    @property
    def cost(self) -> float:
        """CPU milliseconds for a thousand deliveries."""
        return self.cpu / self.delivered * 1e6

    @property
    def rate(self) -> float:
        """Deliveries a second."""
        return self.delivered / self.seconds

    def age(self, percent: int) -> float:
        """This percentile of the ages; nought where frames do not say when they were sent."""
        return quantiles(self.ages, n=100)[percent - 1] if len(self.ages) > 1 else 0.0


@dataclass
class Room:
    """Who writes, in turn, and how many members hear each message. ``sent`` counts since the last beginning."""

    crowd: Crowd
    senders: Sequence[Member]
    hears: int
    sent: int = 0

    async def carry(self, moments: AsyncIterator[None]) -> bool:
        """A message at each of these moments; True once everybody has every one."""
        self.crowd.begin()
        self.sent = 0
        senders = cycle(self.senders)
        async for _ in moments:
            next(senders).post()
            self.sent += 1
        return await self.crowd.until(self.sent * self.hears)


Flow = Callable[[Room], AsyncIterator[None]]


def steady(rate: float, messages: int) -> Flow:
    """So many messages a second by the clock, whatever the server does."""

    async def moments(room: Room) -> AsyncIterator[None]:
        loop = asyncio.get_running_loop()
        begun = loop.time()
        for number in range(messages):
            await asyncio.sleep(max(0.0, begun + number / rate - loop.time()))
            yield

    return moments


def saturated(in_flight: int, seconds: float) -> Flow:
    """So many messages under way at any time: for each that has reached everybody, another."""

    async def moments(room: Room) -> AsyncIterator[None]:
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while loop.time() < end:
            if room.sent >= in_flight and not await room.crowd.until((room.sent - in_flight + 1) * room.hears):
                return
            yield

    return moments


def spent(processes: Iterable[int]) -> float:
    """User and system time of these processes so far, in seconds."""
    times = [psutil.Process(pid).cpu_times() for pid in processes]
    return float(sum(one.user + one.system for one in times))


async def measured(room: Room, processes: Sequence[int], flow: Flow) -> Result:
    """What the flow costs these processes, after a little warming."""
    await room.carry(steady(WARMING, WARMING)(room))
    loop = asyncio.get_running_loop()
    before, begun = spent(processes), loop.time()
    await room.carry(flow(room))
    cpu, seconds = spent(processes) - before, loop.time() - begun
    crowd = room.crowd
    return Result(
        crowd.delivered, room.sent * room.hears - crowd.delivered, cpu, seconds, list(crowd.ages), crowd.refused
    )
