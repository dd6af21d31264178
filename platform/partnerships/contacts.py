"""Whom to ask about a seat: who coordinates the partnership, or runs the network."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q

from partnerships.models import Function, Membership, Network, Partnership
from partnerships.permissions import OFFICERS

Whole = Network | Partnership

PLACES = ("person", "organisation", "network", "partnership__network", "body__partnership__network")
"""What is loaded with a seat of which something is told."""

MOST = 3
"""More names than this are no help."""


def whole(seat: Membership) -> Whole | None:
    """The partnership or network that a seat belongs to; None for one in an organisation, which opens no room."""
    return seat.partnership or (seat.body.partnership if seat.body else seat.network)


def contacts(places: Iterable[Whole]) -> dict[Whole, list[tuple[int, str]]]:
    """For each place those who answer for it now (id, and ``Amina Otieno (Kisumu)``), by name; two queries."""
    asked = set(places)
    partnerships = {place.pk: place for place in asked if isinstance(place, Partnership)}
    networks = {place.pk: place for place in asked if isinstance(place, Network)}
    rule = Q(partnership__in=partnerships, function=Function.COORDINATOR)
    rule |= Q(network__in=networks, function__in=OFFICERS)
    seats = Membership.objects.current().filter(rule, person__is_active=True).select_related("person", "organisation")
    found: dict[Whole, dict[int, str]] = defaultdict(dict)
    for seat in seats.order_by("person__name", "person"):
        place = partnerships.get(seat.partnership_id or 0) or networks[seat.network_id or 0]
        found[place][seat.person_id] = f"{seat.person.name} ({seat.organisation.name})"
    return {place: list(found[place].items()) for place in asked}


def names(among: list[tuple[int, str]], person: int) -> list[str]:
    """The first of them, without the person who is told."""
    return [name for pk, name in among if pk != person][:MOST]
