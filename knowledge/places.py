"""Where a person may write a lesson, for which organisation, and whom they can name to be asked."""

from django.db.models import Q, QuerySet

from accounts.models import User
from partnerships.models import Body, Membership, Network, Organisation, Partnership
from partnerships.permissions import Reach, people_visible_to

Place = Partnership | Network


def places_to_write(reach: Reach) -> list[Place]:
    """The partnerships one is in (by a body, too), then the networks; those one may speak in, the rest only reads."""
    bodies = {pk for pk in reach.bodies if ("body", pk) not in reach.silent}
    partnerships = {pk for pk in reach.partnerships if ("partnership", pk) not in reach.silent}
    networks = {pk for pk in reach.networks if ("network", pk) not in reach.silent}
    held = Q(pk__in=partnerships) | Q(pk__in=Body.objects.filter(pk__in=bodies).values("partnership"))
    run = Q() if reach.administrator else held | Q(network__in=reach.officer)
    return [
        *Partnership.objects.filter(run).select_related("network"),
        *Network.objects.filter(Q() if reach.administrator else Q(pk__in=networks)),
    ]


def organisation_in(person: User, place: Place | None) -> Organisation | None:
    """Whom ``person`` represents there, or anywhere; an administrator without a seat speaks for the first agency."""
    seats = Membership.objects.current().filter(person=person).select_related("body")
    here = [seat for seat in seats if place and place in (seat.partnership, seat.network)]
    within = [seat for seat in seats if seat.body and place and seat.body.partnership_id == place.pk]
    for seat in [*here, *within, *seats]:
        return Organisation.objects.get(pk=seat.organisation_id)
    return agency() if person.is_superuser else None


def agency() -> Organisation | None:
    """Who runs the exchange, or whoever is there."""
    known = Organisation.objects.order_by("pk")
    return known.filter(kind=Organisation.Kind.AGENCY).first() or known.first()


def colleagues(person: User, reach: Reach) -> QuerySet[User]:
    """Who can be named as the one to ask: oneself, and whoever sits in the same partnerships."""
    seats = Membership.objects.current().filter(
        Q(partnership__in=reach.partnerships) | Q(body__partnership__in=reach.partnerships) | Q(body__in=reach.bodies)
    )
    return people_visible_to(person, reach).filter(Q(pk=person.pk) | Q(pk__in=seats.values("person"))).order_by("name")
