"""What the registry keeps, and how a thing is found through the person who asks."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, QuerySet


@dataclass(frozen=True)
class Thing:
    """One thing as others see it: enough for a link, a line in a list, a card. ``row`` is the app's own object."""

    kind: str
    id: int
    title: str
    url: str
    summary: str = ""
    facts: dict[str, str] = field(default_factory=dict)
    row: Model | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Kind:
    """What an app says of its things. ``visible_to(user)`` is the QuerySet of rows that a person may see."""

    name: str
    visible_to: Callable[[Any], QuerySet[Any]]
    card: Callable[[Any], Thing]


kinds: dict[str, Kind] = {}


def register(name: str, *, visible_to: Callable[[Any], QuerySet[Any]], card: Callable[[Any], Thing]) -> None:
    """Make a kind known. ``card(row)`` makes the Thing. Raises ``ValueError`` when two apps want one name."""
    if name in kinds and kinds[name].card is not card:
        raise ValueError(f"two apps register the kind {name!r}")
    kinds[name] = Kind(name, visible_to, card)


def find(name: str, pk: int, user: object) -> Thing | None:
    """The thing, if it is there and ``user`` may see it; None otherwise, without telling which."""
    return find_many(name, [pk], user).get(pk)


def visible(name: str, pks: Iterable[int], user: object) -> set[int]:
    """Those of ``pks`` that ``user`` may see, as ids only, in one query."""
    return set(kinds[name].visible_to(user).filter(pk__in=list(pks)).order_by().values_list("pk", flat=True))


def find_many(name: str, pks: Iterable[int], user: object) -> dict[int, Thing]:
    """Those of ``pks`` that ``user`` may see, by id, in one query."""
    kind = kinds[name]
    return {row.pk: kind.card(row) for row in kind.visible_to(user).filter(pk__in=list(pks))}
