"""What an app says of its kind of topic: how to compare, fill a gap, and ask who may still listen."""

from collections.abc import Callable, Collection
from dataclasses import dataclass


@dataclass(frozen=True)
class Head:
    """Where a topic stands in the database. ``number`` is what a ``head`` frame shows beside the version."""

    version: int
    access: int
    number: int = 0


@dataclass(frozen=True)
class Page:
    """A finished frame that takes a watcher from where they were to ``version``, read under ``access``.
    ``more`` says that it does not reach the head; ``reset`` that it only tells to begin anew."""

    text: str
    version: int
    access: int
    more: bool = False
    reset: bool = False


@dataclass(frozen=True)
class Kind:
    """The three questions that the hub asks an app, each in a thread of the reading pool.

    ``heads(ids)`` gives the head of each that is there, in one query. ``fill(id, since)`` gives the page that follows
    ``since``, or None when the thing is gone. ``admits(id, users)`` gives the access number and those of the users
    who may listen; the number must be read before the rights are. ``called(since)``, where there is it, takes the
    versions at which those who only count stand, and gives for each id who was called by name since: user → version.
    """

    name: str
    heads: Callable[[Collection[int]], dict[int, Head]]
    fill: Callable[[int, int], Page | None]
    admits: Callable[[int, Collection[int]], tuple[int, set[int]]]
    called: "Called | None" = None


Called = Callable[[dict[int, int]], dict[int, dict[int, int]]]
kinds: dict[str, Kind] = {}


def register(
    name: str,
    *,
    heads: Callable[[Collection[int]], dict[int, Head]],
    fill: Callable[[int, int], Page | None],
    admits: Callable[[int, Collection[int]], tuple[int, set[int]]],
    called: Called | None = None,
) -> None:
    """Make a kind of topic known. Its name is also the key under which its frames carry the id."""
    kinds[name] = Kind(name, heads, fill, admits, called)


def parse(topic: str) -> tuple[str, int]:
    """``room:7`` → ``("room", 7)``."""
    name, _, number = topic.partition(":")
    return name, int(number)
