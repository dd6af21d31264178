"""What a long absence and a long history cost: catching up with a thousand messages, opening a room of a million."""

import asyncio
import json
import os
import sys
from collections.abc import Callable
from functools import partial
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

from bench._databases import on_both

if TYPE_CHECKING:
    from bench._history import Told

LONG = int(os.environ.get("BENCH_HISTORY", "1000000"))
SHORT = 100
MISSED = 1000
OPENED = 15
"""Times that each page is opened, in turn with the same page of the other room."""
CAUGHT_UP = 5


def measure() -> dict[str, float | str]:
    """Milliseconds, queries and bytes on both databases; the fewer the better."""
    return on_both("bench.history")


def here() -> dict[str, float | str]:
    """On the database of the environment."""
    import django

    django.setup()
    from bench._history import Reader, grow, prepared

    begun = perf_counter()
    reader = Reader(prepared())
    short, long = (grow(reader.person, f"Room {length}", length) for length in (SHORT, LONG))
    figures: dict[str, float | str] = {f"{SHORT + LONG} messages made, s": round(perf_counter() - begun)}
    for name, address in PAGES.items():
        brief, lengthy = in_turn(*(partial(reader.opens, address(pk)) for pk in (short, long)))
        figures[f"{name}, {SHORT} messages, ms"] = round(brief, 1)
        figures[f"{name}, {LONG} messages, ms"] = round(lengthy, 1)
        figures[f"{name}, times as long (bar: at most 1.5)"] = round(lengthy / brief, 2)
    told = [asyncio.run(reader.catches_up(long, MISSED)) for _ in range(CAUGHT_UP)]
    return figures | caught_up(told)


PAGES: dict[str, Callable[[int], str]] = {
    "the room": lambda pk: f"/chat/{pk}/",
    "an early page": lambda pk: f"/chat/{pk}/?around=50",
    "its newest over the API": lambda pk: f"/chat/api/rooms/{pk}/messages/",
}


def in_turn(one: Callable[[], None], other: Callable[[], None]) -> tuple[float, float]:
    """The median milliseconds of each."""
    one()
    other()
    times = [(milliseconds(one), milliseconds(other)) for _ in range(OPENED)]
    first, second = zip(*times, strict=True)
    return median(first), median(second)


def milliseconds(act: Callable[[], None]) -> float:
    """How long it takes."""
    begun = perf_counter()
    act()
    return (perf_counter() - begun) * 1000


def caught_up(told: "list[Told]") -> dict[str, float | str]:
    """What it took to have all that was missed, from the opened socket to the last page."""
    return {
        f"{MISSED} missed, ms": round(median(one.seconds for one in told) * 1000),
        f"{MISSED} missed, pages": told[0].pages,
        f"{MISSED} missed, kB": round(told[0].size / 1000),
        f"{MISSED} missed, queries, with those of signing in": told[0].queries,
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(here()))
