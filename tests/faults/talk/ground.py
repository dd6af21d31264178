"""What a round stands on: eight rooms, forty clients' people with seats in them, their sessions and tokens."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import cycle
from random import Random

from django.conf import settings
from django.test import Client

from accounts.actions import create_token
from accounts.models import User
from chat.models import Room
from partnerships.actions import begin_memberships, found_body, found_network, found_partnership
from partnerships.models import Body, Function, Membership, Network, Organisation, Partnership

CLIENTS = 40
PEOPLE = 36
"""Fewer than clients: some people have two devices."""
BEGUN = date(2025, 1, 1)
SEATS = 2
"""Of each person besides the network's."""

Place = Network | Partnership | Body


@dataclass
class Ground:
    """``rooms`` are ids; the first is the square, where everybody is for good."""

    places: dict[int, Place]
    people: list[User]
    organisation: Organisation
    sessions: dict[int, str]
    secrets: dict[int, str]

    @property
    def rooms(self) -> list[int]:
        """The ids of the rooms."""
        return list(self.places)

    @property
    def square(self) -> int:
        """The room of everybody."""
        return self.rooms[0]


def prepare(chance: Random) -> Ground:
    """Make it in an empty database."""
    places = {room_of(place).pk: place for place in places_of_a_network()}
    organisation = Organisation.objects.create(name="Karlskrona", slug="karlskrona", country="SE", zone="UTC")
    people = User.objects.bulk_create(
        User(email=f"person{number}@test.example", name=f"Person {number}") for number in range(PEOPLE)
    )
    square, *others = places.values()
    seats = [seat(person, square, organisation) for person in people]
    seats += [seat(person, place, organisation) for person in people for place in chance.sample(others, SEATS)]
    begin_memberships(seats)
    return Ground(places, people, organisation, sessions(people), secrets(people))


def places_of_a_network() -> Iterator[Place]:
    """The network, four partnerships and the project groups of three."""
    network = found_network(name="Climate", slug="climate", begins=BEGUN)
    yield network
    facts = {"network": network, "challenge": "Water", "status": Partnership.Status.RUNNING, "begins": BEGUN}
    partnerships = [found_partnership(name=name, slug=name.lower(), **facts) for name in ("Una", "Duo", "Tria", "Quad")]
    yield from partnerships
    yield from (found_body(partnership=one, kind=Body.Kind.PROJECT) for one in partnerships[:3])


def room_of(place: Place) -> Room:
    """Where its people talk."""
    return Room.objects.in_places([place]).exclude(kind=Room.Kind.ANNOUNCEMENTS).get()


def seat(person: User, place: Place, organisation: Organisation) -> Membership:
    """One that opens this very place and none above it."""
    where = {type(place).__name__.lower(): place}
    return Membership(person=person, function=Function.RESEARCHER, organisation=organisation, begins=BEGUN, **where)


def sessions(people: list[User]) -> dict[int, str]:
    """A session of each."""
    keys = {}
    for person in people:
        client = Client()
        client.force_login(person)
        keys[person.pk] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return keys


def secrets(people: list[User]) -> dict[int, str]:
    """A personal token of each."""
    return {person.pk: create_token(person, "poll")[1] for person in people}


def devices(people: list[User]) -> list[User]:
    """Whose each client is."""
    return [person for person, _ in zip(cycle(people), range(CLIENTS), strict=False)]
