"""Messages for later on pages: one is begun in a room, the list shows all that wait. Nothing here needs a script."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.requests import PersonRequest
from chat.about import about
from chat.actions import (
    Refused,
    Typed,
    give_up,
    own_draft,
    reschedule,
    save_draft,
    schedule_message,
    send_now,
)
from chat.forms import REFUSALS, STATUS, whole_number
from chat.later_forms import LaterForm, at_place, clocks_of
from chat.models import Room, Scheduled
from chat.models.draft import ROOM_ITSELF
from chat.naming import name_for
from chat.views import find_room
from partnerships.permissions import Reach


@dataclass(frozen=True)
class Line:
    """A message that waits, as its writer sees it: ``there`` is its time by the clock that was chosen, where that is
    another than theirs; ``refusal`` says why it did not go. ``room`` is None where it is no longer theirs."""

    one: Scheduled
    room: Room | None
    there: str
    refusal: str


@login_required
@require_safe
def waiting(request: PersonRequest) -> HttpResponse:
    """All that the person has scheduled, the next one first."""
    found = list(Scheduled.objects.filter(author=request.user).order_by("due_at", "pk"))
    return render(request, "chat/waiting.html", {"lines": lines(found, request.user)})


def lines(found: Iterable[Scheduled], user: User) -> list[Line]:
    """Each with its room, if that is still open to the person."""
    found = list(found)
    rooms = list(Room.objects.visible_to(user).with_place().filter(pk__in={one.room_id for one in found}))
    name_for(user, rooms)
    named = {room.pk: room for room in rooms}
    return [
        Line(one, named.get(one.room_id), at_place(one), str(REFUSALS[one.refused]) if one.refused else "")
        for one in found
    ]


@login_required
def later(request: PersonRequest, pk: int) -> HttpResponse:
    """Choose when words for a room go out; ``later`` brings those that were typed there."""
    reach, user = Reach.of(request.user), request.user
    room = find_room(request, pk, reach)
    clocks = clocks_of(room, user)
    if request.method != "POST" or "later" in request.POST:
        form = LaterForm.begun(user, clocks, **brought(request))
        return show(request, form, room, reach)
    form = LaterForm(request.POST, user=user, clocks=clocks)
    if form.is_valid():
        scheduled = schedule_message(user, room.pk, form.later())
        if isinstance(scheduled, Scheduled):
            drop_draft(user, room, scheduled)
            messages.success(request, said(scheduled))
            return redirect("chat:waiting")
        form.refuse(scheduled.code)
    return show(request, form, room, reach, status=400)


def brought(request: PersonRequest) -> dict[str, Any]:
    """What stood in the field of the room."""
    numbers = {name: whole_number(request.POST.get(name)) for name in ("reply_to", "thread")}
    return {"body": request.POST.get("body", ""), **numbers}


def said(one: Scheduled) -> str:
    """That it waits, with its time by both clocks."""
    (line,) = lines([one], one.author)
    there = f" ({line.there})" if line.there else ""
    return _("Your message waits until its time%(there)s. Nobody else sees it before.") % {"there": there}


def drop_draft(user: User, room: Room, one: Scheduled) -> None:
    """What is scheduled is no longer begun."""
    thread = one.thread or ROOM_ITSELF
    draft = own_draft(user, room, thread)
    if draft and draft.body.strip() == one.body.strip():
        save_draft(user, room.pk, Typed("", draft.version), thread)


@login_required
def one(request: PersonRequest, pk: int) -> HttpResponse:
    """Change one, send it now (``send``), or give it up (``give_up``): its words are then a draft of its room."""
    user, reach = request.user, Reach.of(request.user)
    found = get_object_or_404(Scheduled, author=user, pk=pk)
    room = Room.objects.visible_to(user, reach).with_place().filter(pk=found.room_id).first()
    if request.method == "POST" and request.POST.keys() & {"send", "give_up"}:
        return press(request, found, room)
    clocks = clocks_of(room, user, found.zone) if room else {found.zone: found.zone}
    if request.method != "POST":
        told = {"client_id": found.client_id, "body": found.body, "day": found.day, "at": found.at}
        return show(request, LaterForm.begun(user, clocks, **told, clock=found.zone), room, reach, found)
    form = LaterForm(request.POST, user=user, clocks=clocks)
    if form.is_valid():
        changed = reschedule(user, pk, form.later())
        if isinstance(changed, Scheduled):
            messages.success(request, said(changed))
            return redirect("chat:waiting")
        if changed.code == "not_found":
            raise Http404
        form.refuse(changed.code)
    return show(request, form, room, reach, found, status=400)


def press(request: PersonRequest, found: Scheduled, room: Room | None) -> HttpResponse:
    """Send it now, or give it up."""
    user = request.user
    if "give_up" in request.POST:
        if isinstance(give_up(user, found.pk), Refused):
            raise Http404
        if room:
            save_draft(user, room.pk, Typed(found.body, reply_to=found.reply_to), found.thread or ROOM_ITSELF)
        messages.success(request, _("It will not be sent. Its words are kept as a draft in the room."))
        return redirect("chat:waiting")
    outcome = send_now(user, found.pk)
    if isinstance(outcome, Refused):
        messages.error(request, str(REFUSALS[outcome.code]))
        return redirect("chat:waiting")
    return redirect(outcome.message.get_absolute_url())


def show(
    request: PersonRequest,
    form: LaterForm,
    room: Room | None,
    reach: Reach,
    found: Scheduled | None = None,
    status: int = 200,
) -> HttpResponse:
    """The form, with what was typed."""
    if room:
        name_for(request.user, [room])
    read_only = about(room, request.user, reach).read_only if room else str(REFUSALS["not_found"])
    context: dict[str, Any] = {"form": form, "room": room, "found": found, "read_only": read_only}
    if found:
        context["line"] = lines([found], request.user)[0]
    elif read_only and status == 200 and request.method != "POST":
        status = STATUS["read_only"]
    return render(request, "chat/later.html", context, status=status)
