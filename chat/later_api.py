"""Messages for later over HTTP (docs/chat-protocol.md)."""

from datetime import date, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.http import JsonResponse
from django.shortcuts import get_object_or_404

from accounts.api import api, as_json, payload
from accounts.requests import PersonRequest
from chat.actions import Later, Refused, give_up, reschedule, schedule_message, send_now
from chat.api import refusal, settled_post
from chat.models import Scheduled
from chat.payloads import moment
from realtime.frames import is_whole


@api("GET")
def waiting(request: PersonRequest) -> dict[str, Any]:
    """What the person has scheduled, the next one first."""
    found = Scheduled.objects.filter(author=request.user).order_by("due_at", "pk")
    return {"scheduled": [shown(one) for one in found]}


@api("POST")
def later(request: PersonRequest, pk: int) -> JsonResponse:
    """Keep a message for later: 201 with it, also on a repeat."""
    return as_json(kept(schedule_message(request.user, pk, later_in(payload(request)))), 201)


@api("GET", "PUT", "DELETE")
def one(request: PersonRequest, pk: int) -> dict[str, Any]:
    """One of them: as it is, said otherwise, or given up."""
    if request.method == "PUT":
        return kept(reschedule(request.user, pk, later_in(payload(request))))
    if request.method == "DELETE":
        return kept(give_up(request.user, pk))
    return shown(get_object_or_404(Scheduled, author=request.user, pk=pk))


@api("POST")
def send(request: PersonRequest, pk: int) -> dict[str, Any]:
    """Do not wait any longer. The message that it has become."""
    return settled_post(send_now(request.user, pk))


def kept(one: Scheduled | Refused) -> dict[str, Any]:
    """What waits. Raises ``ApiError``."""
    if isinstance(one, Refused):
        raise refusal(one.code)
    return shown(one)


def shown(one: Scheduled) -> dict[str, Any]:
    """One as its writer gets it; what is empty is left out."""
    there = {
        "id": one.pk,
        "room": one.room_id,
        "client_id": str(one.client_id),
        "body": one.body,
        "day": one.day.isoformat(),
        "at": f"{one.at:%H:%M}",
        "zone": one.zone,
        "due_at": moment(one.due_at),
        "reply_to": one.reply_to,
        "thread": one.thread,
        "refused": one.refused,
    }
    return {name: value for name, value in there.items() if value}


def later_in(data: dict[str, Any]) -> Later:
    """What a JSON object says is for later. Raises ``ApiError`` 400."""
    numbers = [data.get("reply_to"), data.get("thread")]
    texts = [data.get(name) for name in ("body", "day", "at", "zone")]
    client_id = data.get("client_id")
    if not all(isinstance(one, str) for one in texts) or not all(one is None or is_whole(one) for one in numbers):
        raise refusal("bad_frame")
    body, day, at, zone = map(str, texts)
    try:
        ZoneInfo(zone)
        when = date.fromisoformat(day), time.fromisoformat(at)
        key = UUID(client_id) if client_id is not None else None
    except (ValueError, TypeError, AttributeError, OSError, ZoneInfoNotFoundError):
        raise refusal("bad_frame") from None
    if when[1].tzinfo is not None:
        raise refusal("bad_frame")
    return Later(body.replace("\r\n", "\n").rstrip(), *when, zone, data.get("reply_to"), data.get("thread"), key)
