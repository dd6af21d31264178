"""The one shape in which every transport shows a message, a room and a page of changes (docs/chat-protocol.md)."""

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from accounts.models import User
from chat.about import Seat
from chat.models import Message, Room
from chat.permissions import can_post, is_silenced
from partnerships.permissions import Reach


def message_payload(message: Message) -> dict[str, Any]:
    """A message as every member of its room gets it; what is null, empty or false is left out."""
    shown = {
        "id": message.pk,
        "number": message.number,
        "client_id": str(message.client_id),
        "author": author_payload(message),
        "body": message.body,
        "html": message.html,
        "language": message.language,
        "written_at": moment(message.written_at),
        "posted_at": moment(message.posted_at),
        "edited_at": moment(message.edited_at),
        "deleted": message.deleted_at is not None,
        "removed": message.removed_at is not None,
        "reply_to": message.reply_to,
        "thread": message.thread,
        "reactions": message.reactions,
        "attachments": message.attachments,
        "kept": message.kept_at is not None,
        "note": message.note,
        "question": message.question,
        "pinned": message.pinned_at is not None,
        "mentions": mentions_payload(message),
    }
    return {name: value for name, value in shown.items() if value}


def mentions_payload(message: Message) -> dict[str, Any]:
    """Whom it mentions by name, and which groups it calls."""
    return ({"people": message.mentioned} if message.mentioned else {}) | (message.calls or {})


def author_payload(message: Message) -> dict[str, Any]:
    """Who wrote it and for whom; only that they were a member, once their account is erased."""
    author = message.author
    if author.erased_at:
        return {"id": author.pk, "former": True}
    if message.organisation is None:
        return {"id": author.pk, "name": author.name}
    return {"id": author.pk, "name": author.name, "organisation": message.organisation.name}


@lru_cache(256)
def moment(value: datetime | None) -> str | None:
    """RFC 3339 in UTC, to the second: ``2026-11-23T09:14:05Z``."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if value else None


def state_payload(room: Room) -> dict[str, Any]:
    """What of the room itself all its members see alike."""
    name = room.title or (room.partnership.name if room.partnership else "")
    shown = {"name": name, "closed": room.is_closed, "floor": room.floor}
    return {name: value for name, value in shown.items() if value or name == "closed"}


def room_payload(room: Room, reach: Reach) -> dict[str, Any]:
    """A room in a person's list; it comes from ``with_place().with_unread(user)`` and ``with_mentions``."""
    return {
        "id": room.pk,
        "name": room.name,
        "place": str(room.whole or ""),
        "kind": room.kind,
        "version": room.version,
        "message_count": room.message_count,
        "last_read_number": room.last_read_number,  # type: ignore[attr-defined]  # annotated by with_unread
        "unread": room.unread,  # type: ignore[attr-defined]  # annotated by with_unread
        "mentions": room.mentions,  # type: ignore[attr-defined]  # annotated by with_mentions
        "can_post": can_post(reach, room) and not is_silenced(room),
        "url": room.get_absolute_url(),
    } | ({"archived": True} if room.archived_at else {})


def person_payload(seat: Seat) -> dict[str, Any]:
    """Somebody in a room, as one tells people of one name apart."""
    return {
        "id": seat.person.pk,
        "name": seat.person.name,
        "function": seat.function,
        "organisation": seat.organisation.name,
    }


def user_payload(user: User) -> dict[str, Any]:
    """The person themself, as ``welcome`` and ``typing`` show them."""
    return {"id": user.pk, "name": user.name}
