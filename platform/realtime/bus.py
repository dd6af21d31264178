"""Between processes: a function call where there is one, Redis pub/sub where there are several.

What the bus loses is found by the hub's comparison of heads, so everything here may fail without harm: storing does
not need it. (Here is the seam for what happens while Redis is away; today it reconnects with back-off.)
"""

import asyncio
import logging
import os
import random
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
PREFIX = "exchange:"


class Bus(Protocol):
    """What a hub needs to reach the hubs of other processes."""

    def start(self) -> None: ...
    def subscribe(self, topic: str) -> None: ...
    def unsubscribe(self, topic: str) -> None: ...
    def publish(self, item: Item) -> None: ...


class LocalBus:
    """One process: there is nobody else."""

    def start(self) -> None:
        """Nothing to connect."""
        BUS_UP.set(1)

    def subscribe(self, topic: str) -> None:
        """Nothing to hear."""

    def unsubscribe(self, topic: str) -> None:
        """Nothing to stop hearing."""

    def publish(self, item: Item) -> None:
        """The hub has delivered it already."""


class RedisBus:
    """One connection to hear, subscribed to the topics that this process has sockets for, and one to tell."""

    def __init__(self, url: str, arrive: Callable[[Item], None], returned: Callable[[], None]) -> None:
        self.origin = os.urandom(8).hex()
        self.arrive = arrive
        self.returned = returned
        self.client: redis.asyncio.Redis = redis.asyncio.Redis.from_url(
            url, socket_connect_timeout=2, socket_timeout=None, health_check_interval=0
        )
        self.topics = {CONTROL}
        self.orders: deque[tuple[str, str]] = deque()
        self.outgoing: deque[Item] = deque(maxlen=10_000)
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
        """To be told to Redis, in this order, once connected."""
        self.orders.append((verb, topic))
        self.wake.set()

    def publish(self, item: Item) -> None:
        """Tell the other processes; what waits too long is dropped, oldest first."""
        self.outgoing.append(item)
        self.wake.set()

    async def listen(self) -> None:
        """Hear, for as long as the process lives."""
        pause, was_away = FIRST_PAUSE, False
        while True:
            self.subscriptions = self.client.pubsub()
            try:
                self.orders.clear()
                await self.subscriptions.subscribe(*(PREFIX + topic for topic in self.topics))
                BUS_UP.set(1)
                if was_away:
                    self.returned()
                pause = FIRST_PAUSE
                async for message in self.subscriptions.listen():
                    self.take(message)
            except (redis.RedisError, OSError) as problem:
                log.warning("The bus is away (%s); trying again in %.1f s.", problem, pause)
            was_away = True
            BUS_UP.set(0)
            await asyncio.sleep(pause * random.uniform(0.5, 1))  # noqa: S311 (spreads load, guards nothing)
            pause = min(pause * 2, LONGEST_PAUSE)

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

    async def tell(self) -> None:
        """Publish what waits, all of it in one round trip; carry out changes of subscription."""
        while True:
            await self.wake.wait()
            self.wake.clear()
            try:
                await self.carry_out()
                await self.flush()
            except (redis.RedisError, OSError) as problem:
                BUS_LOST.inc()
                log.warning("The bus took nothing (%s).", problem)

    async def carry_out(self) -> None:
        """Subscribe and unsubscribe as ordered."""
        while self.orders:
            verb, topic = self.orders.popleft()
            await getattr(self.subscriptions, verb)(PREFIX + topic)

    async def flush(self) -> None:
        """Publish everything that has gathered."""
        if not self.outgoing:
            return
        items = list(self.outgoing)
        self.outgoing.clear()
        pipeline = self.client.pipeline(transaction=False)
        for item in items:
            pipeline.publish(PREFIX + item.topic, pack(item, self.origin))
        await pipeline.execute()
        BUS_OUT.inc(len(items))


def shout(item: Item) -> None:
    """Publish from a process without a hub: a worker, a command, a server that no socket has come to yet."""
    try:
        shouter().publish(PREFIX + item.topic, pack(item, ""))
    except (redis.RedisError, OSError) as problem:
        log.warning("The bus took nothing (%s).", problem)


@cache
def shouter() -> redis.Redis:
    """The one blocking connection of such a process."""
    return redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=1, socket_timeout=1)
