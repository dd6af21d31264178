"""What goes wrong in a round, carried out: processes killed, connections ended, answers cut."""

import asyncio
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from functools import partial
from random import Random
from typing import TypeVar

from django.db import connection

from tests.faults.talk.plan import Fault, Plan
from tests.faults.talk.stage import Stage
from tests.faults.talk.waiting import until

T = TypeVar("T")

PATIENCE = 20.0
"""Seconds that a cut waits for a post."""
OF_THE_PROCESSES = "datname = current_database() AND application_name <> 'judge'"
"""The harness calls its own connections so, and leaves them alone."""


class Trouble:
    """``faults`` counts by kind; ``disturbed`` is when the database was last interfered with."""

    def __init__(self, plan: Plan, stage: Stage) -> None:
        self.plan, self.stage = plan, stage
        self.chance = Random(plan.seed)
        self.faults: Counter[str] = Counter()
        self.disturbed = 0.0
        self.began = time.monotonic()

    async def make(self, stored: Callable[[], int]) -> None:
        """Each fault at its moment; return when the last is over and everything is up again."""
        under_way = []
        for fault in self.plan.faults:
            await until(partial(reached, stored, fault.after))
            self.faults[fault.kind] += 1
            under_way.append(asyncio.create_task(self.happen(fault)))
        await asyncio.gather(*under_way)

    async def happen(self, fault: Fault) -> None:
        """One fault, until it is over."""
        sys.stdout.write(f"{time.monotonic() - self.began:.0f} s, {fault.after} messages: {fault.kind}\n")
        sys.stdout.flush()
        await getattr(self, fault.kind)(fault)

    async def kill(self, fault: Fault) -> None:
        """A web process, begun again at once."""
        await of(self.stage.webs, fault).kill()

    async def redis(self, fault: Fault) -> None:
        """Redis, away for a while, and empty when it comes back."""
        if self.stage.redis:
            await self.stage.redis.kill(fault.seconds)

    async def cut(self, fault: Fault) -> None:
        """The next stored post that comes through the proxy loses its answer."""
        with suppress(TimeoutError):
            await asyncio.wait_for(of(self.stage.cuts, fault).cut_after_next_post(), PATIENCE)

    async def database(self, fault: Fault) -> None:
        """The processes' connections to PostgreSQL end: all, or about half."""
        share = self.chance.choice([0.5, 1])
        chosen = f"{OF_THE_PROCESSES} AND random() < {share}"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {chosen}")
        self.disturbed = time.monotonic()

    async def busy(self, fault: Fault) -> None:
        """Nobody else can write to SQLite for a while."""
        await asyncio.to_thread(hold, str(connection.settings_dict["NAME"]), fault.seconds)
        self.disturbed = time.monotonic()


def reached(stored: Callable[[], int], after: int) -> bool:
    """Whether so many messages are stored."""
    return stored() >= after


def of(several: Sequence[T], fault: Fault) -> T:
    """The one that it happens to."""
    return several[fault.which % len(several)]


def hold(path: str, seconds: float) -> None:
    """Keep the write lock."""
    with closing(sqlite3.connect(path, timeout=60, isolation_level=None)) as database:
        database.execute("BEGIN IMMEDIATE")
        time.sleep(seconds)
        database.execute("ROLLBACK")
