"""Forgetting what is long done: finished and cancelled tasks after a week, old leases. Failures stay."""

from datetime import datetime, timedelta

from django.db.models import Q
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from work.jobs import job
from work.models import Lease
from work.schedule import periodic

KEPT = timedelta(days=7)
"""How long a finished task can be looked at."""


@job()
def tidy(since: str, until: str) -> int:
    """Remove it; how many rows."""
    now = datetime.fromisoformat(until)
    over = Q(status=TaskResultStatus.SUCCESSFUL) | Q(progress__cancelled_at__isnull=False)
    done = DBTaskResult.objects.filter(over, finished_at__lt=now - KEPT)
    return int(done.delete()[0] + Lease.objects.filter(until__lt=now - KEPT).delete()[0])


def register() -> None:
    """Once an hour."""
    periodic("tidy", tidy, every=timedelta(hours=1))
