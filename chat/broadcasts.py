"""What open browsers hear from chat. Everything here leaves after the commit, with the numbers it was made under."""

from collections.abc import Iterable

from chat.models import Message, Room
from chat.payloads import message_payload, room_payload, state_payload
from partnerships.permissions import Reach
from realtime.publishing import drop, listening, publish


def topic(room_id: int) -> str:
    """The topic that a room's watchers are on."""
    return f"room:{room_id}"


def message_changed(message: Message) -> None:
    """A message is new or different: to everybody who watches its room."""
    room = message.room
    frame = {"type": "change", "room": room.pk, "version": message.version, "message": message_payload(message)}
    publish(topic(room.pk), frame, version=message.version, access=room.access)


def room_changed(room: Room) -> None:
    """The room itself is different: its name, or whether one writes in it."""
    frame = {"type": "change", "room": room.pk, "version": room.version, "room_state": state_payload(room)}
    publish(topic(room.pk), frame, version=room.version, access=room.access)


def access_moved(user_id: int, reach: Reach, open_rooms: Iterable[Room], closed: Iterable[int]) -> None:
    """To all of a person's devices: these rooms are theirs now (``with_place().with_unread()``), those no longer."""
    if not listening():
        return
    for room in open_rooms:
        publish(f"user:{user_id}", {"type": "room", "room": room_payload(room, reach)})
    for room_id in closed:
        drop(user_id, topic(room_id), {"type": "gone", "room": room_id, "reason": "removed"})


def thread_marker_moved(user_id: int, room_id: int, root: int, number: int) -> None:
    """To all of a person's devices: how far they have read in a thread."""
    publish(f"user:{user_id}", {"type": "read", "room": room_id, "thread": root, "number": number})


def marker_moved(user_id: int, room_id: int, number: int, *, back: bool) -> None:
    """To all of a person's devices: how far they have read."""
    publish(f"user:{user_id}", {"type": "unread" if back else "read", "room": room_id, "number": number})
