"""One round: everything begins, people live, things go wrong, everything calms down, and the verdict is given."""

import asyncio
import sys
import time
from collections.abc import Callable
from random import Random

from exchange.preparation import tables
from tests.faults.talk import verdict
from tests.faults.talk.client import Client
from tests.faults.talk.device import Device
from tests.faults.talk.disk import slow_down
from tests.faults.talk.ground import CLIENTS, Ground, devices, prepare
from tests.faults.talk.judge import Judge
from tests.faults.talk.life import live
from tests.faults.talk.plan import Plan
from tests.faults.talk.poller import Poller
from tests.faults.talk.seats import Seats
from tests.faults.talk.stage import Stage
from tests.faults.talk.trouble import Trouble
from tests.faults.talk.waiting import until
from tests.faults.talk.watch import BEAT, Watch

KINDS = [Poller] * 6 + [Client] * (CLIENTS - 6)
"""Some clients' networks block sockets."""
CALM = 60.0
"""Seconds within which everything is answered that was said, once nothing goes wrong any more."""


class Round:
    """The people, and those who watch them."""

    def __init__(self, plan: Plan, ground: Ground, stage: Stage) -> None:
        self.plan, self.stage, self.trouble = plan, stage, Trouble(plan, stage)
        self.chance = Random(plan.seed)
        self.judge = Judge()
        self.seats = Seats(ground, Random(plan.seed))
        self.devices: list[Device] = [
            kind(person, ground, self.judge, self.door, Random(f"{plan.seed} {place}"))
            for place, (kind, person) in enumerate(zip(KINDS, devices(ground.people), strict=True))
        ]
        self.calm = 0.0
        self.watch = Watch(self.judge, self.devices, self.seats, lambda: self.trouble.disturbed)

    def door(self) -> int:
        """Where a client connects next: to a process itself, or through a proxy that may cut."""
        return self.chance.choice(self.stage.doors)

    async def play(self) -> None:
        """All of it."""
        keep = [asyncio.create_task(device.run()) for device in self.devices]
        keep.append(asyncio.create_task(self.watch.keep()))
        seats = asyncio.create_task(self.seats.keep_changing())
        try:
            lives = [live(device, self.enough, self.all_stored) for device in self.devices]
            await asyncio.gather(self.trouble.make(self.stored), *lives)
            self.seats.over = True
            await seats
            await self.settle()
            verdict.give(self.judge, self.devices, self.seats)
        finally:
            for task in keep:
                task.cancel()
            await asyncio.gather(*keep, return_exceptions=True)

    def stored(self) -> int:
        """Messages that were acknowledged."""
        return len(self.judge.acks)

    def all_stored(self) -> bool:
        """Whether as many messages as were wanted are stored."""
        return self.stored() >= self.plan.messages

    def enough(self) -> bool:
        """Whether as many are stored, or about to be."""
        open_ = [task for device in self.devices for task in device.tasks.values() if task.frame["type"] == "post"]
        return self.stored() + len(open_) >= self.plan.messages

    async def settle(self) -> None:
        """Everything said is answered; a beat later at the latest, everybody has everything."""
        await self.within(CALM, lambda: not any(device.tasks for device in self.devices))
        self.calm = time.monotonic()
        if not await self.within(BEAT, self.nobody_is_behind):
            self.judge.breaks("prompt", "a beat after the last word somebody lacks something")
        await self.judge.second.finish()

    async def within(self, seconds: float, condition: Callable[[], bool]) -> bool:
        """Whether it comes true before the clock of those who watch has gone on so far."""
        end = self.watch.clock + seconds
        await until(lambda: condition() or self.watch.clock > end)
        return condition()

    def nobody_is_behind(self) -> bool:
        """Whether each client follows its rooms, and has what they have."""
        return self.watch.looked > self.calm and all(
            {room: holding.have for room, holding in device.rooms.items()}
            == {room: self.watch.latest[room] for room in self.seats.rooms_of(device.person.pk)}
            for device in self.devices
        )

    def summary(self) -> str:
        """What happened, in one line."""
        fates = self.stage.bus.fates if self.stage.bus else {}
        return (
            f"{self.stored()} messages stored; faults: {counted(self.trouble.faults)}; bus: {counted(fates)}; "
            f"{self.seats.changes} seats began or ended; {self.judge.frames.total()} frames received; "
            f"longest behind {self.watch.longest:.1f} s"
        )


def counted(numbers: dict[str, int]) -> str:
    """``3 cut, 2 kill``."""
    return ", ".join(f"{number} {name}" for name, number in sorted(numbers.items())) or "none"


async def play(plan: Plan, stage: Stage) -> int:
    """A round on what has begun there; how many assertions are broken."""
    began = time.monotonic()
    ground = await asyncio.to_thread(begin, plan)
    for service in stage.webs:
        await service.ready()
    it = Round(plan, ground, stage)
    await it.play()
    sys.stdout.write(f"{it.summary()}; {time.monotonic() - began:.0f} s\n")
    return it.judge.broken.total()


def begin(plan: Plan) -> Ground:
    """The ground, in a thread: what it tells the processes comes through a proxy in this one."""
    tables()
    slow_down()
    return prepare(Random(plan.seed))
