"""The same rooms and messages over HTTP, for networks that block sockets and for programs (docs/chat-protocol.md)."""

from typing import Any

from asgiref.sync import SyncToAsync, sync_to_async
from django.db import close_old_connections
from django.http import Http404, HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language

from accounts.api import ApiError, api, as_json, payload
from accounts.requests import PersonRequest
from chat import pages
from chat.about import seats
from chat.actions import (
    Outcome,
    Refused,
    Verdict,
    delete_message,
    edit_message,
    join_rooms,
    mark_read,
    mark_thread_read,
    mark_unread,
    pin_message,
    post_message,
    react,
    say_language,
    undelete_message,
)
from chat.broadcasts import topic
from chat.finding import Hit, find
from chat.forms import REFUSALS, SOON, STATUS, body_of, post_of, refused_because
from chat.groups import callable_groups
from chat.models import Mention, Message, Room
from chat.models.mention import with_mentions
from chat.naming import name_for
from chat.noting import words_of
from chat.payloads import message_payload, moment, person_payload, room_payload
from chat.threads import replies_under
from chat.wording import PARAMETERS
from partnerships.permissions import Reach
from realtime.frames import is_whole
from realtime.hub import here
from realtime.kinds import Head

LONGEST_WAIT = 25
MOST_MESSAGES = 200


@api("GET")
def rooms(request: PersonRequest) -> dict[str, Any]:
    """The person's own rooms, with what is unread. Where they have no marker yet, it begins at the end."""
    user, reach = request.user, Reach.of(request.user)
    mine = Room.objects.visible_to(user, reach).with_place().with_unread(user).by_place()
    found = list(with_mentions(mine, user))
    name_for(user, found)
    join_rooms(user, [room for room in found if room.unjoined])  # type: ignore[attr-defined]  # by with_unread
    return {"rooms": [room_payload(room, reach) for room in found]}


@api("GET")
def search(request: PersonRequest) -> dict[str, Any]:
    """The newest messages that ``q``, ``from``, ``in``, ``room``, ``before``, ``after`` and ``has`` ask for; ``older``
    is the id that the page before ended with. Raises ``ApiError`` 400 with what is wrong in words."""
    fields = [(name, request.GET.get(name, "")) for name in PARAMETERS]
    finding = find(request.user, request.GET.get("q", ""), fields, number_in(request, "older"))
    if finding.problems:
        raise ApiError(400, "bad_parameter", " ".join(finding.problems))
    return {"results": [found(hit) for hit in finding.hits], "older": finding.older}


def found(hit: Hit) -> dict[str, Any]:
    """A message that was found, with where it stands and the piece that shows why."""
    room = hit.message.room
    place = {"room": room.pk, "room_name": room.name, "url": hit.message.get_absolute_url()}
    return place | {"snippet": hit.snippet, "message": shown(hit.message)}


@api("GET")
def people(request: PersonRequest, pk: int) -> dict[str, Any]:
    """Whom one can mention there: everybody in the room whom the person sees, but themselves, by name."""
    reach = Reach.of(request.user)
    room = get_object_or_404(Room.objects.visible_to(request.user, reach).with_place(), pk=pk)
    shown = [seat for seat in seats(room, request.user, reach) if seat.person != request.user]
    groups = callable_groups(request.user, reach, room)
    return {"people": [person_payload(seat) for seat in shown], **({"groups": groups} if groups else {})}


@api("GET", "POST")
def messages(request: PersonRequest, pk: int) -> Any:
    """A window of messages by number, or one more message."""
    return post(request, pk) if request.method == "POST" else window(request, pk)


def window(request: PersonRequest, pk: int) -> dict[str, Any]:
    """``?before=``, ``?after=`` or ``?around=`` a number, else the newest; ``limit`` 50, at most 200. The head's
    version is read before the messages, so a client that follows from there misses nothing."""
    room = find_room(request, pk)
    limit = min(number_in(request, "limit", 50) or 1, MOST_MESSAGES)
    if (number := number_in(request, "after")) is not None:
        found = pages.after(room, number, limit)
    elif (number := number_in(request, "around")) is not None:
        found = pages.around(room, number, limit)
    else:
        found = pages.before(room, number_in(request, "before"), limit)
    Mention.objects.load(found.messages)
    answer = {"messages": [shown(one) for one in found.messages], "more": found.more, "version": room.version}
    return answer | threads_among(room, found.messages)


def threads_among(room: Room, messages: list[Message]) -> dict[str, Any]:
    """How much was answered to those of ``messages`` that were, by their numbers."""
    found = replies_under(room, messages).values()
    shown = {
        str(one.root): {"replies": one.count, "last": one.last_number, "last_at": moment(one.last_at)} for one in found
    }
    return {"threads": shown} if shown else {}


def post(request: PersonRequest, pk: int) -> JsonResponse:
    """201 with the new message; 200 with the one of the first time, when the ``client_id`` has been here before."""
    said = post_of(payload(request), pk, request.user)
    outcome = said if isinstance(said, Refused) else post_message(said)
    if isinstance(outcome, Refused):
        raise refused(outcome)
    return as_json(shown(outcome.message), 200 if outcome.repeat else 201)


def settled_post(outcome: Outcome) -> dict[str, Any]:
    """What was posted. Raises ``ApiError``."""
    if isinstance(outcome, Refused):
        raise refusal(outcome.code, outcome.retry_after)
    return shown(outcome.message)


@api("PATCH", "DELETE")
def message(request: PersonRequest, pk: int, message: int) -> dict[str, Any]:
    """Say an own message otherwise (``body``), or take it back. The message as it is now."""
    if request.method == "DELETE":
        return settled(delete_message(request.user, pk, message))
    said = payload(request)
    body = body_of(said)
    if isinstance(body, Refused):
        raise refusal(body.code)
    return settled(edit_message(request.user, pk, message, body, confirm=said.get("confirm") is True))


@api("POST")
def undelete(request: PersonRequest, pk: int, message: int) -> dict[str, Any]:
    """Let a message stand that one has just deleted. The message as it is now."""
    return settled(undelete_message(request.user, pk, message))


@api("PUT", "DELETE")
def reaction(request: PersonRequest, pk: int, message: int, emoji: str) -> dict[str, Any]:
    """Answer by a sign, or take it back. The message as it is now."""
    return settled(react(request.user, pk, message, emoji, on=request.method == "PUT"))


@api("PUT")
def language(request: PersonRequest, pk: int, message: int) -> dict[str, Any]:
    """Say in which ``language`` an own message is. The message as it is now."""
    said = payload(request).get("language")
    if not isinstance(said, str):
        raise refusal("bad_frame")
    return settled(say_language(request.user, pk, message, said))


@api("PUT", "DELETE")
def pinned(request: PersonRequest, pk: int, message: int) -> dict[str, Any]:
    """Keep a message in sight for the room, or no longer. The message as it is now."""
    return settled(pin_message(request.user, pk, message, on=request.method == "PUT"))


def settled(verdict: Verdict) -> dict[str, Any]:
    """What became of it. Raises ``ApiError``."""
    if isinstance(verdict, Refused):
        raise refused(verdict)
    return shown(verdict.message)


@api("GET")
async def changes(request: PersonRequest, pk: int) -> dict[str, Any]:
    """What changed after ``since``. With ``wait`` (seconds, at most 25) the answer is held until there is something;
    meanwhile neither a thread nor a database connection is."""
    since = number_in(request, "since", 0) or 0
    wait = min(number_in(request, "wait", 0) or 0, LONGEST_WAIT)
    user = await request.auser()
    page = await sync_to_async(pages.changes)(pk, since, user)
    if page and wait and page.version == since and not page.reset:
        await let_go()
        await here().wait(topic(pk), Head(page.version, page.access), wait)
        page = await sync_to_async(pages.changes)(pk, since, user)
    if page is None:
        raise Http404
    return {"reset": True} if page.reset else page.frame()


async def let_go() -> None:
    """Give back the database connection and the thread that this request has had so far; both come again on demand."""
    await sync_to_async(close_old_connections)()
    context = SyncToAsync.thread_sensitive_context.get(None)
    if context and (executor := SyncToAsync.context_to_thread_executor.pop(context, None)):
        executor.shutdown(wait=False)


@api("PUT")
def set_read(request: PersonRequest, pk: int) -> dict[str, int]:
    """The marker goes forward to ``number``, at most to the last message; with ``thread``, that of the thread."""
    room, number = find_room(request, pk), number_of(request)
    root = payload(request).get("thread")
    if root is None:
        return {"number": mark_read(request.user, room, number)}
    if not is_whole(root):
        raise refusal("bad_frame")
    return {"thread": root, "number": mark_thread_read(request.user, room, root, number)}


@api("PUT")
def set_unread(request: PersonRequest, pk: int) -> dict[str, int]:
    """The marker goes back to ``number``: what comes after it is unread."""
    return {"number": mark_unread(request.user, find_room(request, pk), number_of(request))}


def find_room(request: PersonRequest, pk: int) -> Room:
    """The room, if the person may see it. Raises ``Http404``."""
    return get_object_or_404(Room.objects.visible_to(request.user), pk=pk)


def shown(message: Message) -> dict[str, Any]:
    """A message by itself, with the version it has; what a note says in the reader's language."""
    said = {"body": words_of(message.note), "language": get_language()} if message.note else {}
    return message_payload(message) | said | {"version": message.version}


def refused(why: Refused) -> ApiError:
    """A refusal of a verb as HTTP has it; with the number of ``people`` where that is asked first."""
    error = refusal(why.code, why.retry_after)
    error.body |= {"detail": refused_because(why)} | ({"people": why.people} if why.people else {})
    return error


def refusal(code: str, retry_after: int = 0) -> ApiError:
    """A code of the protocol as HTTP has it."""
    error = ApiError(STATUS[code], code, str(REFUSALS[code]))
    if seconds := retry_after or (SOON if code == "unavailable" else 0):
        error.headers["Retry-After"] = str(seconds)
    return error


def number_of(request: HttpRequest) -> int:
    """``number`` in the body. Raises ``ApiError`` 400."""
    number = payload(request).get("number")
    if not is_whole(number):
        raise refusal("bad_frame")
    return int(number)  # type: ignore[arg-type]  # is_whole has looked


def number_in(request: HttpRequest, name: str, default: int | None = None) -> int | None:
    """A whole number in the address. Raises ``ApiError`` 400."""
    text = request.GET.get(name)
    if text is None:
        return default
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise refusal("bad_frame")
    return int(text)
