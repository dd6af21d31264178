"""The task backend of the settings: django-tasks' database queue, whose tasks know how often they are tried."""

from dataclasses import dataclass

from django_tasks.base import Task
from django_tasks_db.backend import DatabaseBackend

ATTEMPTS = 8
"""With the gaps of ``work.jobs`` that is about three hours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job(Task):  # type: ignore[type-arg]  # django-tasks has no types that mypy sees
    """A task with a number of attempts, after which it is given up and waits for somebody of the staff."""

    attempts: int = ATTEMPTS


class Backend(DatabaseBackend):
    """A row per task, in the caller's transaction."""

    task_class = Job
