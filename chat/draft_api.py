"""A person's own drafts over HTTP (docs/chat-protocol.md)."""

from typing import Any

from django.shortcuts import get_object_or_404

from accounts.api import api, payload
from accounts.models import User
from accounts.requests import PersonRequest
from chat.actions import Refused, own_draft, save_draft
from chat.api import number_in, refusal
from chat.drafts import shown, typed_in
from chat.models import Room
from chat.models.draft import ROOM_ITSELF


@api("GET", "PUT")
def draft(request: PersonRequest, pk: int) -> dict[str, Any]:
    """What one has begun to write in a room, or with ``?thread=`` in a thread; or what was typed just now."""
    thread = number_in(request, "thread", ROOM_ITSELF) or ROOM_ITSELF
    if request.method == "PUT":
        return saved(request.user, pk, payload(request), thread)
    room = get_object_or_404(Room.objects.visible_to(request.user), pk=pk)
    return shown(own_draft(request.user, room, thread))


def saved(user: User, room: int, data: dict[str, Any], thread: int) -> dict[str, Any]:
    """What stands after ``data``. Raises ``ApiError``."""
    typed = typed_in(data)
    if typed is None:
        raise refusal("bad_frame")
    draft = save_draft(user, room, typed, thread)
    if isinstance(draft, Refused):
        raise refusal(draft.code)
    return shown(draft)
