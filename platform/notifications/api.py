"""The list under the bell for programs (docs/notifications.md): the same lines, with the same rights."""

from datetime import UTC, datetime
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from accounts.api import ApiError, api, payload
from accounts.requests import PersonRequest
from notifications.actions import open_all, see
from notifications.bell import PAGE, Line, new_count, window
from notifications.deliveries import fact
from notifications.models import Delivery, Notification
from realtime.frames import is_whole

MOST_LINES = 100


@api("GET")
def lines(request: PersonRequest) -> dict[str, Any]:
    """The newest, or those below the line ``?before=``; ``?unread=1``: what was not opened; ``limit`` at most 100."""
    notifications = Notification.objects.visible_to(request.user)
    if request.GET.get("unread") == "1":
        notifications = notifications.unopened()
    if below := number_in(request, "before"):
        notifications = notifications.before(line(request, below))
    shown = window(request.user, notifications, min(number_in(request, "limit") or PAGE, MOST_LINES))
    return {"notifications": [payload_of(one) for one in shown.lines], "more": shown.more}


@api("GET")
def count(request: PersonRequest) -> dict[str, int]:
    """How much is new since the person last looked; 100 stands for more than 99."""
    return {"new": new_count(request.user)}


@api("POST")
def seen(request: PersonRequest) -> dict[str, int]:
    """The person has looked: nothing is new. Done twice it is the same."""
    see(request.user)
    return {"new": new_count(request.user)}


@api("POST")
def read(request: PersonRequest) -> dict[str, int]:
    """Mark as read the line ``upto`` and all below it: mail about them that has not left stays. Done twice it is the
    same."""
    upto = payload(request).get("upto")
    if not is_whole(upto):
        raise wrong("upto")
    open_all(request.user, line(request, int(upto)))  # type: ignore[arg-type]  # is_whole has looked
    return {"new": new_count(request.user)}


def line(request: PersonRequest, pk: int) -> Notification:
    """One of the person's own. Raises ``Http404``."""
    return get_object_or_404(Notification.objects.visible_to(request.user), pk=pk)


def number_in(request: PersonRequest, name: str) -> int | None:
    """A whole number in the address. Raises ``ApiError`` 400."""
    text = request.GET.get(name)
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise wrong(name)
    return int(text)


def wrong(name: str) -> ApiError:
    """400 for what is no number."""
    return ApiError(400, "bad_number", _("“%(name)s” must be a whole number.") % {"name": name})


def payload_of(shown: Line) -> dict[str, Any]:
    """A line; what is null or empty is left out."""
    one, words = shown.notification, shown.told.words
    known = {
        "id": one.pk,
        "kind": one.kind,
        "title": words.title,
        "text": words.text,
        "quote": words.quote,
        "quote_language": words.quote_language,
        "url": shown.told.url,
        "place": one.place,
        "by": {"id": one.by.pk, "name": one.by.name} if one.by and not one.by.erased_at else None,
        "created_at": moment(one.created_at),
        "seen_at": moment(one.seen_at),
        "opened_at": moment(one.opened_at),
        "deliveries": [delivery_of(delivery, one) for delivery in one.deliveries.all()],
    }
    return {name: value for name, value in known.items() if value}


def delivery_of(delivery: Delivery, notification: Notification) -> dict[str, Any]:
    """What became of it on one way; ``words`` say it in the reader's language."""
    known = {
        "channel": delivery.channel,
        "state": delivery.state,
        "reason": delivery.reason,
        "due_at": moment(delivery.due_at),
        "ended_at": moment(delivery.ended_at),
        "words": fact(delivery, notification),
    }
    return {name: value for name, value in known.items() if value}


def moment(value: datetime | None) -> str | None:
    """RFC 3339 in UTC, to the second: ``2026-11-23T09:14:05Z``."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if value else None
