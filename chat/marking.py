"""The frames by which somebody says how far they have read, in a room or a thread, and what they follow."""

from typing import Any, Protocol

from chat.actions import follow_thread, mark_read, mark_thread_read, mark_unread
from chat.models import Room
from realtime.frames import switch, whole
from realtime.threads import change


class Reading(Protocol):
    """As much of a socket as matters here."""

    user: Any

    def say(self, frame: dict[str, Any], to: dict[str, Any] | None = None) -> None: ...
    def refuse(self, frame: dict[str, Any], code: str) -> None: ...


async def set_read(socket: Reading, frame: dict[str, Any]) -> None:
    """The room's marker goes forward; with ``thread``, that of the thread."""
    number, root = whole(frame, "number"), whole(frame, "thread") if "thread" in frame else None

    def move(room: Room) -> dict[str, int]:
        if root is not None:
            return {"thread": root, "number": mark_thread_read(socket.user, room, root, number)}
        return {"number": mark_read(socket.user, room, number)}

    await mark(socket, frame, move)


async def set_unread(socket: Reading, frame: dict[str, Any]) -> None:
    """The room's marker goes back."""
    number = whole(frame, "number")
    await mark(socket, frame, lambda room: {"number": mark_unread(socket.user, room, number)})


async def follow(socket: Reading, frame: dict[str, Any]) -> None:
    """Follow a thread, or leave it."""
    root, on = whole(frame, "thread"), switch(frame, "on")
    await mark(socket, frame, lambda room: {"thread": root} if follow_thread(socket.user, room, root, on=on) else None)


async def mark(socket: Reading, frame: dict[str, Any], move: Any) -> None:
    """Find the room through the person, ``move`` there, and say what that says; ``not_found`` where it is nothing."""
    room_id = whole(frame, "room")

    def moved() -> dict[str, int] | None:
        room = Room.objects.visible_to(socket.user).filter(pk=room_id).first()
        told = move(room) if room else None
        return {"room": room_id, **told, "version": room.version} if room and told else None

    done = await change(moved)
    if done is None:
        socket.refuse(frame, "not_found")
    else:
        socket.say({"type": "done", **done}, frame)
