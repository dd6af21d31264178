"""The job that makes an export, with its progress."""

from django_tasks import TaskContext

from chat.exporting import make, total
from chat.models import Export
from work.jobs import job
from work.models import Progress


@job(takes_context=True, attempts=4)
def export_room(context: TaskContext, export: int) -> int:
    """Make it, unless it is there; its bytes."""
    row = Export.objects.select_related("by").get(pk=export)
    if row.finished_at is None:
        progress = Progress.begin(context, total=total(row))
        make(row, lambda done, note: progress.step(done, note))
        row.refresh_from_db()
    return row.bytes
