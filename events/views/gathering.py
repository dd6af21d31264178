"""One gathering: its page, its form, the buttons on it, its file for other calendars."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.requests import PersonRequest
from events.actions import (
    NotAllowedError,
    OutdatedError,
    answer_event,
    cancel_event,
    change_event,
    confirm_event,
    schedule_event,
)
from events.attendance import attendance, told
from events.clocks import Reader
from events.forms import AnswerForm, EventForm, place_key
from events.ical import calendar_of
from events.models import Event
from events.permissions import Convener, can_change, can_confirm, places_to_call
from events.sheet import sheet_of
from events.things import card
from notifications.actions import opened
from partnerships.permissions import Reach


def seen(request: PersonRequest, pk: int, reach: Reach | None = None) -> Event:
    """The gathering, through the person who asks; whoever may not see it gets 404."""
    events = Event.objects.visible_to(request.user, reach).with_places().prefetch_related("moves")
    return get_object_or_404(events, pk=pk)


@login_required
def event(request: PersonRequest, pk: int) -> HttpResponse:
    """When by everybody's clock, what, where, who comes, and the answer."""
    convener = Convener.of(request.user)
    found = seen(request, pk, convener.reach)
    opened(request.user, card(found))
    context = {
        "event": found,
        "sheet": sheet_of(found, Reader.now()),
        "asks": Event.objects.unanswered_by(request.user, convener.reach).filter(pk=pk).exists(),
        "who": attendance(found, request.user),
        "may_change": can_change(convener, found),
        "may_confirm": can_confirm(convener, found),
    }
    return render(request, "events/event.html", context)


@login_required
@require_POST
def answer(request: PersonRequest, pk: int) -> HttpResponse:
    """Take a yes, maybe or no."""
    found = seen(request, pk)
    form = AnswerForm(request.POST)
    try:
        if not form.is_valid():
            raise NotAllowedError
        given = answer_event(found, request.user, form.cleaned_data["choice"])
    except NotAllowedError:
        messages.error(request, _("This gathering takes no answers any more."))
    else:
        messages.success(request, told(given.choice, found))
    return back(request, found)


def back(request: PersonRequest, event: Event) -> HttpResponse:
    """To the page of ours that the form stood on (``next``), otherwise to the gathering. 303: the rest is a GET."""
    there = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(there, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(there if ours else event.get_absolute_url(), status=303)


@login_required
def new(request: PersonRequest) -> HttpResponse:
    """Call a gathering, or propose one."""
    convener = Convener.of(request.user)
    if not places_to_call(convener):
        return render(request, "events/new.html", {"form": None}, status=403)
    form = EventForm(request.POST or None, convener=convener, initial=blank(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = schedule_event(
                organiser=request.user, audience=form.chosen_place, uid=form.cleaned_data["uid"], **form.values()
            )
        except NotAllowedError:
            form.add_error("audience", _("You may not call a gathering there any more."))
        else:
            return redirect(made)
    return render(request, "events/new.html", {"form": form}, status=400 if form.errors else 200)


def blank(request: PersonRequest) -> dict[str, object]:
    """What a new form begins with: an identity, the person's clock and language, the day and place of the link."""
    day = request.GET.get("day", "")
    return {
        "uid": uuid.uuid4(),
        "zone": request.user.zone,
        "language": request.user.language,
        "first_day": day,
        "audience": request.GET.get("for", ""),
        "state": Event.State.CONFIRMED,
    }


@login_required
def edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Change it; a new time is kept beside the old one."""
    found = seen(request, pk)
    convener = Convener.of(request.user)
    if not can_change(convener, found):
        messages.error(request, _("Only those who called this gathering may change it."))
        return redirect(found)
    form = EventForm(request.POST or None, convener=convener, event=found, initial=filled(found))
    if request.method == "POST" and form.is_valid():
        try:
            changed = change_event(found, request.user, form.values(), read=form.cleaned_data["read"])
        except OutdatedError:
            text = _("Somebody changed this gathering while you wrote. Look at it, then save again to keep yours.")
            form.add_error(None, text)
            again = request.POST.copy()
            again["read"] = str(Event.objects.get(pk=pk).sequence)
            form.data = again
        else:
            return redirect(changed)
    context = {"form": form, "event": found, "place": place_key(found.audience)}
    return render(request, "events/edit.html", context, status=400 if form.errors else 200)


def filled(event: Event) -> dict[str, object]:
    """The form as the gathering is."""
    names = [name for name in EventForm.base_fields if name not in {"read", "audience"}]
    return {name: getattr(event, name) for name in names} | {"read": event.sequence}


@login_required
def cancel(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask once, then call it off."""
    found = seen(request, pk)
    if request.method != "POST" and can_change(Convener.of(request.user), found):
        return render(request, "events/cancel.html", {"event": found, "sheet": sheet_of(found, Reader.now())})
    try:
        cancel_event(found, request.user)
    except NotAllowedError:
        messages.error(request, _("Only those who called this gathering may cancel it."))
    return redirect(found)


@login_required
@require_POST
def confirm(request: PersonRequest, pk: int) -> HttpResponse:
    """It is settled."""
    found = seen(request, pk)
    try:
        confirm_event(found, request.user)
    except NotAllowedError:
        messages.error(request, _("Only those who run the network or the partnership may confirm it."))
    return redirect(found)


@login_required
def file(request: PersonRequest, pk: int) -> HttpResponse:
    """The gathering as a file that any calendar opens."""
    found = seen(request, pk)
    mine = dict(found.answers.filter(person=request.user).values_list("event", "choice"))
    response = HttpResponse(
        calendar_of([found], request.user, choices=mine), content_type="text/calendar; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="exchange-{pk}.ics"'
    response["Cache-Control"] = "private, no-cache"
    return response
