"""Threads over HTTP (docs/chat-protocol.md)."""

from typing import Any

from accounts.api import api
from accounts.requests import PersonRequest
from chat.actions import follow_thread
from chat.api import find_room, number_in, refusal, shown
from chat.message_page import find_message
from chat.models import Mention
from chat.payloads import moment
from chat.threads import LISTED, followed_by, own_marker, replies_under, thread_window, unread_threads
from partnerships.permissions import Reach


@api("GET")
def followed(request: PersonRequest) -> dict[str, Any]:
    """The threads that the person follows, unread ones first; ``page`` 1, 2, 3 … With ``count`` only in how many of
    them something is new."""
    if "count" in request.GET:
        return {"unread": unread_threads(request.user, Reach.of(request.user))}
    threads, more = followed_by(request.user, min(number_in(request, "page", 1) or 1, 10**6 // LISTED))
    return {
        "threads": [
            {
                "room": one.room.pk,
                "room_name": one.room.name,
                "thread": one.root.number,
                "words": one.root.words,
                "url": one.href,
                "unread": one.unread,
                "last_number": one.last_number,
                "last_at": moment(one.last_at),
            }
            for one in threads
        ],
        "more": more,
    }


@api("GET")
def thread(request: PersonRequest, pk: int, root: int) -> dict[str, Any]:
    """A thread: its root, the last fifty answers (or those before ``before``), and how far the person has read in it.
    The head's version is read before the messages, so a client that follows from there misses nothing."""
    room = find_room(request, pk)
    begun = find_message(room, root)
    if begun.thread:
        raise refusal("not_found")
    Mention.objects.load([begun])
    window = thread_window(room, root, before=number_in(request, "before"))
    found = replies_under(room, [begun]).get(root)
    marker = own_marker(request.user, room, root)
    own = {"last_read_number": marker.read, "unread": marker.unread} if marker else {}  # type: ignore[attr-defined]  # by with_unread
    return {
        "root": shown(begun),
        "messages": [shown(message) for message in window.messages],
        "more": window.more,
        "replies": found.count if found else 0,
        "last_at": moment(found.last_at) if found else None,
        "followed": marker is not None,
        **own,
        "version": room.version,
    }


@api("PUT", "DELETE")
def follow(request: PersonRequest, pk: int, root: int) -> dict[str, bool]:
    """Follow a thread, or leave it."""
    on = request.method == "PUT"
    if not follow_thread(request.user, find_room(request, pk), root, on=on):
        raise refusal("not_found")
    return {"followed": on}
