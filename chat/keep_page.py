"""Choosing messages to keep: the page that works without a script, and the way on to where a lesson is written."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.requests import PersonRequest
from chat.conversation import lines, window
from chat.forms import whole_number
from chat.models import Message, Room
from chat.views import find_room
from partnerships.models import Network
from partnerships.permissions import Reach

MOST = 50
"""Messages in one lesson."""


@login_required
@require_safe
def keep(request: PersonRequest, pk: int) -> HttpResponse:
    """The room's messages, a page at a time, to be ticked (``message``, by their numbers, is what is ticked already);
    ``go`` leads to a new lesson that quotes them. Not in private conversations."""
    room = find_room(request, pk, Reach.of(request.user))
    if room.kind == Room.Kind.DIRECT:
        raise Http404
    numbers = [number for text in request.GET.getlist("message") if (number := whole_number(text))][:MOST]
    if "go" in request.GET and numbers:
        return redirect(writing(room, numbers))
    shown = window(room, **{name: whole_number(request.GET.get(name)) for name in ("before", "after", "around")})
    here = {one.number for one in shown.messages}
    context = {
        "room": room,
        "window": shown,
        "lines": lines(room, shown.messages, request.user, room.message_count),
        "ticked": set(numbers),
        "elsewhere": [number for number in numbers if number not in here],
        "nothing": "go" in request.GET,
    }
    return render(request, "chat/keep.html", context)


def writing(room: Room, numbers: list[int]) -> str:
    """Where the lesson is written, with what it quotes and where that was said."""
    rows = Message.objects.filter(room=room, number__in=numbers, number__gt=room.floor, deleted_at=None)
    quoted = [("quote", f"message:{pk}") for pk in rows.order_by("number").values_list("pk", flat=True)]
    whole = room.whole
    kind = "network" if isinstance(whole, Network) else "partnership"
    place = [("place", f"{kind}:{whole.pk}")] if whole else []
    return f"{reverse('knowledge:new')}?{urlencode([*quoted, *place])}"
