"""What every client has, however it is connected: its rooms, what it said, and how it judges what it hears."""

import time
from collections.abc import Callable
from random import Random
from uuid import UUID

from accounts.models import User
from tests.faults.talk.ground import Ground
from tests.faults.talk.holding import Frame, Holding, Task
from tests.faults.talk.judge import Ack, Judge

UNANSWERED = 10.0
"""Seconds after which something is said again."""
LOOK = 4.0
"""Seconds between two looks for rooms that are one's own by now: a ``room`` frame may be lost."""
AGAIN = {"unavailable", "rate_limited"}


class Device:
    """One client of a person. ``rooms`` is what it holds, ``tasks`` what it has not been answered yet; ``since`` is
    when it was connected, nought while it is not, and ``port`` where."""

    def __init__(self, person: User, ground: Ground, judge: Judge, ports: Callable[[], int], chance: Random) -> None:
        self.person, self.ground, self.judge, self.ports, self.chance = person, ground, judge, ports, chance
        self.rooms: dict[int, Holding] = {}
        self.tasks: dict[str, Task] = {}
        self.since = 0.0
        self.port = 0
        self.over = False

    def __str__(self) -> str:
        return f"person {self.person.pk}"

    async def run(self) -> None:
        """Until it is ``over``."""
        raise NotImplementedError

    async def begin(self, task: Task) -> None:
        """Say it soon, and again until it is answered."""
        self.tasks[task.ref] = task

    # What came

    def takes(self, frame: Frame) -> None:
        """A page of a room that is held."""
        holding = self.rooms[frame["room"]]
        facts = f"{self} has room {frame['room']} up to {holding.have}, got a page"
        self.judge.holds("order", frame["since"] <= holding.have, f"{facts} from {frame['since']}")
        if frame["version"] >= holding.have:
            holding.take(frame)
        holding.asked, holding.live = 0.0, not frame["more"]

    def acked(self, client_id: str, ack: Ack) -> None:
        """A post is stored."""
        self.judge.acked(self.person.pk, UUID(client_id), ack)

    def done(self, task: Task, version: int) -> None:
        """A change is stored."""
        self.tasks.pop(task.ref, None)
        self.judge.done(task.room, version)

    def refused(self, task: Task, code: str, retry_after: float = 1.0) -> None:
        """Not now, or never."""
        self.judge.frames[f"error {code}"] += 1
        if code in AGAIN:
            task.sent, task.not_before = 0.0, time.monotonic() + retry_after
            return
        self.tasks.pop(task.ref, None)
        if task.frame["type"] == "post":
            self.judge.refused[self.person.pk, UUID(task.frame["client_id"])] += 1
