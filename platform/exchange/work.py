"""What runs behind the pages: tasks, the index, what falls due. In a process of its own, or beside the server."""

import logging
from collections.abc import Callable
from threading import Event, Thread
from uuid import uuid4

from django.db import close_old_connections
from django_tasks_db.management.commands.db_worker import Worker

import search

PAUSE = 0.5
"""Seconds of rest when there is nothing to do."""
LONGEST_PAUSE = 30.0
"""Seconds between two attempts of a job that keeps failing."""

logger = logging.getLogger("exchange.work")


def tasks() -> int:
    """Run every task that is due; how many ran."""
    worker = Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=uuid4().hex,
        excluded_queue_names=[],
    )
    worker.run()
    return int(worker._run_tasks)


jobs: dict[str, Callable[[], int]] = {"tasks": tasks, "index": search.keep_up}
"""Name → do what there is to do and say how much it was. Wiring adds what other apps have to do from time to time."""


def begin(stop: Event) -> list[Thread]:
    """Start a thread for each job; they end soon after ``stop`` is set."""
    threads = [Thread(target=keep, args=(name, job, stop), name=name, daemon=True) for name, job in jobs.items()]
    for thread in threads:
        thread.start()
    return threads


def keep(name: str, job: Callable[[], int], stop: Event) -> None:
    """Do ``job`` again and again. One that fails is tried anew, later each time: a lost database comes back."""
    pause = PAUSE
    while not stop.is_set():
        try:
            done = job()
            pause = PAUSE
        except Exception:
            logger.exception("The job %s failed; the next attempt is in %.0f seconds.", name, pause)
            done, pause = 0, min(pause * 2, LONGEST_PAUSE)
        close_old_connections()
        if not done:
            stop.wait(pause)
