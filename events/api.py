"""The calendar for programs: ``GET /events/api/events/?from=2026-11-01&to=2026-11-30``."""

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.api import ApiError, api
from accounts.requests import PersonRequest
from events.agenda import with_answers
from events.clocks import Reader
from events.models import Event
from events.month import FIRST, LAST
from partnerships.permissions import Reach

LONGEST = timedelta(days=400)


@api("GET")
def events(request: PersonRequest) -> dict[str, Any]:
    """What the person may see between two days, both included; without them the next thirty days."""
    first = day(request, "from", timezone.localdate())
    last = day(request, "to", first + timedelta(days=30))
    if not first <= last <= first + LONGEST:
        raise ApiError(400, "bad_span", _("“to” comes after “from”, and at most 400 days later."))
    clock = Reader.now().clock
    reach = Reach.of(request.user)
    found = with_answers(Event.objects.visible_to(request.user, reach).between(first, last), request.user, reach)
    inside = [one for one in found if one.day_for(clock) <= last and one.last_day_for(clock) >= first]
    return {"events": [payload(one) for one in inside]}


def day(request: PersonRequest, name: str, usual: date) -> date:
    """A day of the query, as ISO 8601 writes it."""
    try:
        found = date.fromisoformat(request.GET[name]) if name in request.GET else usual
    except ValueError:
        found = date.min
    if not FIRST <= found <= LAST:
        raise ApiError(400, "bad_day", _("“%(name)s” is a day like 2026-11-30.") % {"name": name})
    return found


def payload(event: Event) -> dict[str, Any]:
    """One gathering: wall time with its zone, and for times the same moments with their offset (RFC 3339)."""
    zone = ZoneInfo(event.zone)
    answers = getattr(event, "mine", [])
    return {
        "id": event.pk,
        "uid": str(event.uid),
        "sequence": event.sequence,
        "url": event.get_absolute_url(),
        "title": event.title,
        "language": event.language,
        "kind": event.kind,
        "state": event.state,
        "audience": {
            "kind": type(event.audience).__name__.lower(),
            "id": event.audience.pk,
            "name": str(event.audience),
        },
        "first_day": event.first_day.isoformat(),
        "last_day": event.last_day.isoformat(),
        "zone": event.zone,
        "starts": None if event.all_day else event.starts_at.astimezone(zone).isoformat(),
        "ends": None if event.all_day else event.ends_at.astimezone(zone).isoformat(),
        "place": event.place,
        "link": event.link,
        "coming": getattr(event, "coming", 0),
        "answer": answers[0].choice if answers else None,
    }
