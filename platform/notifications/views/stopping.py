"""Not again: the page that a mail's foot leads to, and the one click of mail programs (RFC 8058), signed in or not."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.models import User
from notifications import stops
from notifications.actions.stopping import concerned, stop, take_back
from notifications.kinds import kinds
from notifications.places import titles
from notifications.stops import Stop
from notifications.views.links import holder, spoken_to


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Ask at a GET, since scanners open links; switch off at a POST, which whoever holds the token may send. In the
    person's language, unless the browser was told another."""
    held = holder(token)
    if held is None:
        return render(request, "notifications/unsubscribe_bad.html", status=404)
    what, person = held
    with spoken_to(person, request):
        return answer(request, person, what)


def answer(request: HttpRequest, person: User, what: Stop) -> HttpResponse:
    """What would be, is, or is no longer switched off."""
    context = {"digest": not what.kind, "lines": lines(person, concerned(person, what))}
    if "undo" in request.POST:
        before = stops.read_undo(request.POST["undo"], person.pk)
        take_back(person, before or [])
        names = lines(person, [(kind, place) for kind, place, _when in before or []])
        context |= {"state": "late" if before is None else "undone", "lines": names}
    elif request.method == "POST":
        context |= {"state": "stopped", "undo": stops.undo_token(person.pk, stop(person, what))}
    return render(request, "notifications/unsubscribe.html", context)


def lines(person: User, of: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Kinds and places by their names: *Somebody mentions you*, *Karlskrona–Saldanha Bay*. A place that the person no
    longer sees has no name, a whole place no kind."""
    pairs = list(of)
    names = titles([place for _kind, place in pairs], person)
    return [(str(kinds[kind].label) if kind in kinds else "", names.get(place, "")) for kind, place in pairs]
