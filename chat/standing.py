"""What people may do at one moment, for the hot path: asked of the database each time, worked out when it changed."""

from collections.abc import Collection, Sequence
from datetime import datetime
from operator import is_
from typing import NamedTuple

from accounts.models import User
from chat.prepared import Prepared
from partnerships.models import Membership
from partnerships.models.membership import Days
from partnerships.permissions import Reach, all_seats_of, by_person

AUTHORS = Prepared(lambda ids: User.objects.filter(pk__in=ids), shared=True)
SEATS = Prepared(all_seats_of, shared=True)


class Standing(NamedTuple):
    """A person, the seats that hold, the oldest first, and what these open."""

    person: User
    seats: list[Membership]
    reach: Reach


known: dict[int, Standing] = {}
"""The last one of each person."""


def standings(people: Collection[int], now: datetime) -> dict[int, Standing]:
    """Where those of these people (ids) stand who have an account, in two queries."""
    days = Days(now)
    seats = by_person(people, (seat for seat in SEATS(people) if seat.holds_on(days[seat.seat_zone])))
    return {person.pk: standing(person, seats[person.pk]) for person in AUTHORS(people)}


def standing(person: User, seats: list[Membership]) -> Standing:
    """The same rows open the same places: ``shared`` rows that did not change are the same objects."""
    found = known.get(person.pk)
    if found is None or found.person is not person or not same(found.seats, seats):
        found = known[person.pk] = Standing(person, seats, Reach.by(person, seats))
    return found


def same(some: Sequence[object], others: Sequence[object]) -> bool:
    """True for the very same objects in the same order."""
    return len(some) == len(others) and all(map(is_, some, others))
