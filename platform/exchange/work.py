"""What runs behind the pages: tasks, the index, what falls due. In a process of its own, or beside the server."""

import logging
from collections.abc import Callable
from contextlib import suppress
from threading import Event, Thread

from django.db import DatabaseError, close_old_connections

import search
from chat import due, indexing, scanning
from knowledge import file_round
from notifications.pushing import push_due
from notifications.sending import send_due
from work.worker import PULSE, Worker

PAUSE = 0.5
"""Seconds of rest when there is nothing to do."""
LONGEST_PAUSE = 30.0
"""Seconds between two attempts of a job that keeps failing."""

logger = logging.getLogger("exchange.work")

jobs: dict[str, Callable[[], int]] = {
    "index": search.keep_up,
    "messages": indexing.keep_up,
    "talk": due.keep_up,
    "files": scanning.keep_up,
    "lesson files": file_round.keep_up,
    "mail": send_due,
    "push": push_due,
}
"""What each process does for itself beside tasks. Name → do what there is to do and say how much it was."""


def begin(stop: Event) -> list[Thread]:
    """Start a thread for each job. Once ``stop`` is set they finish what they are at, and end."""
    worker, over = Worker(), Event()

    def tasks() -> None:
        keep("tasks", lambda: worker.work_off(stop), stop)
        over.set()

    def pulse() -> None:
        """As long as the last task runs, the worker has to be seen to live."""
        keep("pulse", worker.pulse, over, PULSE)
        with suppress(DatabaseError):  # then the leases run out by themselves
            worker.leave()

    threads = [Thread(target=target, name=target.__name__, daemon=True) for target in (pulse, tasks)]
    threads += [Thread(target=keep, args=(name, job, stop), name=name, daemon=True) for name, job in jobs.items()]
    for thread in threads:
        thread.start()
    return threads


def keep(name: str, job: Callable[[], int], stop: Event, rest: float = PAUSE) -> None:
    """Do ``job`` again and again. One that fails is tried anew, later each time: a lost database comes back."""
    pause = rest
    while not stop.is_set():
        try:
            done = job()
            pause = rest
        except Exception:
            logger.exception("The job %s failed; the next attempt is in %.0f seconds.", name, pause)
            done, pause = 0, min(pause * 2, LONGEST_PAUSE)
        close_old_connections()
        if not done:
            stop.wait(pause)
