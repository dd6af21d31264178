"""Who says what: gives the parts of a conversation (``A1``, ``B2``, ``O`` …) to people of the place of its room."""

from collections.abc import Iterable
from random import Random

from accounts.models import User
from exchange.demo.people import Cast
from exchange.demo.seats import INTERNATIONAL, SWEDISH
from exchange.demo.source import Conversation
from partnerships.models import Function

SPOKEN_IN = {"sv": {"SE"}, "sw": {"KE", "TZ"}, "fr": {"RW"}}
"""Which countries' people write a language that is not everybody's."""
ADVISERS = {Function.MENTOR, Function.EXPERT}
SIDE_OF = {"A": SWEDISH, "B": INTERNATIONAL}
NAMED = 0.5
"""How likely one of the named accounts takes a part in a square that fits them."""


def parts_of(conversation: Conversation) -> list[str]:
    """The parts, in the order in which they first speak."""
    return list(dict.fromkeys(line.speaker for line in conversation.lines))


def cast_pair(cast: Cast, conversation: Conversation, slug: str, shift: int) -> dict[str, User]:
    """In a partnership's rooms each side has its own; ``shift`` begins further down the list."""
    group = "steering" if conversation.room == "steering" else "working"
    return {part: pair_member(cast, slug, group, conversation.room, part, shift) for part in parts_of(conversation)}


def pair_member(cast: Cast, slug: str, group: str, room: str, part: str, shift: int) -> User:
    """Somebody of a side, the officer, or the mentor: in one project room the researcher who is its guest."""
    network = cast.places.pairs[slug].partnership.network
    if part == "O" and network:
        return cast.officers[network.slug]
    if part == "M":
        guest = cast.accounts["researcher@university.example"]
        return guest if (slug, room) == ("karlskrona-saldanha-bay", "project") else cast.mentors[slug]
    crew = cast.crews[slug, SIDE_OF[part[0]], group]
    return crew[(int(part[1]) - 1 + shift) % len(crew)]


def cast_square(
    cast: Cast, conversation: Conversation, slug: str, swedish: Iterable[str], chance: Random
) -> dict[str, User]:
    """In a square each part is of another organisation, from a country that fits the languages it writes; the most
    particular parts are given first."""
    crowd = members(cast, slug)
    chance.shuffle(crowd)
    parts: dict[str, User] = {}
    for part in sorted(parts_of(conversation), key=lambda part: -len(tongues(conversation, part))):
        if part == "O":
            parts[part] = cast.officers[slug]
        elif part == "M":
            parts[part] = chance.choice(advisers(cast, slug))
        else:
            parts[part] = pick(cast, crowd, parts, countries_of(conversation, part, part in swedish), chance)
    return parts


def advisers(cast: Cast, slug: str) -> list[User]:
    """The mentors and experts of a network."""
    network = cast.places.networks[slug]
    return [seat.person for seat in cast.seats if seat.network == network and seat.function in ADVISERS]


def members(cast: Cast, slug: str) -> list[User]:
    """The officials of a network's partnerships, each once."""
    pairs = cast.places.pairs_of(cast.places.networks[slug])
    crews = [cast.crews[pair.partnership.slug, which, "working"] for pair in pairs for which in SIDE_OF.values()]
    return list(dict.fromkeys(person for crew in crews for person in crew))


def tongues(conversation: Conversation, part: str) -> set[str]:
    """The languages of ``SPOKEN_IN`` that a part writes."""
    return {line.language for line in conversation.lines if line.speaker == part} & SPOKEN_IN.keys()


def countries_of(conversation: Conversation, part: str, swedish: bool) -> set[str] | None:
    """Where somebody who plays this part is from; ``None`` is anywhere but Sweden."""
    for tongue in sorted(tongues(conversation, part)):
        return SPOKEN_IN[tongue]
    return {"SE"} if swedish else None


def pick(cast: Cast, crowd: list[User], taken: dict[str, User], countries: set[str] | None, chance: Random) -> User:
    """One of ``crowd``, from an organisation that has no part yet; a named account where chance has it."""
    homes = {cast.home[person.pk] for person in taken.values()}
    free = [person for person in crowd if cast.home[person.pk] not in homes and fits(cast, person, countries)]
    named = [person for person in free if person in cast.accounts.values()]
    return named[0] if named and chance.random() < NAMED else free[0]


def fits(cast: Cast, person: User, countries: set[str] | None) -> bool:
    """Whether somebody's organisation is in one of ``countries``."""
    country = cast.home[person.pk].country
    return country in countries if countries is not None else country != "SE"
