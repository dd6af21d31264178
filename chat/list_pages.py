"""The order of one's own list: which rooms stand on top, and in which order."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import PersonRequest
from chat.actions import like, move_favourite
from chat.roomlist import FAVOURITES, room_groups
from chat.views import find_room
from partnerships.permissions import Reach


@login_required
@require_safe
def favourites(request: PersonRequest) -> HttpResponse:
    """All rooms, the favourites first, with buttons that move them."""
    groups = room_groups(request.user, Reach.of(request.user))
    liked = [entry for group in groups if group.kinds == FAVOURITES for entry in group.entries]
    others = [group for group in groups if group.kinds != FAVOURITES]
    return render(request, "chat/favourites.html", {"liked": liked, "others": others})


@login_required
@require_POST
def favourite(request: PersonRequest, pk: int) -> HttpResponse:
    """``on`` or ``off``, or one place ``up`` or ``down``; then back to where the button stands."""
    room = find_room(request, pk, Reach.of(request.user))
    wish = request.POST.get("favourite", "")
    if wish in {"on", "off"}:
        like(request.user, room, on=wish == "on")
    elif wish in {"up", "down"}:
        move_favourite(request.user, room, up=wish == "up")
    back = request.POST.get("next", "")
    ordered = f"{reverse('chat:favourites')}#room-{room.pk}"
    return redirect(back if url_has_allowed_host_and_scheme(back, None) else ordered)
