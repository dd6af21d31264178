"""Notes: messages that a room is told by, made by what somebody did. Everybody reads them in their own language."""

from datetime import date
from typing import Any
from uuid import uuid4

from babel.dates import format_date
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from chat.broadcasts import message_changed
from chat.models import Message, Room
from chat.models.kept import YEARS

EXPORT = "export"
RETENTION = "retention"


def post_note(room: Room, by: User, note: dict[str, Any]) -> Message:
    """The next message of ``room``, whose row the caller has locked, whoever may write there. Its body says it in the
    language of ``by``, for whom does not know the note."""
    with translation.override(by.language):
        body = words_of(note)
    now = timezone.now()
    room.version += 1
    room.message_count += 1
    room.last_posted_at = max(now, room.last_posted_at or now)
    room.save(update_fields=["version", "message_count", "last_posted_at"])
    made = Message(
        room=room,
        number=room.message_count,
        version=room.version,
        author=by,
        client_id=uuid4(),
        body=body,
        language=by.language,
        note=note,
        posted_at=room.last_posted_at,
    )
    made.save()
    message_changed(made)
    return made


def words_of(note: dict[str, Any]) -> str:
    """What a note says, in the current language."""
    if note["kind"] == EXPORT:
        return _("All of this room was exported: messages and files, as they are now.")
    if note.get("from"):
        said = {"years": span(note["years"]), "day": day(note["from"])}
        return (
            _(
                "From %(day)s on, messages of this room are kept for %(years)s. What is older goes then, except what is"
                " pinned or kept in a lesson."
            )
            % said
        )
    if note["years"]:
        return _("Messages of this room are kept for %(years)s.") % {"years": span(note["years"])}
    return _("Messages of this room are kept for ever.")


def span(years: int) -> str:
    """``2 years``."""
    return str(dict(YEARS)[years])


def day(text: str) -> str:
    """``23 December 2026``."""
    return str(format_date(date.fromisoformat(text), "d MMMM y", locale=get_language() or "en"))
