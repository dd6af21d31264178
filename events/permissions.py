"""Who may call a gathering for whom: the row "create events" of the access table."""

from dataclasses import dataclass

from accounts.models import User
from events.models import Event
from events.models.event import Place
from partnerships.models import COLUMN, Body, Column, Membership, Network, Partnership
from partnerships.permissions import Reach, can_run


@dataclass(frozen=True)
class Convener:
    """A person, what they reach, and the partnerships and bodies where they hold a full seat (a guest calls none)."""

    person: User
    reach: Reach
    partnerships: frozenset[int]
    bodies: frozenset[int]

    @classmethod
    def of(cls, person: User, reach: Reach | None = None) -> "Convener":
        """Two queries, however many seats."""
        seats = Membership.objects.filter(person=person).current().select_related("body")
        full = [seat for seat in seats if COLUMN[seat.function] is Column.FULL]
        partnerships = {seat.partnership_id or (seat.body.partnership_id if seat.body else None) for seat in full}
        return cls(
            person=person,
            reach=reach or Reach.of(person),
            partnerships=frozenset(pk for pk in partnerships if pk),
            bodies=frozenset(seat.body_id for seat in full if seat.body_id),
        )


def can_call(convener: Convener, place: Place) -> bool:
    """Officers call for their network and what is in it, steering groups excepted; members for their partnership
    and for their own body; administrators for all."""
    if isinstance(place, Network):
        return can_run(convener.reach, place)
    if isinstance(place, Partnership):
        return place.pk in convener.partnerships or can_run(convener.reach, place.network)
    if place.kind == Body.Kind.STEERING and not convener.reach.administrator:
        return place.pk in convener.bodies
    return place.pk in convener.bodies or can_run(convener.reach, place.partnership.network)


def can_propose(convener: Convener, place: Place) -> bool:
    """A network's members may propose to it; an officer confirms."""
    return isinstance(place, Network) and place.pk in convener.reach.full


def can_change(convener: Convener, event: Event) -> bool:
    """Whoever may call for its audience, and the proposer while it is a proposal. A cancelled one stays as it is."""
    if event.is_cancelled:
        return False
    own_idea = event.state == Event.State.IDEA and event.organiser_id == convener.person.pk
    return own_idea or can_call(convener, event.audience)


def can_confirm(convener: Convener, event: Event) -> bool:
    """Whoever may call for its audience, while it is not settled."""
    unsettled = event.state in {Event.State.IDEA, Event.State.PRELIMINARY}
    return unsettled and can_call(convener, event.audience)


def can_answer(event: Event) -> bool:
    """Everybody who sees it, while it is ahead."""
    return event.is_open()


def places_to_call(convener: Convener) -> list[Place]:
    """Every place that the person may call a gathering for, then the networks that they may propose one to."""
    reach = convener.reach
    networks = Network.objects.all()
    partnerships = Partnership.objects.select_related("network")
    bodies = Body.objects.select_related("partnership__network")
    if not reach.administrator:
        networks = networks.filter(pk__in=reach.full | reach.officer)
        partnerships = partnerships.filter(pk__in=convener.partnerships) | partnerships.filter(
            network__in=reach.officer
        )
        bodies = bodies.filter(pk__in=convener.bodies) | bodies.filter(partnership__network__in=reach.officer)
    places: list[Place] = [*networks, *partnerships, *bodies]
    called = [place for place in places if can_call(convener, place) and not is_closed(place)]
    return called + [place for place in networks if place not in called and can_propose(convener, place)]


def is_closed(place: Place) -> bool:
    """True of a partnership that has ended, and of its bodies: what stands there can be changed, nothing new begins."""
    partnership = place.partnership if isinstance(place, Body) else place
    return isinstance(partnership, Partnership) and partnership.is_closed


def calls_somewhere(person: User, reach: Reach) -> bool:
    """True for whoever may call or propose a gathering at all: those with one full seat or more."""
    if reach.administrator or reach.full or reach.officer:
        return True
    convener = Convener.of(person, reach)
    return bool(convener.partnerships or convener.bodies)
