"""Files that wait for the virus check, looked at behind the pages. While the scanner is away they wait, and are looked
at as soon as it is back; nobody has to do anything about it."""

import logging
from time import monotonic

from django.conf import settings
from django.db import transaction

from chat.actions.posting import locked
from chat.broadcasts import message_changed
from chat.models import File, Message
from chat.models.file import shown
from chat.shelf import shelf
from files.clamd import ScannerAwayError, virus_in

PACE = 1.0
"""Seconds between two looks at least, where nothing waits."""
AWAY = 5.0
"""Seconds after which one looks again whether the scanner is back."""

log = logging.getLogger("exchange.files")

_next_look = [0.0]
_away = [False]


def keep_up() -> int:
    """For a worker that calls it over and over: one file. How many were looked at."""
    if not settings.CLAMD or monotonic() < _next_look[0]:
        return 0
    try:
        done = work_off()
    except ScannerAwayError as away:
        note_away(str(away))
        _next_look[0] = monotonic() + AWAY
        return 0
    if not done:
        _next_look[0] = monotonic() + PACE
    return done


def work_off() -> int:
    """The file that waits longest; one that is gone meanwhile counts as looked at. Raises ``ScannerAwayError``."""
    file = File.objects.filter(state=File.State.WAITING).order_by("pk").first()
    if file is None:
        return 0
    try:
        virus = virus_in(settings.CLAMD, shelf.path_of(file.key))
    except FileNotFoundError:
        virus = "lost"
    _away[0] = False
    settle(file, virus)
    return 1


def note_away(why: str) -> None:
    """Once, not every five seconds."""
    if not _away[0]:
        log.warning("The virus scanner at %s does not answer; files wait: %s", settings.CLAMD, why)
    _away[0] = True


@transaction.atomic
def settle(file: File, virus: str) -> None:
    """The file is ready, or its bytes are gone; a message that it hangs on says so to everybody in the room. The room's
    lock comes first: so a post that takes the file meanwhile knows what it takes."""
    room = locked([file.room_id])[file.room_id]
    row = File.objects.select_for_update().filter(pk=file.pk, state=File.State.WAITING).first()
    if row is None:
        return
    row.state = File.State.INFECTED if virus else File.State.READY
    row.save(update_fields=["state"])
    if virus:
        log.warning("File %d of person %d held %s; its bytes are removed.", row.pk, row.owner_id, virus)
        transaction.on_commit(lambda: shelf.remove(row.key))
    message = Message.objects.with_author().filter(files=row, deleted_at=None).first()
    if message is None:
        return
    room.version += 1
    room.save(update_fields=["version"])
    message.room, message.version = room, room.version
    message.attachments = shown(message.files.order_by("pk"))
    message.save(update_fields=["version", "attachments"])
    message_changed(message)
