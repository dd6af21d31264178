"""A lesson's versions, and what changed from one to the next in words that a reader can follow."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext_lazy as _

from knowledge.models import Lesson
from knowledge.models.lesson import WRITTEN

COMPARED = (*WRITTEN, "genre", "tag_names", "theme_slugs", "visibility", "status")
NAMES = {"tag_names": _("tags"), "theme_slugs": _("themes"), "status": _("state")}
FINEST = 600
"""Words on a side up to which a changed passage is compared word by word; longer ones are shown whole."""


@dataclass(frozen=True)
class Piece:
    """A run of text: ``same``, ``gone`` or ``new``."""

    state: str
    text: str


@dataclass(frozen=True)
class Difference:
    """What changed in one field."""

    label: str
    pieces: list[Piece]


def differences(older: Any | None, newer: Any, themes: Mapping[str, str]) -> list[Difference]:
    """Field by field; everything is new in the first version. ``themes`` are the labels by slug."""
    made = []
    for name in COMPARED:
        before, after = shown(older, name, themes) if older else "", shown(newer, name, themes)
        if before != after:
            made.append(Difference(heading(name), list(compared(before, after))))
    return made


def differ(records: Sequence[Any]) -> bool:
    """Whether there is anything to compare among versions: two that are not the same words."""
    return any(getattr(one, name) != getattr(two, name) for one, two in pairwise(records) for name in COMPARED)


def heading(name: str) -> str:
    """A field's name as the reader knows it."""
    field: Any = Lesson._meta.get_field(name)
    label = str(NAMES.get(name) or field.verbose_name)
    return label[:1].upper() + label[1:]


def shown(record: Any, name: str, themes: Mapping[str, str]) -> str:
    """A field's value as text: choices by their words, lists with commas."""
    value = getattr(record, name)
    if isinstance(value, list):
        return ", ".join(themes.get(one, one) for one in value)
    display = getattr(record, f"get_{name}_display", None)
    return str(display() if display else value).replace("\r\n", "\n")


def compared(before: str, after: str) -> Iterator[Piece]:
    """Line by line, and word by word within the passages that differ."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    for state, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if state == "equal":
            yield Piece("same", "".join(old[i:j]))
        else:
            yield from by_words("".join(old[i:j]), "".join(new[k:m]))


def by_words(before: str, after: str) -> Iterator[Piece]:
    """The same within one passage."""
    old, new = tokens(before), tokens(after)
    if max(len(old), len(new)) > 2 * FINEST:
        old, new = [before], [after]
    for state, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if state == "equal":
            yield Piece("same", "".join(old[i:j]))
            continue
        if i < j:
            yield Piece("gone", "".join(old[i:j]))
        if k < m:
            yield Piece("new", "".join(new[k:m]))


def tokens(text: str) -> list[str]:
    """Words, each with the space after it."""
    made: list[str] = []
    for word in text.split(" "):
        made.append(word + " ")
    if made:
        made[-1] = made[-1][:-1]
    return [one for one in made if one]
