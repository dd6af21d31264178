"""What a room keeps: its rule, with a preview of what another would take, and its exports. Everybody in the room sees
the rule and that exports were made; who answers for the room changes and fetches them."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.requests import PersonRequest
from chat.actions import Refused
from chat.actions.exporting import ask_export
from chat.actions.retention import preview, set_retention, undo_retention
from chat.export_job import export_room
from chat.exporting import path_of
from chat.forms import STATUS, refused_because
from chat.models import Export, Retention, Room
from chat.models.kept import YEARS
from chat.noting import span
from chat.permissions import can_moderate
from chat.views import find_room
from partnerships.permissions import Reach
from work.models import Progress

SHOWN = 20
"""Exports listed."""
PIECE = 256 * 1024
"""Bytes that are read of an export at once."""


@login_required
def keeping(request: PersonRequest, pk: int) -> HttpResponse:
    """The page; ``?years=`` shows what another rule would take before anybody sets it."""
    reach = Reach.of(request.user)
    room = find_room(request, pk, reach)
    if room.kind == Room.Kind.DIRECT:
        raise Http404
    if request.method != "POST":
        return show(request, room, reach)
    done = act(request, room)
    if isinstance(done, Refused):
        return show(request, room, reach, done)
    return redirect("chat:keeping", pk)


def act(request: PersonRequest, room: Room) -> Export | Refused | None:
    """The verb of the button that was pressed."""
    user, pressed = request.user, request.POST
    if "export" in pressed:
        return ask_export(user, room.pk, export_room)
    if "undo" in pressed:
        return undo_retention(user, room.pk)
    years = whole(pressed.get("years"))
    done = set_retention(user, room.pk, years) if years is not None else Refused("bad_frame")
    if done is None:
        messages.success(request, _("Saved. The room is told."))
    return done


def show(request: PersonRequest, room: Room, reach: Reach, refused: Refused | None = None) -> HttpResponse:
    """The rule, the preview that was asked for, and the exports."""
    years = whole(request.GET.get("years"))
    may = can_moderate(reach, room)
    rule = Retention.objects.filter(room=room).first()
    exports = list(Export.objects.filter(room=room).select_related("by")[:SHOWN])
    context: dict[str, Any] = {
        "room": room,
        "may": may,
        "rule": rule,
        "now_kept": span(rule.years if rule else 0),
        "next_kept": span(rule.next_years) if rule and rule.next_years is not None else "",
        "choices": YEARS,
        "preview": preview(room, years) if may and years is not None else None,
        "exports": with_progress(exports),
        "running": any(one.finished_at is None for one in exports),
        "now": timezone.now(),
        "refusal": refused_because(refused) if refused else "",
    }
    return render(request, "chat/keeping.html", context, status=STATUS[refused.code] if refused else 200)


def with_progress(exports: list[Export]) -> list[dict[str, Any]]:
    """Each with how far it has come, and whether it can be fetched."""
    tasks = [one.task for one in exports if one.finished_at is None]
    found = {one.pk: one for one in Progress.objects.filter(pk__in=tasks).select_related("task")} if tasks else {}
    return [{"export": one, "progress": found.get(one.task), "there": one.can_be_fetched()} for one in exports]


def whole(text: str | None) -> int | None:
    """The years of a rule, out of an address or a form; None for anything else."""
    return int(text) if text in {str(years) for years, _label in YEARS} else None


@login_required
@require_safe
def export(request: PersonRequest, pk: int, export: int) -> HttpResponseBase:
    """The file, for those who answer for the room now, until it expires."""
    reach = Reach.of(request.user)
    room = find_room(request, pk, reach)
    found = get_object_or_404(Export, pk=export, room=room)
    if not can_moderate(reach, room) or not found.can_be_fetched() or not path_of(found).exists():
        raise Http404
    name = f"{slugify(room.name) or 'room'}-{found.asked_at:%Y-%m-%d}.zip"
    response = StreamingHttpResponse(pieces(path_of(found)), content_type="application/zip")
    response["Content-Disposition"] = str(content_disposition_header(True, name))
    response["Content-Length"] = str(path_of(found).stat().st_size)
    response["Content-Encoding"] = "identity"  # it is packed already
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


async def pieces(path: Path) -> AsyncIterator[bytes]:
    """The file bit by bit, however large it is and however slow the link; opened when the first is asked for."""
    with await asyncio.to_thread(path.open, "rb") as file:
        while piece := await asyncio.to_thread(file.read, PIECE):
            yield piece
