"""What somebody of the staff does with a task: another round, forget it, end it."""

from uuid import UUID

from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from work.models import Progress


def retry(task: UUID) -> bool:
    """Run it now, with all its attempts before it: a task that was given up, or one that waits. False for others."""
    rows = DBTaskResult.objects.filter(pk=task, status__in=[TaskResultStatus.FAILED, TaskResultStatus.READY])
    Progress.objects.filter(task__in=rows).delete()
    again = {"status": TaskResultStatus.READY, "run_after": get_date_max(), "worker_ids": [], "finished_at": None}
    return bool(rows.update(**again))


def drop(task: UUID) -> bool:
    """Forget a task. False for one that runs, which can only be cancelled."""
    return bool(DBTaskResult.objects.filter(pk=task).exclude(status=TaskResultStatus.RUNNING).delete()[0])


def cancel(task: UUID) -> bool:
    """Have a running task end at its next step. False where it shows no progress, and so takes no steps."""
    return Progress.cancel(task)
