"""One message on a page of its own, with every verb as a form: what the menu beside it does, without a script."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.requests import PersonRequest
from chat.about import about
from chat.actions import (
    Refused,
    Verdict,
    delete_message,
    edit_message,
    pin_message,
    react,
    say_language,
    undelete_message,
)
from chat.conversation import PAGE, lines
from chat.forms import STATUS, refused_because
from chat.kept import came_of_message
from chat.models import Deletion, Message, Reaction, Room
from chat.models.message import standing
from chat.permissions import can_moderate, can_post
from chat.question_forms import asking
from chat.quotes import who
from chat.signs import SIGNS, name_of
from chat.speaking import names
from chat.text import LONGEST
from chat.views import find_room
from partnerships.permissions import Reach

VERBS: dict[str, Callable[[User, Message, str], Verdict]] = {
    "on": lambda user, one, sign: react(user, one.room_id, one.pk, sign, on=True),
    "off": lambda user, one, sign: react(user, one.room_id, one.pk, sign, on=False),
    "pin": lambda user, one, on: pin_message(user, one.room_id, one.pk, on=on == "on"),
    "delete": lambda user, one, _: delete_message(user, one.room_id, one.pk),
    "undelete": lambda user, one, _: undelete_message(user, one.room_id, one.pk),
    "language": lambda user, one, said: say_language(user, one.room_id, one.pk, said),
    "confirm": lambda user, one, body: edit_message(user, one.room_id, one.pk, plain(body), confirm=True),
    "body": lambda user, one, body: edit_message(user, one.room_id, one.pk, plain(body)),
}
"""The name of the button that was pressed → what is done with its value."""


@login_required
def message(request: PersonRequest, pk: int, number: int) -> HttpResponse:
    """Message ``number`` of a room, and what one may do with it."""
    reach = Reach.of(request.user)
    room = find_room(request, pk, reach)
    one = find_message(room, number)
    if request.method != "POST":
        return show(request, one, reach)
    verb = next((name for name in VERBS if name in request.POST), None)
    if verb is None:
        return show(request, one, reach, Refused("bad_frame"))
    verdict = VERBS[verb](request.user, one, request.POST.get("body" if verb == "confirm" else verb, ""))
    if isinstance(verdict, Refused):
        return show(request, one, reach, verdict)
    return redirect("chat:message", pk, number) if verb == "delete" else redirect(in_its_room(room, number))


@login_required
@require_safe
def history(request: PersonRequest, pk: int, number: int) -> HttpResponse:
    """What the message said before it was edited, the newest first, for everybody in the room."""
    room = find_room(request, pk, Reach.of(request.user))
    one = find_message(room, number)
    earlier = one.revisions.order_by("-pk")
    context = {"room": room, "line": lines(room, [one], request.user, room.message_count)[0], "earlier": earlier}
    return render(request, "chat/history.html", context)


@login_required
@require_safe
def verbs(request: PersonRequest, pk: int) -> HttpResponse:
    """The menu of a message in this room, for the script that fetches it at its first use."""
    reach = Reach.of(request.user)
    room = find_room(request, pk, reach)
    may = {"writes": can_post(reach, room), "moderates": can_moderate(reach, room)}
    return render(request, "chat/_verbs.html", {"room": room, "signs": SIGNS, **may})


def plain(body: str) -> str:
    """The words as they are kept: browsers send CR LF for a line break."""
    return body.replace("\r\n", "\n").rstrip()


def show(request: PersonRequest, one: Message, reach: Reach, why: Refused | None = None) -> HttpResponse:
    """The page; ``why`` something was not done."""
    user, room = request.user, one.room
    context: dict[str, Any] = {
        "room": room,
        "line": lines(room, [one], user, room.message_count)[0],
        "about": about(room, user, reach),
        "signs": answers(one, user),
        "back": in_its_room(room, one.number),
        "refusal": refused_because(why) if why else "",
        "asks": why.people if why else 0,
        "body": request.POST.get("body", one.body),
        "longest": LONGEST,
        "languages": names(),
        "may_undo": one.deleted_at and Deletion.objects.of(user, one).exists(),
        **asking(one, user, reach),
        "came_of": came_of_message(one, user),
        "may_delete": one.author_id == user.pk or can_moderate(reach, room),
    }
    return render(request, "chat/message.html", context, status=STATUS[why.code] if why else 200)


@dataclass(frozen=True)
class Answer:
    """A sign that one can set, and the names of those who did."""

    emoji: str
    name: str
    who: list[str]
    mine: bool


def answers(one: Message, reader: User) -> list[Answer]:
    """The signs that the page offers and those that stand there, with everybody who set them."""
    said: dict[str, list[User]] = {emoji: [] for emoji in SIGNS}
    for row in Reaction.objects.filter(message=one).select_related("user").order_by("pk"):
        said.setdefault(row.emoji, []).append(row.user)
    return [
        Answer(emoji, name_of(emoji), [who(user, reader) for user in users], reader in users)
        for emoji, users in said.items()
    ]


def find_message(room: Room, number: int) -> Message:
    """The message, unless it was never there or is gone by the room's retention. Raises ``Http404``."""
    if number > room.message_count:
        raise Http404
    rows = Message.objects.filter(standing(room.floor)).with_author()
    found: Message = get_object_or_404(rows, room=room, number=number)
    found.room = room
    return found


def in_its_room(room: Room, number: int) -> str:
    """The way back to a message: the newest page, where it stands on that."""
    recent = number > room.message_count - PAGE
    return f"{room.get_absolute_url()}{'' if recent else f'?around={number}'}#m{number}"
