"""The questions of a room as a page, and what one does to one of them by a form; nothing here needs a script."""

from typing import Any
from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render

from accounts.requests import PersonRequest
from chat.about import about
from chat.actions import Refused, Verdict, accept_answer, ask, close_question, withdraw_question
from chat.conversation import lines
from chat.forms import REFUSALS, STATUS, MessageForm, send, whole_number
from chat.message_page import find_message, in_its_room
from chat.message_page import show as show_message
from chat.models import Mention, Message, Room
from chat.question_forms import AskForm
from chat.questions import in_room, questions_on
from chat.views import find_room
from partnerships.permissions import Reach

PAGE = 20


@login_required
def questions(request: PersonRequest, pk: int) -> HttpResponse:
    """What waits for answers in a room; ``?show=closed`` what no longer does. Here one also asks: ``begin`` brings
    words that were typed in the room."""
    reach = Reach.of(request.user)
    room = find_room(request, pk, reach)
    if request.method != "POST" or "begin" in request.POST:
        begun = request.POST.get("body", "")
        form = MessageForm(initial={"client_id": uuid4(), "body": begun})
        return show(request, room, reach, form, AskForm(room=room))
    form, asking = MessageForm(request.POST), AskForm(request.POST, room=room)
    code = send(form, room, request.user, asking.ask()) if asking.is_valid() else "bad_question"
    if not code:
        return redirect(f"{room.get_absolute_url()}#latest")
    return show(request, room, reach, form, asking, code)


@login_required
def question(request: PersonRequest, pk: int, number: int) -> HttpResponse:
    """What stands at a question, for the script that draws it; and what one does to it by the form of its page."""
    reach = Reach.of(request.user)
    room = find_room(request, pk, reach)
    one = find_message(room, number)
    if request.method != "POST":
        context = {"room": room, "asks": questions_on(room, [one], request.user).get(number)}
        return render(request, "chat/_question_alone.html", context)
    verdict = do(request, one)
    if isinstance(verdict, Refused):
        return show_message(request, one, reach, verdict)
    return redirect(in_its_room(room, number))


def do(request: PersonRequest, one: Message) -> Verdict:
    """The verb of the button that was pressed: ``ask``, ``withdraw``, ``close``, ``reopen``, or ``accept`` with the
    number of an answer."""
    user, pressed, to = request.user, request.POST, (one.room_id, one.pk)
    if "ask" in pressed:
        form = AskForm(pressed, room=one.room)
        return ask(user, *to, form.ask()) if form.is_valid() else Refused("bad_question")
    if "withdraw" in pressed:
        return withdraw_question(user, *to)
    if "accept" in pressed:
        return accept_answer(user, *to, whole_number(pressed["accept"]) or 0)
    return close_question(user, *to, on="reopen" not in pressed)


def show(
    request: PersonRequest, room: Room, reach: Reach, form: MessageForm, asking: AskForm, code: str = ""
) -> HttpResponse:
    """The list, with the form beneath it."""
    closed = request.GET.get("show") == "closed"
    page = Paginator(in_room(room, closed=closed), PAGE).get_page(request.GET.get("page"))
    found = list(page)
    Mention.objects.load(found)
    context: dict[str, Any] = {
        "room": room,
        "about": about(room, request.user, reach),
        "page": page,
        "lines": lines(room, found, request.user, room.message_count),
        "closed": closed,
        "form": form,
        "asking": asking,
        "refusal": REFUSALS.get(code, ""),
    }
    return render(request, "chat/questions.html", context, status=STATUS.get(code, 200))
