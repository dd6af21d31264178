"""The calendar as a list and as a table."""

from datetime import date, datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.models import User
from accounts.requests import PersonRequest
from events.agenda import agenda, days_of, lines_of, with_answers
from events.clocks import Parties, Reader, utc_offset
from events.filters import AgendaFilter
from events.models import Event
from events.month import Month, month_of, span
from events.permissions import calls_somewhere
from partnerships.permissions import Reach

PAGE = 20


@login_required
def home(request: PersonRequest) -> HttpResponse:
    """The agenda of what is ahead; ``?show=past``: what was, the last first; ``?show=waiting``: what waits."""
    reach = Reach.of(request.user)
    show = request.GET.get("show", "")
    shown = AgendaFilter(request.GET, reach=reach)
    page = Paginator(shown.narrow(listed(request.user, reach, show)), PAGE).get_page(request.GET.get("page"))
    reader = Reader.now()
    days = agenda(page, reader, ahead=show != "past", since=end_of_page_before(page))
    context = {"days": days, "page": page, "filter": shown, "tab": show or "agenda"}
    if show != "past":
        first = days[0].first.replace(day=1) if days else timezone.localdate().replace(day=1)
        context["month"] = table(request.user, reach, max(first, timezone.localdate().replace(day=1)), {})
        context["anchors"] = {day.first for day in days}
    return render(request, "events/home.html", context | frame(request.user, reach, reader))


def end_of_page_before(page: Any) -> datetime | None:
    """When the last gathering of the page before this one begins; None on the first page."""
    before = page.start_index() - 2
    return page.paginator.object_list[before].starts_at if before >= 0 else None


def listed(person: User, reach: Reach, show: str) -> Any:
    """The gatherings of a tab."""
    events = Event.objects.visible_to(person, reach)
    if show == "waiting":
        events = Event.objects.unanswered_by(person, reach)
    return with_answers(events.over() if show == "past" else events.not_over(), person, reach)


def frame(person: User, reach: Reach, reader: Reader) -> dict[str, Any]:
    """What stands on every page of the calendar."""
    return {
        "reader": reader,
        "offset": utc_offset(reader.zone, timezone.now()),
        "waiting": Event.objects.unanswered_by(person, reach).count(),
        "calls": calls_somewhere(person, reach),
        "seated": reach.administrator or bool(reach.networks or reach.partnerships or reach.bodies),
    }


def table(person: User, reach: Reach, first: date, parties: Parties | None = None) -> Month:
    """A month's table with everything the person may see; without other parties' times when they are given as {}."""
    events = with_answers(Event.objects.visible_to(person, reach).between(*span(first)), person, reach)
    reader = Reader.now()
    return month_of(first, lines_of(events, reader, parties), reader, timezone.localdate())


@login_required
def month(request: PersonRequest, first: date) -> HttpResponse:
    """One month, as a table with the same gatherings as a list under it."""
    reach = Reach.of(request.user)
    reader = Reader.now()
    shown = table(request.user, reach, first)
    inside = {line.event.pk: line for week in shown.weeks for cell in week.cells if cell.inside for line in cell.lines}
    days = days_of(list(inside.values()), reader)
    context = {"month": shown, "days": days, "tab": "month", "today": timezone.localdate()}
    return render(request, "events/month.html", context | frame(request.user, reach, reader))


@login_required
def this_month(request: HttpRequest) -> HttpResponse:
    """The month in which it is now for the reader."""
    return redirect("events:month", timezone.localdate().replace(day=1))
