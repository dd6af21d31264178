"""The Talk pages. Everything on them works without a script; ``chat/static/chat`` makes them live."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

import things
from accounts.models import User
from accounts.requests import PersonRequest
from chat.about import about
from chat.actions import mark_read, mark_unread
from chat.asking import asking_in, draft_of, question, room_to_ask
from chat.broadcasts import topic
from chat.conversation import Window, lines, window
from chat.drafts import begun, is_kept, take
from chat.finding import find
from chat.form_files import FormFiles
from chat.forms import STATUS, MessageForm, whole_number
from chat.kept import came_of
from chat.models import Room
from chat.models.draft import with_begun
from chat.naming import name_for
from chat.permissions import keeps_order
from chat.presence import here_today
from chat.quotes import pinned, quote
from chat.roomlist import choice_for, room_groups
from chat.signs import SIGNS
from chat.things import message as card
from chat.threads import unread_threads
from chat.wording import PARAMETERS
from notifications.actions import choose_place, mute_place, opened, unmute_place
from notifications.kinds import When
from partnerships.permissions import Reach, people_visible_to

LIST_MODULES = ["chat/kit", "realtime/connection"]
ROOM_MODULES = [*LIST_MODULES, "chat/room"]
THREAD_MODULES = [*ROOM_MODULES, "chat/thread"]
"""The scripts of the live client, for the browser to fetch side by side: the list alone, and with a room."""
SPANS = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(weeks=1)}
"""For how long one may mute a room."""


@login_required
@require_safe
def home(request: PersonRequest) -> HttpResponse:
    """All rooms of the person, with what is new in each."""
    words = request.GET.get("q", "").strip()
    user, reach = request.user, Reach.of(request.user)
    context: dict[str, Any] = {
        "groups": room_groups(user, reach, words),
        "q": words,
        "unread_threads": unread_threads(user, reach),
        "moderates": keeps_order(reach),
        "modules": LIST_MODULES,
    }
    return render(request, "chat/home.html", context)


@login_required
def room(request: PersonRequest, pk: int) -> HttpResponse:
    """A room; ``?before=``, ``?after=`` and ``?around=`` move the window, ``?draft=`` stands in the field,
    ``?reply=`` is the number of what it answers.

    Posting here needs no script."""
    reach = Reach.of(request.user)
    found = find_room(request, pk, reach)
    if request.method != "POST":
        brought, answers = draft_of(request.GET.get("draft", "")), whole_number(request.GET.get("reply"))
        return show(request, found, reach, begun(request.user, found, brought=brought, answers=answers))
    form = MessageForm(request.POST)
    files = FormFiles(request.POST, request.FILES.getlist("files"), found, request.user)
    form.attachments = files.ids
    if status := files.status or STATUS.get(take(form, found, request.user), 0):
        return show(request, found, reach, form, status, files)
    return redirect(f"{found.get_absolute_url()}#{'composer' if is_kept(request.POST) else 'latest'}")


@login_required
@require_safe
def ask(request: PersonRequest) -> HttpResponse:
    """To the room in which ``?person=`` or everybody can be asked about ``?lesson=`` or ``?about=``, the question
    begun in its field; where there is no such room, that is said."""
    reach = Reach.of(request.user)
    person, lesson = (whole_number(request.GET.get(name)) for name in ("person", "lesson"))
    asked = get_object_or_404(people_visible_to(request.user, reach), pk=person) if person else None
    about_it = things.find("lesson", lesson, request.user) if lesson else None
    found = room_to_ask(request.user, reach, asked, whole_number(request.GET.get("network")))
    if found is None:
        return render(request, "chat/ask.html", {"person": asked, "about": about_it})
    return redirect(asking_in(found, question(asked, about_it, request.GET.get("about", "").strip())))


@login_required
@require_safe
def search(request: PersonRequest) -> HttpResponse:
    """Messages in the person's rooms; every state of the search is in the address."""
    words, fields = request.GET.get("q", "").strip(), {name: request.GET.get(name, "").strip() for name in PARAMETERS}
    older = whole_number(request.GET.get("older"))
    finding = find(request.user, words, list(fields.items()), older)
    chosen = next((room for room in finding.rooms if str(room.pk) == fields["room"]), None)
    context = {
        "finding": finding,
        "q": words,
        "fields": fields,
        "narrowed": any(fields.values()),
        "room_chosen": chosen,
        "older": older,
    }
    return render(request, "chat/search.html", context)


@login_required
@require_POST
def read(request: PersonRequest, pk: int) -> HttpResponse:
    """Mark everything up to ``number`` as read: what stood on the page, not what came since."""
    found = find_room(request, pk, Reach.of(request.user))
    mark_read(request.user, found, whole_number(request.POST.get("number")) or 0)
    if request.POST.get("back") == "list":
        return redirect("chat:home")
    return redirect(f"{found.get_absolute_url()}#latest")


@login_required
@require_POST
def unread(request: PersonRequest, pk: int) -> HttpResponse:
    """Mark the message ``number`` and all that follow as unread."""
    found = find_room(request, pk, Reach.of(request.user))
    number = whole_number(request.POST.get("number"))
    if number:
        mark_unread(request.user, found, number - 1)
        messages.success(request, _("Marked as unread in %(room)s.") % {"room": found.name})
    return redirect("chat:home")


@login_required
@require_POST
def read_all(request: PersonRequest) -> HttpResponse:
    """Mark every room as read."""
    user = request.user
    for found in Room.objects.visible_to(user).with_unread(user):
        if found.unread:  # type: ignore[attr-defined]  # annotated by with_unread
            mark_read(user, found, found.message_count)
    return redirect("chat:home")


@login_required
@require_POST
def telling(request: PersonRequest, pk: int) -> HttpResponse:
    """How one is told of this room: ``when``, empty for as everywhere; or ``mute`` it for a while, or no longer."""
    place = topic(find_room(request, pk, Reach.of(request.user)).pk)
    when, mute = request.POST.get("when"), request.POST.get("mute", "")
    if mute in SPANS:
        mute_place(request.user, place, timezone.now() + SPANS[mute])
    elif mute == "end":
        unmute_place(request.user, place)
    elif when in {"", *When.values}:
        choose_place(request.user, place, when)
    return redirect(f"{reverse('chat:room', args=[pk])}#telling")


def show(
    request: PersonRequest,
    found: Room,
    reach: Reach,
    form: MessageForm,
    status: int = 200,
    files: FormFiles | None = None,
) -> HttpResponse:
    """The room's page, with what was typed and brought."""
    user = request.user
    shown = window(found, **{name: whole_number(request.GET.get(name)) for name in ("before", "after", "around")})
    see_one(user, shown, request.GET.get("around"))
    last_read: int = found.last_read_number  # type: ignore[attr-defined]  # annotated by with_unread
    groups = room_groups(user, reach)
    beside = about(found, user, reach)
    context: dict[str, Any] = {
        "room": found,
        "about": beside,
        "active": here_today(user, [seat.person.pk for seat in beside.seats]),
        "window": shown,
        "lines": lines(found, shown.messages, user, last_read),
        "asking": any(one.question for one in shown.messages),
        "unread_above": last_read < found.message_count and last_read + 1 < shown.first,
        "first_unread": last_read + 1,
        "groups": groups,
        "unread_threads": unread_threads(user, reach),
        "choice": choice_for(found, groups),
        "whens": When.choices,
        "form": form,
        "files": files,
        "has_files": any(message.attachments for message in shown.messages),
        "reply": quote(found, whole_number(str(form["reply_to"].value() or "")), user),
        "signs": SIGNS,
        "pins": pinned(found, user),
        "came_of": came_of(found, user),
        "modules": ROOM_MODULES,
    }
    return render(request, "chat/room.html", context, status=status)


def see_one(user: User, shown: Window, number: str | None) -> None:
    """Whoever was led to one message has seen it, however much before it is unread."""
    led_to = next((one for one in shown.messages if str(one.number) == number), None)
    if led_to is not None:
        led_to.room = shown.room
        opened(user, card(led_to))


def find_room(request: PersonRequest, pk: int, reach: Reach) -> Room:
    """The room, if the person may read it; 404 otherwise."""
    user = request.user
    rooms = Room.objects.visible_to(user, reach).with_place().with_unread(user)
    found: Room = get_object_or_404(with_begun(rooms, user), pk=pk)
    name_for(user, [found])
    return found
