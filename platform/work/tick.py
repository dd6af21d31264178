"""The tick: one process at a time enqueues what is due and takes up what dead workers left in the middle."""

import logging
from datetime import datetime, timedelta

from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from work import clock
from work.models import Lease
from work.outcomes import fail
from work.schedule import enqueue_due

TICK_LEASE = timedelta(seconds=15)
"""When its holder dies, another takes the tick over after this long."""

logger = logging.getLogger("exchange.work")


class WorkerLostError(Exception):
    """The worker ended in the middle of the task: killed, out of memory, or its host is away."""


def tick(holder: str, now: datetime | None = None) -> int:
    """Do what there is, if it is ours to do; how many tasks were enqueued or taken up."""
    now = now or clock.now()
    if not Lease.take("tick", holder, TICK_LEASE, now):
        return 0
    return take_up(now) + enqueue_due(now)


def take_up(now: datetime) -> int:
    """Tasks whose worker no longer lives wait again; the lost attempt counts, so one that kills workers ends."""
    running = list(DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING))
    living = Lease.living(now) if running else set()
    lost = [row for row in running if not living.intersection(row.worker_ids[-1:])]
    for row in lost:
        logger.warning("The worker of task %s (%s) is gone.", row.pk, row.task_path)
        fail(row, WorkerLostError("The worker ended in the middle."), now, at_once=True)
    return len(lost)
