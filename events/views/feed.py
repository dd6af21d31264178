"""Subscriptions: the page with one's private address, and the calendar behind it, which needs no session."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import PersonRequest
from events.actions import feed_of, read_feed, renew_feed
from events.models import Feed


@login_required
def subscribe(request: PersonRequest) -> HttpResponse:
    """One's address, and how to give it to Google, Apple and Outlook."""
    feed = feed_of(request.user)
    address = settings.PUBLIC_URL + reverse("events:feed", args=[feed.token])
    webcal = "webcal://" + address.partition("://")[2]
    context = {"address": address, "webcal": webcal, "feed": feed, "tab": "subscribe"}
    response = render(request, "events/subscribe.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_POST
def renew(request: PersonRequest) -> HttpResponse:
    """A new address; whoever had the old one reads nothing more."""
    renew_feed(request.user)
    messages.success(request, _("You have a new address. The old one no longer opens anything."))
    return redirect("events:subscribe")


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """The calendar of whoever the address belongs to: what they may see now, or 304 when that is nothing new."""
    found = Feed.of_token(token)
    if found is None:
        raise Http404
    body = read_feed(found)
    modified = int(found.changed_at.timestamp())
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["ETag"] = f'"{found.digest[:32]}"'
    response["Last-Modified"] = http_date(modified)
    response["Cache-Control"] = "private, no-cache"
    response["X-Robots-Tag"] = "noindex"
    return get_conditional_response(request, response["ETag"], modified, response) or response
