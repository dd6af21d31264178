"""What the staff see of the background work, on the page and in the terminal."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from work import clock
from work.models import Lease, Progress, Row

STATES = {
    "failed": (TaskResultStatus.FAILED, _("Given up")),
    "running": (TaskResultStatus.RUNNING, _("Running")),
    "waiting": (TaskResultStatus.READY, _("Waiting")),
    "done": (TaskResultStatus.SUCCESSFUL, _("Done")),
}
"""The word in addresses and options → django-tasks' word, and the reader's."""

ORDER = {"failed": "-finished_at", "running": "started_at", "waiting": "run_after", "done": "-finished_at"}


@dataclass(frozen=True)
class Line:
    """A task as it is shown."""

    row: Row

    @property
    def name(self) -> str:
        """Where its function is: ``partnerships.jobs.tell_turned``."""
        return str(self.row.task_path)

    @property
    def attempts(self) -> int:
        """How often it was begun."""
        return len(self.row.worker_ids)

    @property
    def due(self) -> datetime | None:
        """When it may run; None for at once."""
        moment: datetime = self.row.run_after
        return None if moment == get_date_max() else moment

    @property
    def error(self) -> str:
        """The last error, its last line."""
        return self.row.traceback.strip().rpartition("\n")[2][:300] if self.row.traceback else ""

    @property
    def progress(self) -> Progress | None:
        """How far it has come, where it says so."""
        return getattr(self.row, "progress", None)


def tasks(state: str) -> QuerySet[Row]:
    """The tasks in a state, those that matter most first."""
    rows: QuerySet[Row] = DBTaskResult.objects.filter(status=STATES[state][0])
    return rows.select_related("progress").order_by(ORDER[state], "enqueued_at", "id")


def counts() -> dict[str, int]:
    """How many tasks are in each state."""
    grouped = DBTaskResult.objects.order_by().values_list("status").annotate(Count("id"))
    found = {str(status): number for status, number in grouped}
    return {state: found.get(str(status), 0) for state, (status, _label) in STATES.items()}


def workers() -> int:
    """How many workers live."""
    return len(Lease.living(clock.now()))
