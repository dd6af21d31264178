"""The start page, and what machines ask: is the process alive, are its parts ready."""

from hmac import compare_digest
from typing import cast

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from accounts.models import User
from exchange.health import parts
from exchange.models import last_visit
from exchange.today import today_of


@never_cache  # back from a gathering, what was answered must not ask again
@login_required
def today(request: HttpRequest) -> HttpResponse:
    """What is new, what waits, what comes next."""
    person = cast(User, request.user)  # login_required lets nobody else through
    return render(request, "exchange/today.html", {"today": today_of(person, last_visit(person))})


async def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the process lives."""
    return HttpResponse("alive\n", content_type="text/plain")


def readyz(request: HttpRequest) -> JsonResponse:
    """200 with every part ``ok``, or 503 naming the one that fails: ``{"database": "ok", "index": "…"}``."""
    states = {name: check() for name, check in parts.items()}
    return JsonResponse(states, status=200 if all(state == "ok" for state in states.values()) else 503)


async def metrics(request: HttpRequest) -> HttpResponse:
    """This process's numbers in Prometheus' text format, for who bears the ``METRICS_TOKEN``; not there for others."""
    given, right = request.headers.get("Authorization", ""), f"Bearer {settings.METRICS_TOKEN}"
    if not settings.METRICS_TOKEN or not compare_digest(given.encode(), right.encode()):
        raise Http404
    return HttpResponse(generate_latest(), content_type=CONTENT_TYPE_LATEST)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose page is too old, or that came from elsewhere: said plainly, with a way back."""
    return render(request, "403_csrf.html", status=403)
