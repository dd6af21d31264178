"""Questions for programs: what the frames do, over HTTP (docs/chat-protocol.md)."""

from typing import Any

from accounts.api import api, payload
from accounts.requests import PersonRequest
from chat.actions import Refused, accept_answer, ask, close_question, withdraw_question
from chat.api import find_room, number_of, refusal, settled, shown
from chat.models import Mention
from chat.question_forms import ask_of
from chat.questions import in_room

MOST = 200


@api("GET")
def questions(request: PersonRequest, pk: int) -> dict[str, Any]:
    """The open questions of a room, the nearest day first."""
    found = list(in_room(find_room(request, pk), closed=False)[:MOST])
    Mention.objects.load(found)
    return {"questions": [shown(message) for message in found]}


@api("PUT", "DELETE")
def question(request: PersonRequest, pk: int, message: int) -> dict[str, Any]:
    """Make a question of an own message, or let it ask no more. The message as it is now."""
    if request.method == "DELETE":
        return settled(withdraw_question(request.user, pk, message))
    what = ask_of(payload(request))
    if what is None or isinstance(what, Refused):
        raise refusal(what.code if what else "bad_frame")
    return settled(ask(request.user, pk, message, what))


@api("PUT", "DELETE")
def answer(request: PersonRequest, pk: int, message: int) -> dict[str, Any]:
    """Take the message ``number`` for its answer, or no longer. The question as it is now."""
    number = number_of(request) if request.method == "PUT" else None
    return settled(accept_answer(request.user, pk, message, number))


@api("PUT", "DELETE")
def closed(request: PersonRequest, pk: int, message: int) -> dict[str, Any]:
    """Wait for no more answers, or again. The question as it is now."""
    return settled(close_question(request.user, pk, message, on=request.method == "PUT"))
