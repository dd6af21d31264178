"""Invents people: names put together by chance, a title, an address. ``seats.py`` says what they are there for."""

import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from random import Random
from typing import Any

from django.contrib.auth.hashers import make_password

from accounts.demo import ACCOUNTS, PASSWORD
from accounts.models import User
from exchange.demo.places import Places
from exchange.demo.source import record
from partnerships.actions import begin_memberships
from partnerships.models import Membership, Organisation

TRIES = 40
"""How often a name is drawn again before two people of a partnership share a first name."""


@dataclass
class Cast:
    """Everybody, with the parts that they play in conversations. ``crews`` has the people of each side of each body
    (``("karlskrona-saldanha-bay", "swedish", "project")``), those who speak first in front."""

    places: Places
    day: date
    chance: Random
    people: list[User] = field(default_factory=list)
    accounts: dict[str, User] = field(default_factory=dict)
    home: dict[int, Organisation] = field(default_factory=dict)
    seats: list[Membership] = field(default_factory=list)
    crews: dict[tuple[str, str, str], list[User]] = field(default_factory=lambda: defaultdict(list))
    mentors: dict[str, User] = field(default_factory=dict)
    officers: dict[str, User] = field(default_factory=dict)
    addresses: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.names = record("names.yaml")
        self.titles = record("titles.yaml")

    def invent(self, organisation: Organisation, title: str, since: date, among: list[User]) -> User:
        """Somebody new at ``organisation``, whose first name nobody ``among`` has, as long as there are others."""
        first, last = self.name(organisation.country, {person.get_short_name() for person in among})
        address = self.address(f"{first}.{last}", organisation)
        return self.keep(
            User(
                email=address,
                name=f"{first} {last}",
                title=title,
                language="sv" if organisation.country == "SE" else "en",
                zone=organisation.zone,
                password=make_password(None),
                date_joined=morning(since),
            ),
            organisation,
        )

    def name(self, country: str, taken: set[str]) -> tuple[str, str]:
        """A first and a last name."""
        names = self.names[country]
        for _try in range(TRIES):
            first = self.chance.choice(names["first"])
            if first not in taken:
                break
        return first, self.chance.choice(names["last"])

    def address(self, name: str, organisation: Organisation) -> str:
        """``asa.ohlin@karlskrona.example``, with a number where two bear the name."""
        plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
        number, address = 1, f"{plain}@{organisation.slug}.example"
        while address in self.addresses:
            number += 1
            address = f"{plain}{number}@{organisation.slug}.example"
        self.addresses.add(address)
        return address

    def keep(self, person: User, organisation: Organisation) -> User:
        """Store a person and remember for whom they work."""
        person.save()
        self.people.append(person)
        self.home[person.pk] = organisation
        return person

    def seat(self, person: User, function: str, begins: date, **fields: Any) -> Membership:
        """One more seat, stored with all the others by ``sit_down``."""
        seat = Membership(person=person, function=function, organisation=self.home[person.pk], begins=begins, **fields)
        self.seats.append(seat)
        return seat

    def sit_down(self) -> None:
        """Store the seats; rooms open for whoever sits now."""
        begin_memberships(self.seats)

    def title(self, which: str, function: str) -> str:
        """A title at work for a function on the ``swedish`` or the ``international`` side."""
        return str(self.chance.choice(self.titles[which][function]))


def invite_accounts(cast: Cast) -> None:
    """The people behind the accounts of the sign-in page, with their password and their seats."""
    since = min(network.begins for network in cast.places.networks.values())
    for email, card in record("accounts.yaml").items():
        organisation = cast.places.organisations[card["organisation"]]
        administrator = card.get("administrator", False)
        person = User(
            email=email,
            name=card["name"],
            title=card["title"],
            language=card.get("language", "en"),
            zone=organisation.zone,
            password=make_password(PASSWORD),
            is_staff=administrator,
            is_superuser=administrator,
            date_joined=morning(since),
        )
        cast.accounts[email] = cast.keep(person, organisation)
        cast.addresses.add(email)
        for seat in card["seats"]:
            take_named_seat(cast, person, seat)
    if list(cast.accounts) != list(ACCOUNTS):
        raise ValueError("accounts.yaml and the sign-in page name different accounts")


def take_named_seat(cast: Cast, person: User, seat: dict[str, str]) -> None:
    """A seat as ``accounts.yaml`` writes it."""
    place: dict[str, Any] = {}
    if "network" in seat:
        network = place["network"] = cast.places.networks[seat["network"]]
        begins = network.begins
    else:
        pair = cast.places.pairs[seat.get("partnership") or seat["of"]]
        place = {"body": pair.bodies[seat["body"]]} if "body" in seat else {"partnership": pair.partnership}
        begins = pair.partnership.begins
    cast.seat(person, seat["function"], begins, political=seat.get("political", ""), **place)


def morning(day: date) -> datetime:
    """Eight o'clock UTC of a day."""
    return datetime.combine(day, time(8), UTC)
