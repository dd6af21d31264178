"""What people do in rooms: they write, say it otherwise, take it back, answer by signs and pin."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from random import Random
from uuid import UUID

from tests.faults.talk.client import LOST, Client
from tests.faults.talk.device import Device
from tests.faults.talk.holding import Frame, Task
from tests.faults.talk.scattering import scatter

THINK = 0.6
"""Seconds between two things that one client says, on average."""
MOST_OPEN = 2
"""Things that one client has said and not been answered, past which it waits."""
TWICE = 0.03
"""Of what is said, this part is said twice at once: a double click, a broken program."""
SCATTERED = 0.05
"""Of the posts over a socket, this part is said in all rooms of its author at once, through both processes."""
RECENT = 20
"""Messages from the end of a room among which one is changed."""
DEEDS = {"post": 60, "react": 18, "edit": 12, "delete": 5, "pin": 5}
SIGNS = ["👍", "❤️", "🎉"]


async def live(device: Device, enough: Callable[[], bool], over: Callable[[], bool]) -> None:
    """Until it is ``over``; while ``enough`` is said already, one waits what becomes of it."""
    while not over():
        await asyncio.sleep(device.chance.expovariate(1 / THINK))
        if device.since and device.rooms and len(device.tasks) < MOST_OPEN and not enough():
            task = Task(something(device, device.chance))
            if task.frame["type"] == "post" and isinstance(device, Client) and device.chance.random() < SCATTERED:
                await scatter(device, task)
            await device.begin(task)
            if device.chance.random() < TWICE:
                with suppress(*LOST):
                    await device.begin(task)


def something(device: Device, chance: Random) -> Frame:
    """One thing to say in one of the rooms."""
    room = chance.choice(list(device.rooms))
    frame: Frame = {"room": room, "ref": str(UUID(int=chance.getrandbits(128), version=4))}
    recent = device.rooms[room].recent(RECENT)
    deed = chance.choices(list(DEEDS), list(DEEDS.values()))[0]
    if deed in {"edit", "delete"}:
        recent = [message for message in recent if message["author"]["id"] == device.person.pk]
    if deed == "post" or not recent:
        return {**frame, "type": "post", "client_id": frame["ref"], "body": words(chance)}
    frame |= {"type": deed, "message": chance.choice(recent)["id"]}
    if deed == "edit":
        return {**frame, "body": words(chance)}
    if deed == "delete":
        return frame
    return {**frame, "on": chance.random() < 0.7} | ({"emoji": chance.choice(SIGNS)} if deed == "react" else {})


def words(chance: Random) -> str:
    """About 120 characters, never the same."""
    return f"Water for {chance.randrange(10**9)} people. " + "Maji ni uhai. " * chance.randrange(1, 12)
