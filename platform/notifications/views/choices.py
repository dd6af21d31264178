"""How to be told: of which kinds, in what rhythm, outside which hours, and of nothing at all for a while."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.requests import PersonRequest
from notifications import actions
from notifications.forms import HowToBeTold
from notifications.kinds import When, kinds
from notifications.models import Preferences
from notifications.places import own_choices, place_of
from notifications.timing import DAY, at

MORNING = time(7)
SPANS = {"hour": timedelta(hours=1), "week": timedelta(weeks=1)}


@login_required
@never_cache
def choices(request: PersonRequest) -> HttpResponse:
    """Everything one may choose, on one page; what was wrong stays in its fields."""
    preferences = Preferences.of(request.user)
    form = HowToBeTold(request.POST or None, instance=preferences)
    if request.method == "POST" and form.is_valid():
        actions.save_choices(form.instance, form.whens)
        messages.success(request, _("Saved."))
        return redirect("notifications:choices")
    context = {
        "form": form,
        "preferences": Preferences.of(request.user) if form.errors else preferences,
        "places": own_choices(request.user),
        "whens": When.labels,
        "now": timezone.now(),
    }
    return render(request, "notifications/choices.html", context)


@login_required
@require_POST
def mute(request: PersonRequest) -> HttpResponse:
    """Nothing but the bell for a while, or no longer so."""
    actions.mute(request.user, end_of(request.POST.get("span", ""), request.user))
    return redirect("notifications:choices")


@login_required
@require_POST
def forget_place(request: PersonRequest) -> HttpResponse:
    """A place is as all the others again."""
    kind, place = request.POST.get("kind", ""), request.POST.get("place", "")
    if place_of(place) and kind in {"", *kinds}:
        actions.choose_place(request.user, place, "", kind)
    return redirect("notifications:choices")


@login_required
@require_POST
def defaults(request: PersonRequest) -> HttpResponse:
    """Kinds, digest and quiet hours as they come."""
    actions.forget_choices(request.user)
    messages.success(request, _("Everything is as it was at first."))
    return redirect("notifications:choices")


def end_of(span: str, person: User) -> datetime | None:
    """When an hour, a week or the night is over; None for anything else."""
    now = timezone.now()
    if span == "morning":
        here = ZoneInfo(person.zone)
        return at(now.astimezone(here).date() + DAY, MORNING, here)
    return now + SPANS[span] if span in SPANS else None
