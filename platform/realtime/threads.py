"""Database work for sockets, in threads of its own. Reading never waits behind writing: a change may have to wait for
the lock of its room, and a page that somebody needs to be up to date must not stand in that queue."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from django.db import close_old_connections

P = ParamSpec("P")
T = TypeVar("T")

readers = ThreadPoolExecutor(4, thread_name_prefix="reader")
changers = ThreadPoolExecutor(4, thread_name_prefix="changer")


async def read(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What ``work`` gives, which takes no locks; its database connection is given back after."""
    return await asyncio.get_running_loop().run_in_executor(readers, lambda: tidily(work, *args, **kwargs))


async def change(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The same for what writes, and so may wait for others who write."""
    return await asyncio.get_running_loop().run_in_executor(changers, lambda: tidily(work, *args, **kwargs))


def tidily(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Do it with a connection that is looked at before and after."""
    close_old_connections()
    try:
        return work(*args, **kwargs)
    finally:
        close_old_connections()
