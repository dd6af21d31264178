"""The threads in which sockets ask the database."""

import asyncio
from threading import Event

import pytest

from realtime.threads import change, changers, read

pytestmark = pytest.mark.django_db  # the threads may hold connections from before, and look at them


async def test_reading_does_not_wait_for_those_who_wait_for_a_lock() -> None:
    given_back = Event()
    waiting = [asyncio.ensure_future(change(given_back.wait)) for _each in range(changers._max_workers + 1)]
    try:
        assert await read(str, "a page") == "a page"
        assert not any(one.done() for one in waiting)
    finally:
        given_back.set()
        await asyncio.gather(*waiting)
