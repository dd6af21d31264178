"""Rooms as other apps see them."""

import things
from chat.models import Room


def card(room: Room) -> things.Thing:
    """The room with what it is listed under."""
    return things.Thing("room", room.pk, room.name, room.get_absolute_url(), summary=str(room.whole or ""), row=room)


things.register("room", visible_to=lambda user: Room.objects.visible_to(user).with_place(), card=card)
