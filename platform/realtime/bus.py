"""Between processes: a function call where there is one, Redis pub/sub where there are several.

What the bus loses is found by the hub's comparison of heads, so everything here may fail without harm: storing does
not need it. While Redis is away the hub compares eight times as often, a process delivers to its own sockets as
always, and what it has for the others waits, up to a bound; on return that is told, and every socket compares.
"""

import asyncio
import logging
import os
import random
import time
from collections import deque
from collections.abc import Callable
from functools import cache
from typing import Any, Protocol

import redis
import redis.asyncio
from django.conf import settings

from realtime.items import CONTROL, Item, pack, unpack
from realtime.metrics import BUS_IN, BUS_LOST, BUS_OUT, BUS_UP

log = logging.getLogger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = 0.2, 5.0
QUIET = 10.0
"""Seconds of silence after which Redis is asked whether it is there, and after as many more it is not: a host that is
gone closes no connection."""
SILENCE = 3.0
"""Seconds for which a process without a hub says nothing after Redis took nothing."""
MOST_WAITING = 2000
"""Items kept for the others while they cannot be told. Who lacks more in one room begins it anew."""
PREFIX = "exchange:"


class Bus(Protocol):
    """What a hub that is not ``alone`` needs to reach those of other processes. ``away`` is set while it cannot."""

    alone: bool
    away: asyncio.Event

    def start(self) -> None: ...
    def subscribe(self, topic: str) -> None: ...
    def unsubscribe(self, topic: str) -> None: ...
    def publish(self, item: Item) -> None: ...


class LocalBus:
    """One process: there is nobody else, and so nothing to be away."""

    alone = True

    def __init__(self) -> None:
        self.away = asyncio.Event()

    def start(self) -> None:
        """Nothing to connect."""
        BUS_UP.set(1)

    def subscribe(self, topic: str) -> None:
        """Nothing to hear."""

    def unsubscribe(self, topic: str) -> None:
        """Nothing to stop hearing."""

    def publish(self, item: Item) -> None:
        """The hub has delivered it already."""


class Pause:
    """How long until the next attempt: longer each time, and never the same in two processes."""

    def __init__(self) -> None:
        self.longest = FIRST_PAUSE

    def reset(self) -> None:
        """It worked."""
        self.longest = FIRST_PAUSE

    async def take(self) -> None:
        """Wait."""
        seconds = self.longest * random.uniform(0.5, 1)  # noqa: S311 (spreads load, guards nothing)
        self.longest = min(self.longest * 2, LONGEST_PAUSE)
        await asyncio.sleep(seconds)


class RedisBus:
    """One connection to hear, subscribed to the topics that this process has sockets for, and one to tell."""

    alone = False

    def __init__(self, url: str, arrive: Callable[[Item], None], returned: Callable[[], None]) -> None:
        self.origin = os.urandom(8).hex()
        self.arrive = arrive
        self.returned = returned
        self.client: redis.asyncio.Redis = redis.asyncio.Redis.from_url(
            url, socket_connect_timeout=2, socket_timeout=QUIET, health_check_interval=0
        )
        self.topics = {CONTROL}
        self.orders: deque[tuple[str, str]] = deque()
        self.outgoing: deque[Item] = deque(maxlen=MOST_WAITING)
        self.away = asyncio.Event()
        self.away.set()
        self.wake = asyncio.Event()
        self.tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Connect, and stay connected."""
        if not self.tasks:
            self.tasks = [asyncio.create_task(self.listen()), asyncio.create_task(self.tell())]

    def subscribe(self, topic: str) -> None:
        """Hear of a topic."""
        self.topics.add(topic)
        self.order("subscribe", topic)

    def unsubscribe(self, topic: str) -> None:
        """Hear of it no more."""
        self.topics.discard(topic)
        self.order("unsubscribe", topic)

    def order(self, verb: str, topic: str) -> None:
        """To be told to Redis, in this order; who connects anew asks for all topics anyway."""
        if not self.away.is_set():
            self.orders.append((verb, topic))
            self.wake.set()

    def publish(self, item: Item) -> None:
        """Tell the other processes, now or on return; what waits too long is dropped, oldest first, and what matters
        only at this moment at once."""
        if not (item.by and self.away.is_set()):
            self.outgoing.append(item)
            self.wake.set()

    # Hearing

    async def listen(self) -> None:
        """Hear, for as long as the process lives; all connections end with it."""
        pause, was_here = Pause(), False
        async with self.client:
            while True:
                try:
                    async with self.client.pubsub() as self.subscriptions:
                        await self.connect()
                        pause.reset()
                        if was_here:
                            self.returned()
                        was_here = True
                        await self.hear()
                except (redis.RedisError, OSError) as problem:
                    log.warning("The bus is away (%s).", problem)
                await pause.take()

    async def connect(self) -> None:
        """Subscribe to every topic. Only the answer shows that Redis is there: a dead connection takes the question."""
        asked = set(self.topics)
        await self.subscriptions.subscribe(*(PREFIX + topic for topic in asked))
        if await self.subscriptions.get_message(timeout=QUIET) is None:
            raise redis.TimeoutError("No answer.")
        self.away.clear()
        BUS_UP.set(1)
        self.orders = deque(("unsubscribe", topic) for topic in asked - self.topics)
        self.orders += (("subscribe", topic) for topic in self.topics - asked)
        self.wake.set()

    async def hear(self) -> None:
        """Take what comes, until the connection is gone: from then on nobody uses it."""
        asked = False
        try:
            while True:
                if message := await self.subscriptions.get_message(timeout=QUIET):
                    asked = False
                    self.take(message)
                elif asked:
                    raise redis.TimeoutError("Not a word.")
                else:
                    asked = True
                    await self.subscriptions.ping()
        finally:
            self.away.set()
            BUS_UP.set(0)

    def take(self, message: dict[str, Any]) -> None:
        """Deliver what another process published; one's own echo is known already."""
        if message["type"] != "message":
            return
        try:
            origin, item = unpack(message["data"])
        except (ValueError, TypeError):
            log.warning("The bus carried something that is none of ours.")
            return
        if origin != self.origin:
            BUS_IN.inc()
            self.arrive(item)

    # Telling

    async def tell(self) -> None:
        """Publish what waits, all of it in one round trip; carry out changes of subscription. Neither while the bus is
        away: its return wakes this up."""
        pause = Pause()
        while True:
            await self.wake.wait()
            self.wake.clear()
            if self.away.is_set():
                continue
            try:
                await self.carry_out()
                await self.flush()
                pause.reset()
            except (redis.RedisError, OSError) as problem:
                BUS_LOST.inc()
                log.warning("The bus took nothing (%s).", problem)
                await pause.take()
                self.wake.set()

    async def carry_out(self) -> None:
        """Subscribe and unsubscribe as ordered."""
        while self.orders:
            verb, topic = self.orders.popleft()
            await getattr(self.subscriptions, verb)(PREFIX + topic)

    async def flush(self) -> None:
        """Publish everything that has gathered. What was not taken goes back: to be told twice harms nobody."""
        items = list(self.outgoing)
        if not items:
            return
        self.outgoing.clear()
        pipeline = self.client.pipeline(transaction=False)
        for item in items:
            pipeline.publish(PREFIX + item.topic, pack(item, self.origin))
        try:
            await pipeline.execute()
        except (redis.RedisError, OSError):
            self.outgoing = deque([*items, *self.outgoing], maxlen=MOST_WAITING)
            raise
        BUS_OUT.inc(len(items))


class Shouter:
    """The one blocking connection of a process without a hub. Where Redis did not take something, nothing more is said
    for a while: each attempt may hold its caller for a second, and a new seat alone is told to every room."""

    def __init__(self) -> None:
        self.client = redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=1, socket_timeout=1)
        self.silent_until = 0.0

    def publish(self, item: Item) -> None:
        """Say it, or lose it: the others compare heads."""
        if time.monotonic() < self.silent_until:
            BUS_LOST.inc()
            return
        try:
            self.client.publish(PREFIX + item.topic, pack(item, ""))
        except (redis.RedisError, OSError) as problem:
            BUS_LOST.inc()
            log.warning("The bus took nothing (%s).", problem)
            self.silent_until = time.monotonic() + SILENCE


def shout(item: Item) -> None:
    """Publish from a process without a hub: a worker, a command, a server that no socket has come to yet."""
    shouter().publish(item)


@cache
def shouter() -> Shouter:
    """That of this process."""
    return Shouter()
