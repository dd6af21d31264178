"""Places by their names: ``room:7`` is a thing, called as whoever asks may see it."""

from collections import defaultdict
from collections.abc import Iterable

import things


def titles(places: Iterable[str], user: object) -> dict[str, str]:
    """The titles of those of ``places`` that ``user`` may see; one query for each kind of thing."""
    ids: dict[str, set[int]] = defaultdict(set)
    for kind, _colon, number in (place.partition(":") for place in places):
        if kind in things.kinds and number.isdecimal():
            ids[kind].add(int(number))
    found = [thing for kind, pks in ids.items() for thing in things.find_many(kind, pks, user).values()]
    return {f"{thing.kind}:{thing.id}": thing.title for thing in found}
