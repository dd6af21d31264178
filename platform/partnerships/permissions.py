"""Who may see what: the access table of the domain, once as what a person reaches, once as who reaches a place.

Both directions are one table read two ways; ``tests/partnerships/test_reach.py`` holds them equal.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from accounts.models import User
from partnerships.models import (
    COLUMN,
    Body,
    Column,
    Function,
    Invitation,
    Membership,
    Network,
    Organisation,
    Partnership,
)
from partnerships.models.invitation import Invitations
from partnerships.models.membership import functions_of

FULL = functions_of(Column.FULL)
OFFICERS = functions_of(Column.OFFICER)
PRESENT = functions_of(Column.FULL, Column.SCOPED, Column.OFFICER)


@dataclass(frozen=True)
class Reach:
    """The ids of the places that a person's current seats open, one query for all. ``Reach.of(user)`` makes it.

    ``networks``, ``partnerships`` and ``bodies`` hold what the person is in by right (scoped seats included);
    ``officer`` the networks they run; ``editor`` those whose lessons they publish; ``full`` the networks
    they belong to as members, ``full_partnerships`` the partnerships (scoped seats give none of the two);
    ``coordinates`` the partnerships that they coordinate; ``silent`` the places where they only read.
    """

    person: int | None = None
    administrator: bool = False
    networks: frozenset[int] = frozenset()
    partnerships: frozenset[int] = frozenset()
    bodies: frozenset[int] = frozenset()
    full: frozenset[int] = frozenset()
    full_partnerships: frozenset[int] = frozenset()
    officer: frozenset[int] = frozenset()
    editor: frozenset[int] = frozenset()
    coordinates: frozenset[int] = frozenset()
    organisations: frozenset[int] = frozenset()
    silent: frozenset[tuple[str, int]] = frozenset()

    @classmethod
    def of(cls, user: object) -> "Reach":
        """What ``user`` reaches now; nothing for someone who is not signed in or may no longer sign in."""
        return cls.by(user, seats_of([user.pk])[user.pk]) if isinstance(user, User) and user.is_active else cls()

    @classmethod
    def by(cls, user: User, seats: Iterable[Membership]) -> "Reach":
        """What all current ``seats`` of ``user`` open (``seats_of``): for many people at once."""
        if not user.is_active:
            return cls()
        found: dict[str, set[int]] = {name: set() for name in REACHED}
        speaks: set[tuple[str, int]] = set()
        reads: set[tuple[str, int]] = set()
        for seat in seats:
            collect(seat, found)
            (reads if seat.function == Function.OBSERVER else speaks).add(place_key(seat))
        return cls(
            person=user.pk,
            administrator=user.is_superuser,
            silent=frozenset(reads - speaks),
            **{name: frozenset(ids) for name, ids in found.items()},
        )

    @property
    def is_officer(self) -> bool:
        """True for whoever runs a network, and for administrators."""
        return self.administrator or bool(self.officer)


REACHED = ["networks", "partnerships", "bodies", "full", "full_partnerships", "officer", "editor", "coordinates"]
REACHED += ["organisations"]


def collect(seat: Membership, found: dict[str, set[int]]) -> None:
    """Add what one seat opens to ``found``: the place itself, and for full seats what stands above it."""
    if COLUMN[seat.function] is Column.NONE:
        return
    found["organisations"].add(seat.organisation_id)
    partnership = seat.body.partnership if seat.body else seat.partnership
    network_id = seat.network_id or (partnership.network_id if partnership else None)
    if seat.body_id:
        found["bodies"].add(seat.body_id)
    if seat.partnership_id:
        found["partnerships"].add(seat.partnership_id)
        if seat.function == Function.COORDINATOR:
            found["coordinates"].add(seat.partnership_id)
    if seat.network_id:
        found["networks"].add(seat.network_id)
    if COLUMN[seat.function] is Column.FULL:
        if partnership:
            found["partnerships"].add(partnership.pk)
            found["full_partnerships"].add(partnership.pk)
        if network_id:
            found["networks"].add(network_id)
            found["full"].add(network_id)
    if seat.network_id and COLUMN[seat.function] is Column.OFFICER:
        found["officer"].add(seat.network_id)
        found["full"].add(seat.network_id)
    if seat.network_id and seat.function == Function.KNOWLEDGE_EDITOR:
        found["editor"].add(seat.network_id)


def place_key(seat: Membership) -> tuple[str, int]:
    """``("body", 7)``, ``("partnership", 3)``, ``("network", 1)`` or ``("organisation", 9)``."""
    for name in ("body", "partnership", "network"):
        if pk := getattr(seat, f"{name}_id"):
            return name, pk
    return "organisation", seat.organisation_id


OF_A_SEAT = ["person", "function", "network", "begins", "ends", "organisation__name", "partnership__network"]
OF_A_SEAT += ["body__kind", "body__partnership__network"]
"""The columns that say what a seat opens and for whom it speaks; the rest are read when asked for."""


def seats_of(people: Collection[int]) -> dict[int, list[Membership]]:
    """The current seats of each of these people (ids), the oldest first, in one query."""
    return by_person(people, in_order(Membership.objects.filter(person__in=people).current()))


def all_seats_of(people: Collection[int]) -> QuerySet[Membership]:
    """Their seats whether they hold or not, which a query that is written once may ask for: it knows no calendar."""
    return in_order(Membership.objects.filter(person__in=people).with_zone())


def in_order(seats: QuerySet[Membership]) -> QuerySet[Membership]:
    """The oldest first, each with what it opens."""
    with_places = seats.select_related("organisation", "partnership", "body__partnership").only(*OF_A_SEAT)
    return with_places.order_by("begins", "pk")


def by_person(people: Iterable[int], seats: Iterable[Membership]) -> dict[int, list[Membership]]:
    """The seats of each of these people."""
    found: dict[int, list[Membership]] = {pk: [] for pk in people}
    for seat in seats:
        found[seat.person_id].append(seat)
    return found


def seats_reaching(
    place: Network | Partnership | Body, seats: QuerySet[Membership] | None = None
) -> QuerySet[Membership]:
    """The current seats that open ``place``: the reverse of ``Reach``. Administrators are not among them. ``seats``
    are the current ones, where somebody asks for many places and has looked at the calendar once."""
    seats = Membership.objects.current() if seats is None else seats
    seats = seats.filter(person__is_active=True)
    if isinstance(place, Body):
        rule = Q(body=place, function__in=PRESENT)
        if place.kind != Body.Kind.STEERING:
            rule |= officers_of(place.partnership.network_id)
    elif isinstance(place, Partnership):
        rule = (
            Q(partnership=place, function__in=PRESENT)
            | Q(body__partnership=place, function__in=FULL)
            | officers_of(place.network_id)
        )
    else:
        rule = (
            Q(network=place, function__in=PRESENT)
            | Q(partnership__network=place, function__in=FULL)
            | Q(body__partnership__network=place, function__in=FULL)
        )
    return seats.filter(rule)


def officers_of(network_id: int | None) -> Q:
    """The seats that run a network; none where there is no network."""
    return Q(network=network_id, function__in=OFFICERS) if network_id else Q(pk__in=[])


def people_in(place: Network | Partnership | Body) -> QuerySet[User]:
    """Everybody who is in ``place`` now, each once, by name."""
    return User.objects.filter(pk__in=seats_reaching(place).values("person"))


def networks_visible_to(user: object, reach: Reach | None = None) -> QuerySet[Network]:
    """Networks that a person belongs to or is a guest of; all for administrators."""
    reach = reach or Reach.of(user)
    return Network.objects.all() if reach.administrator else Network.objects.filter(pk__in=reach.networks)


def partnerships_visible_to(user: object, reach: Reach | None = None) -> QuerySet[Partnership]:
    """One's own, and for members of a network all of the network's: that they exist, not what they say."""
    reach = reach or Reach.of(user)
    if reach.administrator:
        return Partnership.objects.all()
    return Partnership.objects.filter(
        Q(pk__in=reach.partnerships) | Q(network__in=reach.full) | Q(bodies__in=reach.bodies)
    ).distinct()


def bodies_visible_to(user: object, reach: Reach | None = None) -> QuerySet[Body]:
    """One's own; for a network's officers all but the steering groups; all for administrators."""
    reach = reach or Reach.of(user)
    if reach.administrator:
        return Body.objects.all()
    return Body.objects.filter(
        Q(pk__in=reach.bodies) | Q(partnership__network__in=reach.officer) & ~Q(kind=Body.Kind.STEERING)
    )


def people_visible_to(user: object, reach: Reach | None = None) -> QuerySet[User]:
    """Oneself and whoever shares a network, partnership or body; for everybody else nobody else exists."""
    reach = reach or Reach.of(user)
    people = User.objects.filter(is_active=True)
    if reach.administrator:
        return people
    seats = Membership.objects.current()
    shared = (
        Q(network__in=reach.networks, function__in=PRESENT)
        | Q(partnership__network__in=reach.networks, function__in=FULL)
        | Q(body__partnership__network__in=reach.networks, function__in=FULL)
        | Q(partnership__in=reach.partnerships, function__in=PRESENT)
        | Q(body__partnership__in=reach.partnerships, function__in=FULL)
        | Q(body__in=reach.bodies, function__in=PRESENT)
        | Q(network__partnerships__in=reach.partnerships, function__in=OFFICERS)
        | Q(network__partnerships__bodies__in=non_steering(reach.bodies), function__in=OFFICERS)
        | Q(partnership__network__in=reach.officer, function__in=PRESENT)
        | Q(body__partnership__network__in=reach.officer, function__in=PRESENT)
    )
    return people.filter(Q(pk=reach.person) | Q(pk__in=seats.filter(shared).values("person")))


def non_steering(bodies: Iterable[int]) -> QuerySet[Body]:
    """Those of ``bodies`` that officers reach."""
    return Body.objects.filter(pk__in=bodies).exclude(kind=Body.Kind.STEERING)


def organisations_visible_to(user: object, reach: Reach | None = None) -> QuerySet[Organisation]:
    """One's own, those of visible partnerships, and those of visible people."""
    reach = reach or Reach.of(user)
    if reach.administrator:
        return Organisation.objects.all()
    people = people_visible_to(user, reach)
    return Organisation.objects.filter(
        Q(pk__in=reach.organisations)
        | Q(partnerships__in=partnerships_visible_to(user, reach))
        | Q(memberships__in=Membership.objects.current().filter(person__in=people))
    ).distinct()


def can_run(reach: Reach, network: Network | None) -> bool:
    """Programme officers of the network, and administrators."""
    return reach.administrator or (network is not None and network.pk in reach.officer)


def networks_invitable_by(reach: Reach) -> QuerySet[Network]:
    """Networks to which a person may invite: those they run; all for administrators."""
    return Network.objects.all() if reach.administrator else Network.objects.filter(pk__in=reach.officer)


def partnerships_invitable_by(reach: Reach) -> QuerySet[Partnership]:
    """Those of one's networks, and the one a person coordinates."""
    if reach.administrator:
        return Partnership.objects.all()
    own = Membership.objects.current().filter(person=reach.person, function=Function.COORDINATOR)
    return Partnership.objects.filter(
        Q(network__in=reach.officer) | Q(pk__in=own.filter(partnership__isnull=False).values("partnership"))
    )


def bodies_invitable_by(reach: Reach) -> QuerySet[Body]:
    """Those of one's networks (steering groups too: somebody must seat the politicians), and the one managed."""
    if reach.administrator:
        return Body.objects.all()
    own = Membership.objects.current().filter(person=reach.person, function=Function.PROJECT_MANAGER)
    return Body.objects.filter(
        Q(partnership__network__in=reach.officer) | Q(pk__in=own.filter(body__isnull=False).values("body"))
    )


def can_invite(reach: Reach) -> bool:
    """Whoever has a place to invite to."""
    return reach.is_officer or partnerships_invitable_by(reach).exists() or bodies_invitable_by(reach).exists()


def invitations_visible_to(user: object, reach: Reach | None = None) -> Invitations:
    """Invitations to the places that a person may invite to; those of administrators only to administrators."""
    reach = reach or Reach.of(user)
    if reach.administrator:
        return Invitation.objects.all()
    return Invitation.objects.filter(
        Q(network__in=networks_invitable_by(reach))
        | Q(partnership__in=partnerships_invitable_by(reach))
        | Q(body__in=bodies_invitable_by(reach)),
        administrator=False,
    )
