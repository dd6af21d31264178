"""What becomes of a task that ran: done, waiting for its next attempt, or given up. A row is only moved on by whoever
holds it: a worker that was thought dead, and whose task another has taken, changes nothing."""

import logging
from datetime import datetime
from traceback import format_exception
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from work.backend import ATTEMPTS
from work.jobs import GivenUpError, gap
from work.models import CancelledError, Row

FINAL = (GivenUpError, CancelledError)
logger = logging.getLogger("exchange.work")


def succeed(row: Row, value: Any, now: datetime) -> bool:
    """It is done."""
    cleared = {"exception_class_path": "", "traceback": ""}
    return move(row, status=TaskResultStatus.SUCCESSFUL, finished_at=now, return_value=value, **cleared)


def fail(row: Row, problem: BaseException, now: datetime, *, at_once: bool = False) -> bool:
    """It waits for its next attempt, or is given up; the error is kept either way."""
    attempt = len(row.worker_ids)
    error = {
        "exception_class_path": f"{type(problem).__module__}.{type(problem).__qualname__}",
        "traceback": "".join(format_exception(problem)),
    }
    if isinstance(problem, FINAL) or attempt >= attempts_of(row):
        logger.error("Task %s (%s) is given up after attempt %d: %r", row.pk, row.task_path, attempt, problem)
        return move(row, status=TaskResultStatus.FAILED, finished_at=now, **error)
    again = now if at_once else now + gap(attempt)
    logger.warning("Task %s (%s), attempt %d: %r. Again at %s.", row.pk, row.task_path, attempt, problem, again)
    return move(row, status=TaskResultStatus.READY, run_after=again, **error)


def attempts_of(row: Row) -> int:
    """How often it may be tried. A task whose function is gone may be a newer version's: it is tried as usual."""
    try:
        return int(row.task.attempts)
    except (ImportError, SuspiciousOperation):
        return ATTEMPTS


def move(row: Row, **fields: Any) -> bool:
    """Change the row if it still runs as this one."""
    mine = DBTaskResult.objects.filter(pk=row.pk, status=TaskResultStatus.RUNNING, started_at=row.started_at)
    return bool(mine.update(**fields))
