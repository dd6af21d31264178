"""Whom one may begin a conversation with: the people one shares a place with, found by name, title or municipality."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Prefetch

from accounts.models import User
from partnerships.models import Membership
from partnerships.permissions import Reach, people_visible_to
from search.analysis import fold

SHOWN = 30
"""People in the list; who is not among them is found by their name."""


@dataclass(frozen=True)
class Choice:
    """Who is chosen, and whom one may choose."""

    chosen: list[Any]
    offered: list[Any] = field(default_factory=list)
    more: int = 0
    """How many the list has no room for."""


def choice(chooser: User, words: str, chosen: Collection[int]) -> Choice:
    """The people that ``words`` find, beside those who are ``chosen`` already (ids), in four queries."""
    reach = replace(Reach.of(chooser), administrator=False)
    people = people_visible_to(chooser, reach).exclude(pk=chooser.pk)
    seats = Membership.objects.current().select_related("organisation").order_by("begins", "pk")
    known = list(people.order_by("name", "pk").prefetch_related(Prefetch("memberships", seats, to_attr="seats")))
    found = [one for one in known if one.pk not in chosen and all(word in told(one) for word in fold(words).split())]
    return Choice([one for one in known if one.pk in chosen], found[:SHOWN], max(0, len(found) - SHOWN))


def told(person: Any) -> str:
    """What the search looks in."""
    return fold(" ".join([person.name, person.title, *(seat.organisation.name for seat in person.seats)]))


def named(people: Iterable[User]) -> str:
    """``Amina Juma, Erik Lund``."""
    return ", ".join(one.name for one in people)
