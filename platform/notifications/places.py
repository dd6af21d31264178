"""Places by their names: ``room:7`` is a thing, called as whoever asks may see it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import things
from accounts.models import User
from notifications.kinds import When, kinds
from notifications.models import Choice
from things import Thing


@dataclass(frozen=True)
class OwnChoice:
    """What somebody chose for a place, or for one kind in it."""

    choice: Choice
    thing: Thing

    @property
    def when(self) -> str:
        """In words."""
        return str(When(self.choice.when).label)

    @property
    def kind(self) -> str:
        """In words; empty for every kind."""
        return str(kinds[self.choice.kind].label) if self.choice.kind else ""


def own_choices(person: User) -> list[OwnChoice]:
    """Those in force, by name; of places that are gone or no longer theirs nothing is said."""
    every = Choice.objects.in_force().filter(person=person).exclude(place="")
    choices = [one for one in every if one.kind in {"", *kinds}]
    seen = things_at({one.place for one in choices}, person)
    own = [OwnChoice(one, seen[one.place]) for one in choices if one.place in seen]
    return sorted(own, key=lambda one: (one.thing.title.casefold(), one.choice.kind))


def chosen_in(kind: str, person: User) -> dict[int, Choice]:
    """What ``person`` chose for whole places of a kind (``room``), by their ids, in one query."""
    own = Choice.objects.in_force().filter(person=person, kind="", place__startswith=f"{kind}:")
    return {place[1]: one for one in own if (place := place_of(one.place))}


def titles(places: Iterable[str], user: object) -> dict[str, str]:
    """The titles of those of ``places`` that ``user`` may see; one query for each kind of thing."""
    return {place: thing.title for place, thing in things_at(places, user).items()}


def things_at(places: Iterable[str], user: object) -> dict[str, Thing]:
    """Those of ``places`` that ``user`` may see; one query for each kind of thing."""
    ids: dict[str, set[int]] = defaultdict(set)
    for kind, pk in filter(None, map(place_of, places)):
        ids[kind].add(pk)
    found = [thing for kind, pks in ids.items() for thing in things.find_many(kind, pks, user).values()]
    return {f"{thing.kind}:{thing.id}": thing for thing in found}


def place_of(name: str) -> tuple[str, int] | None:
    """``("room", 7)`` of ``room:7``; None for what names no kind of thing."""
    kind, _colon, pk = name.partition(":")
    whole = pk.isascii() and pk.isdigit() and len(pk) < 19
    return (kind, int(pk)) if kind in things.kinds and whole else None
