"""What open browsers hear from chat."""

from collections.abc import Collection

from chat.models import Message, Room


def message_changed(message: Message) -> None:
    """A message is new or different."""


def room_changed(room: Room) -> None:
    """The room itself is different: its name, or whether one writes in it."""


def access_moved(room_ids: Collection[int], people: Collection[int]) -> None:
    """Who may enter these rooms changed for ``people``."""


def marker_moved(user_id: int, room_id: int, number: int, *, back: bool) -> None:
    """The person's other devices hear how far they have read."""
