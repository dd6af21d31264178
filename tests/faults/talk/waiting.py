"""Waiting for what others do."""

import asyncio
import time
from collections.abc import Callable
from math import inf

TICK = 0.1


async def until(condition: Callable[[], bool], seconds: float = inf) -> bool:
    """Whether it comes true in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        await asyncio.sleep(TICK)
    return True
