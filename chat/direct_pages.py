"""The pages of conversations among a few people: whom to write to, and leaving."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.requests import PersonRequest
from chat.actions import leave_conversation, leave_topic, open_conversation, strangers
from chat.actions.direct import MOST
from chat.choosing import Choice, choice
from chat.forms import whole_number
from chat.models import Room
from chat.views import find_room
from partnerships.permissions import Reach

LEAVING = {Room.Kind.DIRECT: leave_conversation, Room.Kind.TOPIC: leave_topic}
"""The kinds of rooms that one may go out of, and how."""


@login_required
def new(request: PersonRequest) -> HttpResponse:
    """Choose people and begin: ``?q=`` looks for them, ``?with=`` are those who are chosen."""
    asked = request.POST if request.method == "POST" else request.GET
    words = asked.get("q", "").replace("\0", " ").strip()
    chosen = {pk for text in asked.getlist("with") if (pk := whole_number(text))}
    if request.method == "POST" and "find" in asked:
        found = urlencode([("q", words), *(("with", pk) for pk in sorted(chosen))])
        return redirect(f"{reverse('chat:new')}?{found}")
    offer = choice(request.user, words, chosen)
    if request.method != "POST":
        return show(request, offer, words)
    if problem := wrong(request, offer):
        return show(request, offer, words, problem)
    room = open_conversation(request.user, offer.chosen)
    return redirect(f"{room.get_absolute_url()}#latest")


def wrong(request: PersonRequest, offer: Choice) -> str:
    """What keeps the chosen people from one conversation, in words; nothing where nothing does."""
    if not offer.chosen:
        return _("Choose at least one person.")
    if len(offer.chosen) >= MOST:
        return _("At most %(n)s people fit into one conversation, you among them. For more, open a topic room.") % {
            "n": MOST
        }
    apart = strangers([request.user, *offer.chosen])
    if apart:
        names = {"one": apart[0][0].name, "other": apart[0][1].name}
        return _("%(one)s and %(other)s share no room, so they cannot be in one conversation.") % names
    return ""


def show(request: PersonRequest, offer: Choice, words: str, problem: str = "") -> HttpResponse:
    """The page; ``problem`` says why nothing was begun."""
    context = {"offer": offer, "q": words, "problem": problem, "most": MOST}
    return render(request, "chat/new.html", context, status=400 if problem else 200)


@login_required
def leave(request: PersonRequest, pk: int) -> HttpResponse:
    """Go out of a conversation or a topic room, asked first. Other rooms are the structure's."""
    room = find_room(request, pk, Reach.of(request.user))
    if room.kind not in LEAVING:
        raise Http404
    if request.method != "POST":
        return render(request, "chat/leave.html", {"room": room})
    LEAVING[Room.Kind(room.kind)](request.user, room)
    messages.success(request, _("You left %(room)s.") % {"room": room.name})
    return redirect("chat:home")
