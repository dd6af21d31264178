"""The files of a room on one page: who brought them, when, how large; the newest first."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import PersonRequest
from chat.models import File
from chat.views import find_room
from partnerships.permissions import Reach

PAGE = 30
"""Files on one page."""


@login_required
@require_safe
def files(request: PersonRequest, pk: int) -> HttpResponse:
    """All that hangs on messages which stand there."""
    room = find_room(request, pk, Reach.of(request.user))
    rows = File.objects.in_room(room).exclude(state=File.State.INFECTED).select_related("owner", "message__room")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "chat/files.html", {"room": room, "page": page, "bytes": rows.total()})
