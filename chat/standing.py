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
SEATS = Prepared(lambda people: all_seats_of(people).select_related("person"), shared=True)


class Standing(NamedTuple):
    """A person, the seats that hold, the oldest first, and what these open."""

    person: User
    seats: list[Membership]
    reach: Reach


known: dict[int, Standing] = {}
"""The last one of each person."""


def standings(people: Collection[int], now: datetime) -> dict[int, Standing]:
    """Where those of these people (ids) stand who have an account: one query for all who have ever had a seat, and
    another for the others."""
    days = Days(now)
    seats = by_person(people, SEATS(people))
    persons = {pk: theirs[0].person for pk, theirs in seats.items() if theirs}
    persons |= {person.pk: person for person in AUTHORS([pk for pk in people if pk not in persons])}
    return {
        pk: standing(person, [seat for seat in seats[pk] if seat.holds_on(days[seat.seat_zone])])
        for pk, person in persons.items()
    }


def standing(person: User, seats: list[Membership]) -> Standing:
    """The same rows open the same places: ``shared`` rows that did not change are the same objects."""
    found = known.get(person.pk)
    if found is None or found.person is not person or not same(found.seats, seats):
        found = known[person.pk] = Standing(person, seats, Reach.by(person, seats))
    return found


def same(some: Sequence[object], others: Sequence[object]) -> bool:
    """True for the very same objects in the same order."""
    return len(some) == len(others) and all(map(is_, some, others))
