"""Messages a second that fifty callers have stored and acked: through the writer, and each in an ORM transaction."""

import asyncio
import json
import os
import sys
from collections.abc import Awaitable, Callable
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

from bench._databases import begin, on_both

if TYPE_CHECKING:
    from accounts.models import User
    from chat.models import Room

CALLERS = 50
SECONDS = float(os.environ.get("BENCH_SECONDS", "4"))
"""How long each round takes; there are three of each way, in turn."""
ROUNDS = 3

Store = Callable[["Room", "User"], Awaitable[None]]


def measure() -> dict[str, float | str]:
    """Messages a second on both databases; the greater the better."""
    return on_both("bench.storing")


def here() -> dict[str, float | str]:
    """On the database of the environment: the medians of the rounds, side by side."""
    begin()
    from bench._stored import by_orm, by_writer, room_of
    from exchange.collector import spare_the_collector

    room, people = room_of(CALLERS)
    spare_the_collector()  # both ways, as the product's processes do
    ways: list[Store] = [by_writer, by_orm]
    rounds = [[asyncio.run(rate(way, room, people)) for way in ways] for _ in range(ROUNDS)]
    ours, orm = (median(column) for column in zip(*rounds, strict=True))
    return {
        f"{CALLERS} callers, through the writer, a second": round(ours),
        f"{CALLERS} callers, an ORM transaction a message, a second": round(orm),
        "times as many (bar: at least 10)": round(ours / orm, 1),
    }


async def rate(store: Store, room: "Room", people: "list[User]") -> float:
    """How many a second, when each caller sends its next message as soon as the last one is acked."""
    begun = perf_counter()
    ends = begun + SECONDS

    async def call(person: "User") -> int:
        acked = 0
        while perf_counter() < ends:
            await store(room, person)
            acked += 1
        return acked

    acked = await asyncio.gather(*(call(person) for person in people))
    return sum(acked) / (perf_counter() - begun)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(here()))
