"""The network door: who is in it, what they share, whom to ask."""

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from accounts.models import User
from accounts.requests import PersonRequest
from chat.asking import asking_in, question, room_to_ask
from chat.models import Room
from events.agenda import Line, lines_of, with_answers
from events.clocks import Reader
from events.models import Event
from knowledge.models import Lesson
from network.lane import lane_of
from network.listing import (
    SIDES,
    contexts_of,
    networks_with_partnerships,
    people_listed,
    seats_by_place,
    seats_of,
    time_in,
)
from partnerships.models import Membership, Partnership
from partnerships.permissions import (
    Reach,
    organisations_visible_to,
    partnerships_visible_to,
    people_visible_to,
)

SHOWN = 5
"""How many lessons and gatherings stand on a partnership's page."""


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Networks and their partnerships, one's own first."""
    reach = Reach.of(request.user)
    return render(request, "network/home.html", {"networks": networks_with_partnerships(request.user, reach)})


@login_required
def partnership(request: PersonRequest, pk: int) -> HttpResponse:
    """A partnership's home: its years, its two contexts, its people."""
    reach = Reach.of(request.user)
    found = get_object_or_404(partnerships_visible_to(request.user, reach).select_related("network"), pk=pk)
    bodies = seats_by_place(found, request.user, reach)
    return render(
        request,
        "network/partnership.html",
        {
            "partnership": found,
            "sides": contexts_of(found),
            "lane": lane_of(found, timezone.localdate()),
            "bodies": bodies,
            "seated": len({seat.person_id for one in bodies for seat in one.seats}),
            "room": Room.objects.visible_to(request.user, reach).filter(partnership=found).first(),
            "lessons": Lesson.objects.visible_to(request.user, reach)
            .filter(partnership=found, status=Lesson.Status.PUBLISHED)
            .told_once(request.user.language)
            .order_by("-published_at")[:SHOWN],
            "next": next_gatherings(request.user, reach, found),
            "is_mine": pk in reach.partnerships,
        },
    )


def next_gatherings(person: User, reach: Reach, partnership: Partnership) -> list[Line]:
    """The next few gatherings of a partnership and its bodies that ``person`` may see."""
    events = Event.objects.visible_to(person, reach).upcoming()
    of_it = events.filter(Q(partnership=partnership) | Q(body__partnership=partnership))
    return lines_of(with_answers(of_it, person, reach)[:SHOWN], Reader.now())


@login_required
def people(request: HttpRequest) -> HttpResponse:
    """Everybody one shares something with, by name; ``?q=`` narrows by name, title or municipality."""
    listed = people_listed(request.user, request.GET.get("q", ""), request.GET.get("page", "1"))
    return render(request, "network/people.html", {"page": listed, "q": request.GET.get("q", "")})


@login_required
def person(request: PersonRequest, pk: int) -> HttpResponse:
    """A person's card: functions, municipality, language, local time, and the nearest room to write to them in."""
    reach = Reach.of(request.user)
    found = get_object_or_404(people_visible_to(request.user, reach), pk=pk)
    room = room_to_ask(request.user, reach, found) if found != request.user else None
    context = {
        "person": found,
        "seats": seats_of(found, request.user),
        "local_time": f"{time_in(found.zone):%H:%M}",
        "room": room,
        "write_url": asking_in(room, question(found, None)) if room else "",
    }
    return render(request, "network/person.html", context)


@login_required
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """A municipality's context card, its partnerships and its people."""
    reach = Reach.of(request.user)
    found = get_object_or_404(organisations_visible_to(request.user, reach), slug=slug)
    return render(
        request,
        "network/organisation.html",
        {
            "organisation": found,
            "local_time": f"{time_in(found.zone):%H:%M}",
            "partnerships": partnerships_visible_to(request.user, reach)
            .filter(organisations=found)
            .prefetch_related(SIDES),
            "people": people_visible_to(request.user, reach).filter(
                pk__in=Membership.objects.current().filter(organisation=found).values("person")
            ),
        },
    )
