"""What background work remembers: who holds which lease, what fell due when, how far a long job has come."""

from datetime import datetime, timedelta
from typing import Any, Self, TypeAlias

from django.db import models
from django.db.models import F
from django.utils import timezone
from django_tasks import TaskContext
from django_tasks_db.models import DBTaskResult

Row: TypeAlias = DBTaskResult[..., Any]
"""A task as django-tasks stores it, whatever its function takes and gives."""


class Lease(models.Model):
    """Something that one process at a time holds, until a moment by the database's clock.

    ``tick`` is whoever enqueues what is due; each worker holds ``worker:<id>`` for as long as it lives.
    """

    WORKER = "worker:"

    name = models.CharField(max_length=80, primary_key=True)
    holder = models.CharField(max_length=64)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name}: {self.holder} until {self.until:%Y-%m-%d %H:%M:%S}"

    @classmethod
    def take(cls, name: str, holder: str, span: timedelta, now: datetime) -> bool:
        """Hold ``name`` for ``span`` from ``now``; False while another's lease runs. Of two at once one wins."""
        lease = cls.objects.filter(name=name).first()
        if lease is None:
            Lease.objects.bulk_create([Lease(name=name, holder=holder, until=now + span)], ignore_conflicts=True)
            return cls.objects.filter(name=name, holder=holder).exists()
        if lease.holder != holder and lease.until > now:
            return False
        unchanged = cls.objects.filter(name=name, holder=lease.holder, until=lease.until)
        return bool(unchanged.update(holder=holder, until=now + span))

    @classmethod
    def living(cls, now: datetime) -> set[str]:
        """The ids of the workers that live."""
        held = cls.objects.filter(name__startswith=cls.WORKER, until__gt=now)
        return set(held.values_list("holder", flat=True))


class Schedule(models.Model):
    """A periodic job: up to which moment it has been enqueued, and from when on it is due again."""

    name = models.CharField(max_length=80, primary_key=True)
    last_ran = models.DateTimeField()
    next_due = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name}: due {self.next_due:%Y-%m-%d %H:%M:%S}"


class CancelledError(Exception):
    """Somebody cancelled the job; its handler lets this through."""


class Progress(models.Model):
    """How far a long job has come, for a page to show; and the wish that it should end.

    The handler of ``@job(takes_context=True)`` begins it and steps outside transactions, so that others see it::

        progress = Progress.begin(context, total=len(files))
        for file in files:
            read(file)
            progress.step(note=file.name)
    """

    task = models.OneToOneField(DBTaskResult, models.CASCADE, primary_key=True, related_name="progress")
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=200, blank=True)
    cancelled_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.done} of {self.total}"

    @classmethod
    def begin(cls, context: TaskContext, total: int = 0) -> Self:
        """From nought, in every attempt anew; a job that was cancelled before it began ends here."""
        progress, _ = cls.objects.get_or_create(task_id=context.task_result.id)
        progress.write(done=0, total=total, note="")
        return progress

    def step(self, by: int = 1, note: str = "") -> None:
        """``by`` more are done. Raises ``CancelledError`` when somebody has asked for the end. One query."""
        self.write(done=F("done") + by, note=note[:200])

    def write(self, **fields: object) -> None:
        """Store it unless it is cancelled."""
        if not Progress.objects.filter(pk=self.pk, cancelled_at=None).update(**fields):
            raise CancelledError

    @classmethod
    def cancel(cls, task_id: object) -> bool:
        """Ask a running job to end at its next step; False where it shows no progress, or is asked already."""
        open_ = cls.objects.filter(task_id=task_id, task__status="RUNNING", cancelled_at=None)
        return bool(open_.update(cancelled_at=timezone.now()))
