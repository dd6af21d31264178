"""Forgetting which mails came in: after 13 months, when a yearly mail has been seen twice."""

from datetime import datetime, timedelta

from dateutil.relativedelta import relativedelta

from notifications.models import Incoming
from work.jobs import job
from work.schedule import periodic

KEPT = relativedelta(months=13)


@job()
def forget_incoming(since: str, until: str) -> int:
    """Remove what is older; how many rows."""
    return Incoming.objects.filter(read_at__lt=datetime.fromisoformat(until) - KEPT).delete()[0]


def register() -> None:
    """Once a day."""
    periodic("incoming mail", forget_incoming, every=timedelta(days=1))
