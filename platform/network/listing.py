"""What the network's lists show, each in a fixed number of queries however long it grows."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, Q
from django.utils import timezone

from accounts.models import User
from partnerships.models import Body, Membership, Network, Organisation, Partnership, Side
from partnerships.models.membership import Memberships
from partnerships.permissions import (
    Reach,
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


def seats_by_place(partnership: Partnership, reader: object, reach: Reach) -> list[Seated]:
    """Who, of those whom the reader sees, sits in the partnership and in its bodies; empty places are left out."""
    places: list[Body | Partnership] = [partnership, *partnership.bodies.all()]
    seats = (
        seats_known_to(reader, reach)
        .filter(Q(partnership=partnership) | Q(body__partnership=partnership))
        .filter(person__in=people_visible_to(reader, reach))
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
    known = seats_known_to(user, reach)
    for word in words.replace("\0", " ").split()[:8]:
        municipality = known.filter(holding("organisation__name", word))
        people = people.filter(holding("name", word) | holding("title", word) | Q(pk__in=municipality.values("person")))
    seats = known.select_related("organisation")
    people = people.order_by("name", "pk").prefetch_related(Prefetch("memberships", seats, to_attr="seats"))
    return Paginator(people, PEOPLE_A_PAGE).get_page(page)


def holding(field: str, word: str) -> Q:
    """A text with ``word`` in it whatever its case: SQLite and PostgreSQL's plain collation fold only a to z, and
    ``åsa`` must find Åsa."""
    rule = Q()
    for spelt in {word, word.lower(), word.upper(), word.capitalize()}:
        rule |= Q(**{f"{field}__icontains": spelt})
    return rule


def seats_of(person: User, reader: object) -> list[Membership]:
    """A person's current seats, as far as the reader knows the places they are in."""
    seats = seats_known_to(reader, Reach.of(reader)).filter(person=person)
    return list(seats.select_related("organisation", "network", "partnership", "body__partnership").order_by("begins"))


def seats_known_to(reader: object, reach: Reach) -> Memberships:
    """The current seats of which the reader may know: one's own, those of visible networks and partnerships, those
    of the bodies of one's own networks and partnerships (that somebody sits there; not what is said there)."""
    current = Membership.objects.current()
    if reach.administrator:
        return current
    return current.filter(
        Q(person_id=reach.person)
        | Q(network__in=reach.networks)
        | Q(partnership__in=partnerships_visible_to(reader, reach))
        | Q(body__in=reach.bodies)
        | Q(body__partnership__in=reach.full_partnerships)
        | Q(body__partnership__network__in=reach.full)
        | Q(network=None, partnership=None, body=None)
    )
