"""What is done to the structure: places are founded, seats are taken and left. Each tells the rooms."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from partnerships.ending import forget
from partnerships.models import COLUMN, Body, Column, Membership, Network, Partnership
from partnerships.signals import (
    access_changed,
    body_created,
    network_created,
    partnership_changed,
    partnership_created,
)
from partnerships.welcoming import welcome, welcome_begun

Place = Network | Partnership | Body


def found_network(**fields: Any) -> Network:
    """A new network, with its square and announcements (by the wiring)."""
    network = Network(**fields)
    found(network)
    return network


def found_partnership(**fields: Any) -> Partnership:
    """A new partnership, with its room. Its sides are added by the caller."""
    partnership = Partnership(**fields)
    found(partnership)
    return partnership


def found_body(**fields: Any) -> Body:
    """A new body, with its room."""
    body = Body(**fields)
    found(body)
    return body


@transaction.atomic
def found(place: Place) -> None:
    """Store a new place, and say that it exists now."""
    place.save()
    if isinstance(place, Network):
        network_created.send(Network, network=place)
    elif isinstance(place, Partnership):
        partnership_created.send(Partnership, partnership=place)
    else:
        body_created.send(Body, body=place)


@transaction.atomic
def change_partnership(partnership: Partnership) -> None:
    """Store a changed partnership. With another network its people leave the one and enter the other."""
    before = Partnership.objects.select_for_update().get(pk=partnership.pk)
    partnership.save()
    partnership_changed.send(Partnership, partnership=partnership)
    if before.network_id != partnership.network_id:
        seats = Membership.objects.filter(Q(partnership=partnership) | Q(body__partnership=partnership))
        places = [partnership, *partnership.bodies.all(), before.network, partnership.network]
        people = {seat.person_id for seat in seats}
        access_changed.send(Membership, places=[place for place in places if place], people=people)


def begin_membership(**fields: Any) -> Membership:
    """Somebody takes a seat. Raises ``IntegrityError`` where the database's rules forbid it."""
    return begin_memberships([Membership(**fields)])[0]


@transaction.atomic
def begin_memberships(memberships: list[Membership]) -> list[Membership]:
    """Many seats at once, not yet stored: one insert and one word to the rooms for all of them."""
    Membership.objects.bulk_create(memberships)
    tell(memberships)
    welcome(memberships)
    return memberships


@transaction.atomic
def change_membership(membership: Membership) -> Membership:
    """Store a changed seat; both the old and the new place hear of it."""
    before = Membership.objects.select_for_update().get(pk=membership.pk)
    membership.save()
    tell([before, membership])
    forget(before, membership)
    welcome([membership])
    return membership


def end_membership(membership: Membership, day: date | None = None) -> Membership:
    """The seat's last day is ``day`` (included), or it ends now: yesterday was the last."""
    membership.ends = day or timezone.localdate() - timedelta(days=1)
    membership.begins = min(membership.begins, membership.ends)
    return change_membership(membership)


@transaction.atomic
def remove_membership(membership: Membership) -> None:
    """Take a seat back that was entered by mistake; one that was held is ended, not removed."""
    membership.delete()
    tell([membership])


def tell_of_days(after: date, upto: date, zone: str) -> int:
    """A day ended or began in ``zone``: say so for the seats that ended with one of the days from ``after`` on, or
    began after it, so that open sockets lose and gain their rooms, and new people are welcomed. How many they are."""
    seats = Membership.objects.in_zone(zone).filter(
        Q(ends__gte=after, ends__lt=upto) | Q(begins__gt=after, begins__lte=upto)
    )
    told = list(seats.select_related("network", "partnership__network", "body__partnership__network"))
    if told:
        tell(told)
        welcome_begun(seat for seat in told if after < seat.begins <= upto)
    return len(told)


def tell(memberships: list[Membership]) -> None:
    """Say which places these seats open, and for whom."""
    places: dict[tuple[type, int], Place] = {}
    for seat in memberships:
        for place in places_of(seat):
            places[type(place), place.pk] = place
    access_changed.send(Membership, places=list(places.values()), people={seat.person_id for seat in memberships})


def places_of(seat: Membership) -> list[Place]:
    """Every place whose room a seat may open: its own, those above for a full seat, those below for an officer."""
    if COLUMN[seat.function] is Column.OFFICER and seat.network:
        partnerships = seat.network.partnerships.prefetch_related("bodies")
        return [seat.network, *partnerships, *(body for p in partnerships for body in p.bodies.all())]
    partnership = seat.partnership or (seat.body.partnership if seat.body else None)
    network = seat.network or (partnership.network if partnership else None)
    return [place for place in (seat.body, partnership, network) if place is not None]
