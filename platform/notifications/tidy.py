"""Forgetting: what people were told, what became of it, and which mails came in, after 13 months.

A year and a month: what comes once a year has then been seen twice.
"""

from datetime import datetime, timedelta

from dateutil.relativedelta import relativedelta

from notifications.models import Delivery, Incoming, Notification
from work.jobs import job
from work.schedule import periodic

KEPT = relativedelta(months=13)


@job()
def forget_told(since: str, until: str) -> int:
    """Remove what stood under the bell and every delivery that has ended; how many rows. What waits is kept."""
    old = datetime.fromisoformat(until) - KEPT
    ended = Delivery.objects.filter(ended_at__lt=old).delete()[0]
    over = Notification.objects.filter(created_at__lt=old).exclude(deliveries__in=Delivery.objects.waiting())
    return ended + over.delete()[0]


@job()
def forget_incoming(since: str, until: str) -> int:
    """Remove the facts of mails that were read; how many rows."""
    return Incoming.objects.filter(read_at__lt=datetime.fromisoformat(until) - KEPT).delete()[0]


def register() -> None:
    """Once a day each."""
    periodic("notifications", forget_told, every=timedelta(days=1))
    periodic("incoming mail", forget_incoming, every=timedelta(days=1))
