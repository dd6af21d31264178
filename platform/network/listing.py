"""What the network's lists show, each in a fixed number of queries however long it grows."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from partnerships.models import Body, Membership, Network, Organisation, Partnership, Side
from partnerships.permissions import (
    Reach,
    bodies_visible_to,
    networks_visible_to,
    partnerships_visible_to,
    people_visible_to,
)

PEOPLE_A_PAGE = 50
SIDES = Prefetch("sides", Side.objects.select_related("organisation"))


@dataclass
class Listed:
    """A network with the partnerships that one may see; ``network`` is None for those outside any."""

    network: Network | None
    mine: list[Partnership] = field(default_factory=list)
    others: list[Partnership] = field(default_factory=list)


def networks_with_partnerships(user: object, reach: Reach) -> list[Listed]:
    """Every visible network, in the order they began, then what stands in none."""
    listed = {network.pk: Listed(network) for network in networks_visible_to(user, reach)}
    outside = Listed(None)
    for partnership in partnerships_visible_to(user, reach).select_related("network").prefetch_related(SIDES):
        entry = listed.get(partnership.network_id or 0, outside)
        (entry.mine if partnership.pk in reach.partnerships else entry.others).append(partnership)
    return [*listed.values(), *([outside] if outside.mine or outside.others else [])]


@dataclass(frozen=True)
class Context:
    """One side of a partnership: its organisations and the time there now."""

    which: str
    label: str
    organisations: list[Organisation]
    now: datetime

    @property
    def clock(self) -> str:
        """The time there now: ``14:02``."""
        return f"{self.now:%H:%M}"


def contexts_of(partnership: Partnership) -> list[Context]:
    """The sides, the Swedish one first."""
    sides = list(partnership.sides.select_related("organisation"))
    made = []
    for which in Side.Which:
        organisations = [side.organisation for side in sides if side.which == which]
        if organisations:
            made.append(Context(which.value, str(which.label), organisations, time_in(organisations[0].zone)))
    return made


def time_in(zone: str) -> datetime:
    """Now, on the wall of ``zone``."""
    return timezone.now().astimezone(ZoneInfo(zone))


@dataclass(frozen=True)
class Seated:
    """A place with those who sit in it now."""

    place: Body | Partnership
    seats: list[Membership]

    @property
    def is_body(self) -> bool:
        """False for the partnership itself, whose seats belong to no body."""
        return isinstance(self.place, Body)


def seats_by_place(places: Iterable[Body | Partnership], people: QuerySet[User]) -> list[Seated]:
    """Who of ``people`` sits where, places without anybody left out."""
    places = list(places)
    seats = (
        Membership.objects.current()
        .filter(person__in=people)
        .filter(
            Q(body__in=[p for p in places if isinstance(p, Body)])
            | Q(partnership__in=[p for p in places if isinstance(p, Partnership)])
        )
        .select_related("person", "organisation")
        .order_by("person__name")
    )
    held: dict[tuple[str, int], list[Membership]] = {}
    for seat in seats:
        key = ("body", seat.body_id) if seat.body_id else ("partnership", seat.partnership_id or 0)
        held.setdefault(key, []).append(seat)
    seated = [Seated(p, held.get(("body" if isinstance(p, Body) else "partnership", p.pk), [])) for p in places]
    return [one for one in seated if one.seats]


def people_listed(user: object, words: str, page: str) -> Page[Any]:
    """A page of the people one sees, narrowed by ``words`` (each in name, title or municipality)."""
    reach = Reach.of(user)
    people = people_visible_to(user, reach)
    for word in words.split()[:8]:
        people = people.filter(
            Q(name__icontains=word)
            | Q(title__icontains=word)
            | Q(pk__in=Membership.objects.current().filter(organisation__name__icontains=word).values("person"))
        )
    seats = Membership.objects.current().select_related("organisation")
    people = people.order_by("name", "pk").prefetch_related(Prefetch("memberships", seats, to_attr="seats"))
    return Paginator(people, PEOPLE_A_PAGE).get_page(page)


def seats_of(person: User, reader: object) -> list[Membership]:
    """A person's current seats, as far as the reader sees the places they are in."""
    reach = Reach.of(reader)
    partnerships = partnerships_visible_to(reader, reach)
    return list(
        Membership.objects.current()
        .filter(person=person)
        .filter(
            Q(network__in=networks_visible_to(reader, reach))
            | Q(partnership__in=partnerships)
            | Q(body__in=bodies_visible_to(reader, reach))
            | Q(network=None, partnership=None, body=None)
            | Q(person_id=reach.person)
        )
        .select_related("organisation", "network", "partnership", "body__partnership")
        .order_by("begins")
    )
