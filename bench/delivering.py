"""What it costs to bring a message to everybody in its room, beside plain Channels and the least that Python can do.

One run for all; CPU time of the servers (user and system) without database and Redis; messages of 120 characters, which
are stored, rendered and delivered. ``BENCH_SECONDS`` (6) for each load, ``BENCH_MEMBERS`` (200) in the one room,
``BENCH_ROOMS`` (50) of ten members each for the latency.
"""

import asyncio
import os
from dataclasses import replace

from bench._delivering.crowd import Ticket, gather
from bench._delivering.load import Flow, Result, Room, measured, saturated, steady
from bench._delivering.servers import Served, bare, ours, ours_with_redis, plain, plain_with_redis

SECONDS = float(os.environ.get("BENCH_SECONDS", "6"))
MEMBERS = int(os.environ.get("BENCH_MEMBERS", "200"))
ROOMS = int(os.environ.get("BENCH_ROOMS", "50"))
SMALL = 10
SENDERS = 4
FLOWS = {
    "20 a second": steady(20, round(20 * SECONDS)),
    "64 in flight": saturated(64, SECONDS),
}
BARS = {
    "20 a second": {"plain": 15, "bare": 3.0, "two": 4.0},
    "64 in flight": {"plain": 20, "bare": 2.5, "two": 4.0},
}
"""Ours at most one n-th of the peer's; at most so many times the bare writer's, in one process and in two."""
QUICKER = 3
"""Our latency at most one n-th of the peer's."""
TOGETHER = steady(100, round(100 * SECONDS))
OURS, TWO, BARE = "ours, one process, SQLite", "ours, two processes, PostgreSQL and Redis", "bare writer"
MEMORY, CORE, PUBSUB = (f"plain Channels, {layer}" for layer in ("in memory", "Redis core", "Redis pub/sub"))
Results = dict[str, dict[str, Result]]


def measure() -> dict[str, float | str]:
    """CPU milliseconds for a thousand deliveries in one room, latency in many; and how it compares."""
    one, both = [MEMBERS], [MEMBERS] + [SMALL] * ROOMS
    results: Results = {}
    with ours(one) as served:
        results[OURS], frame = in_one_room(served)
    with bare(MEMBERS, frame) as served:
        results[BARE], _ = in_one_room(served)
    with ours_with_redis(both, 2) as served:
        results[TWO], _ = in_one_room(replace(served, rooms=served.rooms[:1]))
        own = in_many_rooms(replace(served, rooms=[at_one_process(room) for room in served.rooms[1:]]))
    with plain(one) as served:
        results[MEMORY], _ = in_one_room(served)
    with plain_with_redis(one, "core") as served:
        results[CORE], _ = in_one_room(served)
    with plain_with_redis(both, "pubsub") as served:
        results[PUBSUB], _ = in_one_room(replace(served, rooms=served.rooms[:1]))
        theirs = in_many_rooms(replace(served, rooms=served.rooms[1:]))
    return costs(results) | latencies(own, theirs)


def at_one_process(room: list[Ticket]) -> list[Ticket]:
    """Everybody of a room at the process of its first member, as the peer has only one."""
    return [replace(ticket, port=room[0].port) for ticket in room]


def in_one_room(served: Served) -> tuple[dict[str, Result], int]:
    """Both flows, and how many bytes a frame had."""
    found: dict[str, Result] = {}
    frame = 0
    for name, flow in FLOWS.items():
        found[name], frame = asyncio.run(loaded(served, flow))
    return found, frame


def in_many_rooms(served: Served) -> Result:
    """A hundred messages a second in all, each room in turn."""
    return asyncio.run(loaded(served, TOGETHER))[0]


async def loaded(served: Served, flow: Flow) -> tuple[Result, int]:
    """Everybody comes, writes and hears. In one room a few write; in several, the members of each in turn."""
    crowd = await gather([ticket for room in served.rooms for ticket in room])
    hears = len(served.rooms[0])
    places = range(SENDERS) if len(served.rooms) == 1 else range(hears)
    senders = [crowd.members[room * hears + place] for place in places for room in range(len(served.rooms))]
    try:
        return await measured(Room(crowd, senders, hears), served.processes, flow), crowd.size
    finally:
        crowd.leave()


def costs(results: Results) -> dict[str, float | str]:
    """What each flow costs each server, and ours beside the others'."""
    figures: dict[str, float | str] = {}
    for flow, bars in BARS.items():
        cost = {name: found[flow].cost for name, found in results.items()}
        cheapest = min(cost[name] for name in (MEMORY, CORE, PUBSUB))
        for name, found in results.items():
            figures[f"{flow}: {name}, CPU ms for 1,000 deliveries"] = round(cost[name], 1)
            figures[f"{flow}: {name}, deliveries a second"] = round(found[flow].rate)
            if found[flow].lost or found[flow].refused:
                figures[f"{flow}: {name}, deliveries lost, posts refused and sent again"] = (
                    f"{found[flow].lost}, {found[flow].refused}"
                )
        figures[f"{flow}: of plain Channels' cheapest"] = f"at most 1/{bars['plain']}: 1/{cheapest / cost[OURS]:.1f}"
        figures[f"{flow}: times the bare writer"] = f"at most {bars['bare']}: {cost[OURS] / cost[BARE]:.2f}"
        figures[f"{flow}: two processes, times the bare writer"] = (
            f"at most {bars['two']}: {cost[TWO] / cost[BARE]:.2f}"
        )
    return figures


def latencies(own: Result, theirs: Result) -> dict[str, float | str]:
    """Milliseconds from sending to hearing, over PostgreSQL and Redis on both sides."""
    flow = f"{ROOMS} rooms of {SMALL}, 100 a second"
    figures: dict[str, float | str] = {
        f"{flow}: {name}, ms p50 / p99": f"{result.age(50):.0f} / {result.age(99):.0f}"
        for name, result in [("ours", own), (PUBSUB, theirs)]
    }
    return figures | {f"{flow}: of plain Channels' p99": f"at most 1/{QUICKER}: 1/{theirs.age(99) / own.age(99):.1f}"}
