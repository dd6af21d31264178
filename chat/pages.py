"""Reading for those who follow a room: what changed since a version, and messages by number."""

from dataclasses import dataclass, field
from typing import Any

from accounts.models import User
from chat.models import Mention, Message, Room
from chat.payloads import message_payload, state_payload
from realtime.items import encode
from realtime.kinds import Page

MOST_MESSAGES = 200
MOST_BYTES = 64 * 1024
FARTHEST = 2000
"""Versions behind, past which a client begins anew instead of catching up."""


@dataclass(frozen=True)
class Changes:
    """What follows ``since`` in a room: a page with the head or, while there is ``more``, its last version; or only
    that the client must begin anew. ``access`` is the number that it was read under."""

    room: int
    since: int
    version: int
    access: int
    messages: list[dict[str, Any]] = field(default_factory=list)
    room_state: dict[str, Any] | None = None
    more: bool = False
    reset: bool = False

    def frame(self) -> dict[str, Any]:
        """As it goes to a client."""
        if self.reset:
            return {"type": "reset", "room": self.room}
        state = {"room_state": self.room_state} if self.room_state else {}
        return {
            "type": "changes",
            "room": self.room,
            "since": self.since,
            "version": self.version,
            "messages": self.messages,
            **state,
            "more": self.more,
        }

    def finished(self) -> Page:
        """As the hub takes it."""
        return Page(encode(self.frame()), self.version, self.access, self.more, self.reset)


def changes(room_id: int, since: int, user: User | None = None) -> Changes | None:
    """The page after ``since``, or None where there is no such room for ``user`` (None reads for all watchers).

    The numbers are read first, then the right, then the messages up to that head: so a page never holds more than
    its access number covers, and what changes meanwhile comes after it.
    """
    room = Room.objects.with_place().filter(pk=room_id).first()
    if room is None or (user is not None and not Room.objects.visible_to(user).filter(pk=room_id).exists()):
        return None
    if not 0 <= room.version - since <= FARTHEST:
        return Changes(room_id, since, room.version, room.access, reset=True)
    rows = Message.objects.filter(
        room=room_id, number__gt=room.floor, version__gt=since, version__lte=room.version
    ).with_author()
    found = list(rows.order_by("version")[: MOST_MESSAGES + 1])
    Mention.objects.load(found[:MOST_MESSAGES])
    shown = fitting(found)
    more = len(shown) < len(found)
    version = found[len(shown) - 1].version if more else room.version
    state = state_payload(room) if since < room.state_version <= version else None
    return Changes(room_id, since, version, room.access, shown, state, more)


def fitting(messages: list[Message]) -> list[dict[str, Any]]:
    """As many of them, from the first, as one page holds: at least one."""
    shown: list[dict[str, Any]] = []
    size = 0
    for message in messages[:MOST_MESSAGES]:
        payload = message_payload(message)
        size += len(encode(payload).encode())
        if shown and size > MOST_BYTES:
            break
        shown.append(payload)
    return shown


@dataclass(frozen=True)
class Window:
    """Messages next to each other, by number, and whether there are more the way that was asked for."""

    messages: list[Message]
    more: bool


def before(room: Room, number: int | None, limit: int) -> Window:
    """The last ``limit`` messages, or those before ``number``."""
    rows = Message.objects.filter(room=room, number__gt=room.floor).with_author().order_by("-number")
    found = list((rows if number is None else rows.filter(number__lt=number))[: limit + 1])
    return Window(found[:limit][::-1], len(found) > limit)


def after(room: Room, number: int, limit: int) -> Window:
    """The first ``limit`` messages after ``number``."""
    rows = Message.objects.filter(room=room, number__gt=max(number, room.floor)).with_author().order_by("number")
    found = list(rows[: limit + 1])
    return Window(found[:limit], len(found) > limit)


def around(room: Room, number: int, limit: int) -> Window:
    """``number`` in the middle; ``more`` tells of later ones."""
    earlier = before(room, number, limit // 2)
    later = after(room, number - 1, limit - len(earlier.messages))
    return Window([*earlier.messages, *later.messages], later.more)
