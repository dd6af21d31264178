"""``@Full Name`` in a message: whom of a room it means. Case and accents do not matter; the longest name counts."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from accounts.models import User

MOST = 20
"""People whom one message can mention; further names stay plain words."""

SIGN = re.compile(r"(?<!\w)@(?=\S)")
END = re.compile(r"(?!\w|-\w)")
"""A name ends here: "@Anna" is neither in "@Annabel" nor in "@Anna-Karin"."""


def may_mention(body: str) -> bool:
    """Whether it is worth knowing who is in the room: an address in a text is no mention."""
    return SIGN.search(body) is not None


class Names:
    """What the people of one room answer to: their full names, and first names that only one of them has."""

    def __init__(self, people: Iterable[User]) -> None:
        self.people: dict[str, set[int]] = defaultdict(set)
        first: dict[str, set[int]] = defaultdict(set)
        for person in people:
            words = fold(person.name)[0].split()
            if words:
                self.people[" ".join(words)].add(person.pk)
                first[words[0]].add(person.pk)
        for name, of in first.items():
            if len(of) == 1 and name not in self.people:
                self.people[name] = of
        self.lengths = sorted({len(name) for name in self.people}, reverse=True)
        self.starts = {name[0] for name in self.people}

    def at(self, text: str, start: int) -> str:
        """The longest name that stands in the folded ``text`` from ``start`` on; nothing where none does."""
        if text[start] not in self.starts:
            return ""
        pieces = (text[start : start + length] for length in self.lengths)
        return next((name for name in pieces if name in self.people and END.match(text, start + len(name))), "")


class Mentions:
    """The mentions of one message: called for each stretch of its words, it says where they stand and gathers whom
    they mean in ``people`` (ids, in the order of the text)."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.people: dict[int, None] = {}

    def __call__(self, text: str) -> Iterator[tuple[int, int]]:
        """Where mentions begin and end in ``text``, from left to right."""
        if not may_mention(text):
            return
        folded, origin = fold(text)
        for sign in SIGN.finditer(folded):
            name = self.names.at(folded, sign.end())
            end = sign.end() + len(name)
            if name and origin[end - 1] < origin[end] and self.take(self.names.people[name]):
                yield origin[sign.start()], origin[end]

    def take(self, found: Collection[int]) -> bool:
        """Note whom a name means; False when that would be too many."""
        together = self.people | dict.fromkeys(sorted(found))
        if len(together) > MOST:
            return False
        self.people = together
        return True


def fold(text: str) -> tuple[str, list[int]]:
    """``text`` without case and accents (Unicode, NFKD), every space a plain one; and for each character, and for the
    end, where it comes from in ``text``."""
    folded: list[str] = []
    origin: list[int] = []
    for place, sign in enumerate(text):
        made = fold_one(sign)
        folded.append(made)
        origin += [place] * len(made)
    return "".join(folded), [*origin, len(text)]


def fold_one(sign: str) -> str:
    """One character; nothing for an accent that stands by itself."""
    if sign.isascii():
        return " " if sign.isspace() else sign.lower()
    kept = (part for part in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(part))
    return "".join(" " if part.isspace() else part for part in kept).casefold()
