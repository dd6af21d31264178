"""How many jobs a second one worker runs on each database, beside the worker that django-tasks-db brings itself."""

import json
import sys
from collections.abc import Callable
from threading import Event
from time import perf_counter

from bench._databases import begin, on_both

JOBS = 300
ROUNDS = 3


def measure() -> dict[str, float | str]:
    """Jobs a second; the greater the better."""
    return on_both("bench.working")


def here() -> dict[str, float | str]:
    """On the database of the environment, both workers in turn; the best round of each."""
    begin()
    from django_tasks_db.management.commands.db_worker import Worker as Theirs

    from work.worker import Worker as Ours

    def theirs() -> None:
        worker = Theirs(
            queue_names=["*"],
            excluded_queue_names=[],
            backend_name="default",
            worker_id="peer",
            interval=0,
            batch=True,
            startup_delay=False,
            max_tasks=None,
        )
        worker.run()

    rounds = [(enqueued(), ran(lambda: Ours().work_off(Event())), enqueued(), ran(theirs)) for _ in range(ROUNDS)]
    enqueue, ours, _, peer = (max(column) for column in zip(*rounds, strict=True))
    return {"enqueued, a second": enqueue, "run, a second": ours, "run by django-tasks-db's worker, a second": peer}


def enqueued() -> int:
    """Jobs a second that are enqueued one by one, each in a transaction of its own."""
    from bench._jobs import nothing

    begun = perf_counter()
    for number in range(JOBS):
        nothing.enqueue(number)
    return round(JOBS / (perf_counter() - begun))


def ran(work_off: Callable[[], object]) -> int:
    """Jobs a second that are run."""
    from django_tasks_db.models import DBTaskResult

    begun = perf_counter()
    work_off()
    spent = perf_counter() - begun
    if DBTaskResult.objects.exclude(status="SUCCESSFUL").exists():
        raise RuntimeError("not every job was run")
    return round(JOBS / spent)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(here()))
