"""Takes the text out of attached files behind the pages: one after the other, each in a process of its own."""

import logging
from datetime import datetime, timedelta
from time import monotonic

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from files.clamd import ScannerAwayError, virus_in
from files.texts import Reading, read_text
from knowledge.actions import index, locked
from knowledge.attaching import drop
from knowledge.models import Attachment
from knowledge.models.attachment import KEPT, Page
from knowledge.shelf import shelf
from work.jobs import job
from work.schedule import periodic

PACE = 1.0
"""Seconds between two looks at least, where nothing waits."""
AWAY = 5.0
"""Seconds after which one looks again whether the virus scanner is back."""
MOST_TRIES = 3
"""A file that ended so many processes is not tried again."""
SETTLED = timedelta(hours=1)
"""Bytes this old have a row, or never will."""

log = logging.getLogger("exchange.files")
State = Attachment.State

_next_look = [0.0]


def keep_up() -> int:
    """For a worker that calls it over and over: one file. How many were read."""
    if monotonic() < _next_look[0]:
        return 0
    try:
        done = work_off()
    except ScannerAwayError as away:
        log.warning("The virus scanner at %s does not answer; files of lessons wait: %s", settings.CLAMD, away)
        _next_look[0] = monotonic() + AWAY
        return 0
    if not done:
        _next_look[0] = monotonic() + PACE
    return done


def work_off() -> int:
    """The file that waits longest. Raises ``ScannerAwayError``; the file waits on."""
    row = claim(timezone.now())
    if row is None:
        return 0
    if row.tries > MOST_TRIES:
        settle(row, Reading(end="heavy"))
        return 1
    try:
        if is_infected(row):
            return 1
        settle(row, read_text(shelf.path_of(row.key), row.reader) if row.reader else Reading())
    except FileNotFoundError:
        settle(row, Reading(end="lost"))
    except ScannerAwayError:
        Attachment.objects.filter(pk=row.pk).update(claimed_at=None, tries=F("tries") - 1)
        raise
    return 1


def claim(now: datetime) -> Attachment | None:
    """The next file, now in this process's hands; None too where another was quicker."""
    row = Attachment.objects.queued(now).select_related("lesson").first()
    if row is None:
        return None
    mine = Attachment.objects.queued(now).filter(pk=row.pk).update(claimed_at=now, tries=F("tries") + 1)
    row.tries += 1
    return row if mine else None


def is_infected(row: Attachment) -> bool:
    """Ask the scanner, where there is one; what holds a virus loses its bytes. Raises ``ScannerAwayError``."""
    if not settings.CLAMD or row.checked:
        return False
    virus = virus_in(settings.CLAMD, shelf.path_of(row.key))
    row.checked = True
    row.save(update_fields=["checked"])
    if virus:
        log.warning("File %d of a lesson, of person %d, held %s; its bytes are removed.", row.pk, row.owner_id, virus)
        Attachment.objects.filter(pk=row.pk).update(state=State.INFECTED, claimed_at=None)
        shelf.remove(row.key)
    return bool(virus)


@transaction.atomic
def settle(row: Attachment, reading: Reading) -> None:
    """Keep what was found, and let the index have it with its lesson."""
    lesson = locked(row.lesson)
    now = Attachment.objects.select_for_update().filter(pk=row.pk, state=State.QUEUED).first()
    if now is None:
        return
    now.state, now.trouble = outcome(now, reading)
    now.length = max((page.number for page in reading.pages), default=0)
    now.claimed_at = None
    now.save(update_fields=["state", "trouble", "length", "claimed_at"])
    now.pages.all().delete()
    said = [page for page in reading.pages if page.text.strip()]
    Page.objects.bulk_create(Page(attachment=now, number=p.number, name=p.name, text=p.text) for p in said)
    index(lesson)


def outcome(row: Attachment, reading: Reading) -> tuple[str, str]:
    """The state that a reading leads to, and why."""
    if not row.reader and not reading.end:
        return State.KEPT, ""
    if reading.end in {"long", "slow"} and reading.has_words:
        return State.PART, ""
    if reading.end:
        return State.FAILED, "heavy" if reading.end == "long" else reading.end
    return (State.DONE if reading.has_words else State.SCAN), ""


@job()
def tidy_attachments(since: str, until: str) -> int:
    """Forget files that were removed long ago, and bytes whose row a crash has taken; how many."""
    now = datetime.fromisoformat(until)
    stale = shelf.older_than(now - SETTLED)
    known = set(Attachment.objects.filter(key__in=stale).values_list("key", flat=True)) if stale else set()
    shelf.remove(*(stale - known))
    return drop(list(Attachment.objects.filter(removed_at__lt=now - KEPT))) + len(stale - known)


def register() -> None:
    """Once an hour."""
    periodic("tidy files of lessons", tidy_attachments, every=timedelta(hours=1))
