"""Doors of push messages: what a browser and its service worker tell, and the list of devices without a script."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.api import ApiError, api, as_json, payload
from accounts.requests import PersonRequest
from notifications.actions.subscribing import MOST_DEVICES, TooManyError, subscribe, unsubscribe
from notifications.models import Subscription
from notifications.push.devices import asking, in_words, remember
from notifications.push.form import BrowserForm
from notifications.push.vapid import public_key


@api("GET", "POST", "DELETE")
def device(request: PersonRequest) -> Any:
    """This browser: what it needs to subscribe, that it has, that it takes no more messages."""
    if "Authorization" in request.headers:
        raise ApiError(403, "browser_only", _("Only a browser can take push messages."))
    if request.method == "POST":
        return begin(request)
    if request.method == "DELETE":
        unsubscribe(request.user, asking(request))
        return HttpResponse(status=204)
    return {"key": public_key(), "token": get_token(request)}


def begin(request: PersonRequest) -> HttpResponse:
    """201; 409 for one device too many."""
    form = BrowserForm(payload(request), request.headers.get("User-Agent", ""))
    if not form.is_valid():
        detail = next(iter(form.errors.values()))[0]
        raise ApiError(400, "bad_subscription", str(detail), fields=form.errors.get_json_data())
    try:
        made = subscribe(request.user, form.browser, asking(request))
    except TooManyError:
        words = ngettext(
            "You have %(most)d device already. Remove it first.",
            "You have %(most)d devices already. Remove one of them first.",
            MOST_DEVICES,
        )
        raise ApiError(409, "too_many", words % {"most": MOST_DEVICES}) from None
    response = as_json({"device": in_words(made.device)}, 201)
    remember(response, made)
    return response


@login_required
@require_POST
def remove(request: PersonRequest, pk: int) -> HttpResponse:
    """End it for one of one's own devices, from whichever. A second press changes nothing."""
    if unsubscribe(request.user, Subscription.objects.filter(pk=pk)):
        messages.success(request, _("No more push messages go to that device."))
    return redirect(reverse("notifications:choices") + "#push")
