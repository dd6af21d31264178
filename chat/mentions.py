"""``@Full Name`` in a message: whom of a room it means. Case and accents do not matter; the longest name counts, and a
person's before that of a group (``chat.groups``)."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from accounts.models import User
from chat.groups import ALL, Groups, Key, calls_of
from chat.groups import words as group_words
from chat.models import Message

MOST = 20
"""People whom one message can mention; further names stay plain words."""

SIGN = re.compile(r"(?<!\w)@(?=\S)")
END = re.compile(r"(?!\w|-\w)")
"""A name ends here: "@Anna" is neither in "@Annabel" nor in "@Anna-Karin"."""


def may_mention(body: str) -> bool:
    """Whether it is worth knowing who is in the room: an address in a text is no mention."""
    return SIGN.search(body) is not None


class Names:
    """What the people of one room answer to: their full names, first names that only one of them has, and what those
    of ``groups`` are called together."""

    def __init__(self, people: Iterable[User], groups: Groups | None = None) -> None:
        self.members = groups or {}
        self.groups: dict[str, Key] = {}
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
        if groups:
            self.groups = {fold(word)[0]: key for word, key in group_words().items() if self.members.get(key)}
        known = self.people.keys() | self.groups.keys()
        self.lengths = sorted({len(name) for name in known}, reverse=True)
        self.starts = {name[0] for name in known}

    def at(self, text: str, start: int) -> str:
        """The longest name that stands in the folded ``text`` from ``start`` on; nothing where none does."""
        if text[start] not in self.starts:
            return ""
        pieces = (text[start : start + length] for length in self.lengths)
        return next((name for name in pieces if self.knows(name) and END.match(text, start + len(name))), "")

    def knows(self, name: str) -> bool:
        """Whether a person or a group is called so."""
        return name in self.people or name in self.groups


class Mentions:
    """The mentions of one message: called for each stretch of its words, it says where they stand and gathers whom
    they mean in ``people`` (ids, in the order of the text) and ``groups``. Not everybody may call ``everyone``."""

    def __init__(self, names: Names, *, everyone: bool = False) -> None:
        self.names = names
        self.everyone = everyone
        self.people: dict[int, None] = {}
        self.groups: dict[Key, None] = {}

    def __call__(self, text: str) -> Iterator[tuple[int, int]]:
        """Where mentions begin and end in ``text``, from left to right."""
        if not may_mention(text):
            return
        folded, origin = fold(text)
        for sign in SIGN.finditer(folded):
            name = self.names.at(folded, sign.end())
            end = sign.end() + len(name)
            if name and origin[end - 1] < origin[end] and self.takes(name):
                yield origin[sign.start()], origin[end]

    def takes(self, name: str) -> bool:
        """Note whom a name means; False where it may not count."""
        if name in self.names.people:
            return self.take(self.names.people[name])
        key = self.names.groups[name]
        if key == ALL and not self.everyone:
            return False
        self.groups[key] = None
        return True

    def reached(self, author: int) -> set[int]:
        """Everybody whom the message of ``author`` tells."""
        return {*self.people}.union(*(self.names.members[key] for key in self.groups)) - {author}

    def note(self, message: Message) -> None:
        """Keep with the message whom it mentions by name, which groups it calls, and everybody whom it tells so."""
        message.mentioned = [pk for pk in self.people if pk != message.author_id]
        message.reached = sorted(self.reached(message.author_id))
        message.calls = calls_of(self.groups)

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
