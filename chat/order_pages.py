"""The pages that keep order in rooms: flagging a message, and what was flagged and done."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.requests import PersonRequest
from chat.actions import moderating
from chat.forms import REFUSALS, STATUS, whole_number
from chat.message_page import find_message, in_its_room
from chat.models import Deed, Message, Room
from chat.order_forms import TIMES, FlagForm, room_label
from chat.permissions import can_moderate, keeps_order
from chat.text import words_of
from chat.views import find_room
from partnerships.permissions import Reach

DEEDS = 50
"""Entries of the log on one page."""
FLAGGED = 20
"""Flagged messages on one page."""


@login_required
def flag(request: PersonRequest, pk: int, number: int) -> HttpResponse:
    """Ask those who keep order to look at a message."""
    room = find_room(request, pk, Reach.of(request.user))
    message = find_message(room, number)
    if room.kind == Room.Kind.DIRECT or message.author_id == request.user.pk or message.deleted_at:
        raise Http404
    form = FlagForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        moderating.flag_message(request.user, message, form.cleaned_data["reason"], form.cleaned_data["note"])
        messages.success(request, _("Thank you. Those who moderate this room look at it."))
        return redirect(in_its_room(room, number))
    context = {"room": room, "message": message, "form": form, "words": words_of(message.body, message.html)}
    return render(request, "chat/flag.html", context, status=400 if request.method == "POST" else 200)


@login_required
@require_safe
def flags(request: PersonRequest) -> HttpResponse:
    """What waits to be looked at in all rooms in which one keeps order."""
    reach = Reach.of(request.user)
    if not keeps_order(reach):
        raise Http404
    rooms = Room.objects.kept_in_order_by(request.user, reach)
    page = Paginator(moderating.open_flags(rooms, request.user), FLAGGED).get_page(request.GET.get("page"))
    waiting = [(one, words_of(one.body, one.html), room_label(one.room)) for one in page]
    return render(request, "chat/flags.html", {"waiting": waiting, "page": page})


@login_required
def moderation(request: PersonRequest, pk: int) -> HttpResponse:
    """What is flagged in a room, who is silenced, and what was done: for those who keep order there."""
    reach = Reach.of(request.user)
    room = find_room(request, pk, reach)
    if not can_moderate(reach, room):
        raise Http404
    if request.method != "POST":
        return show(request, room)
    code = act(request, room)
    if code:
        return show(request, room, code)
    return redirect("chat:flags") if "queue" in request.POST else redirect("chat:moderation", pk)


def act(request: PersonRequest, room: Room) -> str:
    """Do what was pressed. The code of why not; nothing where it was done."""
    said = request.POST
    reason = said.get("reason", "").replace("\0", "").strip()[:500]
    if {"remove", "leave"} & said.keys():
        message = find_message(room, whole_number(said.get("remove") or said.get("leave")) or 0)
        if "leave" in said:
            moderating.leave_flagged(request.user, message)
            return ""
        return moderating.could_not(moderating.remove_message(request.user, room.pk, message.pk, reason))
    person = User.objects.filter(pk=whole_number(said.get("lift") or said.get("person")) or 0).first()
    if person is None:
        return "not_found"
    if "lift" in said:
        return moderating.lift(request.user, room, person, reason)
    return moderating.silence(request.user, room, person, said.get("span", ""), reason)


WHY_NOT = REFUSALS | {
    "not_found": gettext_lazy("This person or message is not in this room any more."),
    "forbidden": gettext_lazy("Those who moderate a room cannot be silenced there, and judge only others’ messages."),
}


def show(request: PersonRequest, room: Room, code: str = "") -> HttpResponse:
    """The page; ``code`` says why something was not done."""
    deeds = Paginator(Deed.objects.filter(room=room).select_related("by", "about"), DEEDS)
    flagged = moderating.open_flags([room], request.user)
    picked = Message.objects.with_author().filter(room=room, number=whole_number(request.GET.get("message")) or 0)
    one = picked.filter(deleted_at=None, number__gt=room.floor).exclude(author=request.user).first()
    context: dict[str, Any] = {
        "room": room,
        "refusal": WHY_NOT.get(code, ""),
        "flagged": [(message, words_of(message.body, message.html)) for message in flagged],
        "picked": one,
        "picked_words": words_of(one.body, one.html) if one else "",
        "silenced": moderating.silenced_in(room),
        "people": room.people().exclude(pk=request.user.pk),
        "chosen": whole_number(request.GET.get("person") or request.POST.get("person")),
        "spans": [(name, TIMES[name]) for name in moderating.SPANS],
        "page": deeds.get_page(request.GET.get("page")),
    }
    return render(request, "chat/moderation.html", context, status=STATUS.get(code, 200))
