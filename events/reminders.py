"""Who is reminded of which gathering: a week and a day before it begins, by the answers as they stand then."""

from collections import defaultdict
from datetime import datetime, timedelta

from django.db.models import QuerySet

from accounts.models import User
from events.models import Answer, Event
from events.notices import REMINDER
from events.things import card
from notifications.actions import News, Why, notify_all
from partnerships.models import Membership, Network
from partnerships.permissions import seats_reaching

AHEAD = {"week": timedelta(days=7), "day": timedelta(days=1)}
"""How long before the beginning; of two at one moment the later in this list counts."""
SETTLED = (Event.State.PRELIMINARY, Event.State.CONFIRMED)

Answers = dict[int, str]
"""Person → choice."""


def remind(since: datetime, until: datetime) -> int:
    """Tell of the gatherings that came within a week or a day between the two moments. How many people were told.

    After a pause over both moments only the nearer is told, and after the beginning nothing. What was called or moved
    when the moment was past already is not told for it: that was news itself, just then.
    """
    near = {event: name for name in AHEAD for event in coming_near(AHEAD[name], since, until)}
    if not near:
        return 0
    answers: dict[int, Answers] = defaultdict(dict)
    for answer in Answer.objects.filter(event__in=near):
        answers[answer.event_id][answer.person_id] = answer.choice
    seats = Membership.objects.current()
    invited = {event: people_to_remind(event, answers[event.pk], seats) for event in near}
    people = User.objects.in_bulk(set().union(*invited.values()))
    return notify_all(
        [
            News([people[pk] for pk in sorted(invited[event])], card(event), why(event, name))
            for event, name in near.items()
        ]
    )


def coming_near(ahead: timedelta, since: datetime, until: datetime) -> list[Event]:
    """The gatherings that begin so long after one of the moments between the two."""
    events = Event.objects.with_places().prefetch_related("moves").filter(state__in=SETTLED)
    near = events.filter(starts_at__gt=max(since + ahead, until), starts_at__lte=until + ahead)
    return [event for event in near.order_by("starts_at", "pk") if set_at(event) <= event.starts_at - ahead]


def set_at(event: Event) -> datetime:
    """When its time became what it is."""
    return max([event.created_at, *(move.moved_at for move in event.moves.all())])


def people_to_remind(event: Event, answers: Answers, current: QuerySet[Membership]) -> set[int]:
    """Whom it is for by a seat, and whoever sees it by office and comes; but nobody who said no."""
    seats = seats_reaching(event.audience, current).order_by()
    everywhere = isinstance(event.audience, Network)
    found = set()
    for person, network in seats.values_list("person", "network"):
        by_office = network is not None and not everywhere
        if not by_office or person in answers:
            found.add(person)
    return {person for person in found if answers.get(person) != Answer.Choice.NO}


def why(event: Event, name: str) -> Why:
    """The cause holds when it begins: moved to another time, it is a cause anew."""
    return Why(REMINDER, f"event:{event.pk}:{name}:{event.starts_at.isoformat()}", f"event:{event.pk}")
