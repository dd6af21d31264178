"""A worker: takes one task after the other, runs it, and notes what became of it."""

from datetime import timedelta
from threading import Event
from time import monotonic
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now
from django_tasks import TaskContext
from django_tasks.base import TaskResultStatus
from django_tasks.utils import normalize_json
from django_tasks_db.models import DBTaskResult, get_date_max

from work import clock
from work.models import Lease, Row
from work.outcomes import fail, succeed
from work.tick import tick

PULSE = 3.0
"""Seconds between two signs of life."""
LIFE = timedelta(seconds=30)
"""A worker without a sign of life for this long is dead, and its task is taken up by another."""


class Worker:
    """One thread works tasks off (``work_off``), another shows that the worker lives (``pulse``)."""

    def __init__(self) -> None:
        self.id = uuid4().hex
        self.renewed = -PULSE

    def work_off(self, stop: Event) -> int:
        """Run what is due until nothing is, or until ``stop`` is set: then the task at hand is finished, no more."""
        done = 0
        try:
            while not stop.is_set() and (row := self.claim()):
                run(row)
                done += 1
        except BaseException:
            # Whether a task was claimed, or how it ended, could not be noted (the database is away). Under a new name
            # this worker no longer stands for it, and it is taken up when the old name's lease has run out.
            self.id = uuid4().hex
            raise
        return done

    def claim(self) -> Row | None:
        """The next task, now this worker's. Only a worker that shows life may hold one."""
        if not ready().exists():
            return None
        if monotonic() - self.renewed > PULSE:
            self.live()
        with transaction.atomic():
            row: Row | None = ready().select_for_update(skip_locked=True).first()
            if row:
                row.claim(self.id)
        return row

    def live(self) -> None:
        """Show that this worker lives."""
        Lease.take(Lease.WORKER + self.id, self.id, LIFE, clock.now())
        self.renewed = monotonic()

    def pulse(self) -> int:
        """A sign of life, and the tick if it is ours."""
        self.live()
        return tick(self.id)

    def leave(self) -> None:
        """Let go of every lease, so that others need not wait for its end."""
        Lease.objects.filter(holder=self.id).delete()


def ready() -> Any:
    """The tasks that may run now, the most urgent first."""
    due = Q(run_after=get_date_max()) | Q(run_after__lte=Now())
    return DBTaskResult.objects.filter(due, status=TaskResultStatus.READY)


def run(row: Row) -> None:
    """Call the task's function, and note how it ended."""
    try:
        value = normalize_json(call(row))
    except (Exception, SystemExit) as problem:
        fail(row, problem, clock.now())
    else:
        succeed(row, value, clock.now())


def call(row: Row) -> Any:
    """The function with its arguments, and its context where it wants one."""
    task, arguments = row.task, row.args_kwargs
    context = [TaskContext(task_result=row.task_result)] if task.takes_context else []
    return task.call(*context, *arguments["args"], **arguments["kwargs"])
