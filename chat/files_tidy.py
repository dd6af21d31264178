"""Forgetting files that nobody will miss: uploads that were left, files that were never posted, bytes without a row."""

from datetime import datetime, timedelta

from django.db.models import Q

from chat.actions.files import drop_files
from chat.models import File
from chat.models.file import ABANDONED, UNPOSTED
from chat.shelf import shelf
from work.jobs import job
from work.schedule import periodic

SETTLED = timedelta(hours=1)
"""So long after its deletion a message's files are certainly nobody's; and so old are bytes that never got a row."""


@job()
def tidy_files(since: str, until: str) -> int:
    """Remove them; how many."""
    now = datetime.fromisoformat(until)
    return drop_files(list(left(now))) + sweep(now)


def left(now: datetime) -> list[File]:
    """Not gone on with for a day; here for a week without a message; at a message that is gone."""
    uploads = Q(message=None, state=File.State.UPLOADING, touched_at__lt=now - ABANDONED)
    unposted = Q(message=None, touched_at__lt=now - UNPOSTED)
    deleted = Q(message__deleted_at__lt=now - SETTLED)
    return list(File.objects.filter(uploads | unposted)) + list(File.objects.filter(deleted))


def sweep(now: datetime) -> int:
    """Bytes whose row a crash has taken, or never made; how many."""
    keys = shelf.older_than(now - SETTLED)
    known = set(File.objects.filter(key__in=keys).values_list("key", flat=True)) if keys else set()
    shelf.remove(*(keys - known))
    return len(keys - known)


def register() -> None:
    """Once an hour."""
    periodic("tidy files", tidy_files, every=timedelta(hours=1))
