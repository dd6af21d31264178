"""Words that were said elsewhere become part of a lesson; whoever said them is told, and may take them back.

What can be quoted is asked of ``things``: a thing whose facts name an ``author_id`` and when it was ``said_at``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

import things
from accounts.models import User
from knowledge.actions import index
from knowledge.models import Lesson, Quote
from knowledge.notices import tell_quoted, tell_withdrawn
from knowledge.signals import words_quoted
from partnerships.models import Function, Membership
from things import Thing

QUOTABLE = ("message",)
MOST = 50
"""Quotes of one lesson."""

Source = tuple[str, int]


@dataclass(frozen=True)
class Said:
    """A thing that can be quoted, with what its author does and for whom."""

    thing: Thing
    quote: Quote

    @property
    def source(self) -> str:
        """``message:812``, as a form sends it."""
        return f"{self.thing.kind}:{self.thing.id}"


def sources_in(names: Iterable[str]) -> list[Source]:
    """``["message:812"]`` as kinds and ids, each once and at most ``MOST``; what cannot be quoted is left out."""
    found: list[Source] = []
    for name in dict.fromkeys(names):
        kind, _colon, pk = name.partition(":")
        if kind in QUOTABLE and pk.isascii() and pk.isdigit() and len(pk) < 19:
            found.append((kind, int(pk)))
    return found[:MOST]


def quotable(user: User, sources: Sequence[Source]) -> list[Said]:
    """Those that ``user`` may read and that have an author, in the order in which they were said; not stored yet."""
    seen: list[Thing] = []
    for kind in QUOTABLE:
        found = things.find_many(kind, [pk for name, pk in sources if name == kind], user)
        seen += [thing for thing in found.values() if "author_id" in thing.facts and thing.summary]
    authors = User.objects.in_bulk([int(thing.facts["author_id"]) for thing in seen])
    functions = functions_of(authors)
    made = [Said(thing, quote_of(thing, authors[int(thing.facts["author_id"])], functions)) for thing in seen]
    return sorted(made, key=lambda said: (said.quote.said_at, said.thing.id))


def functions_of(people: Iterable[int]) -> dict[tuple[int, int], str]:
    """What each does now, by person and organisation: the oldest seat's function."""
    found: dict[tuple[int, int], str] = {}
    for seat in Membership.objects.current().filter(person__in=list(people)).order_by("begins", "pk"):
        found.setdefault((seat.person_id, seat.organisation_id), seat.function)
    return found


def quote_of(thing: Thing, author: User, functions: dict[tuple[int, int], str]) -> Quote:
    """The row that a thing would become."""
    organisation = int(thing.facts["organisation_id"]) if thing.facts.get("organisation_id") else None
    function = functions.get((author.pk, organisation or 0), "")
    return Quote(
        words=thing.summary,
        language=thing.facts.get("language", ""),
        author=author,
        function=Function(function) if function else "",
        organisation_id=organisation,
        said_at=datetime.fromisoformat(thing.facts["said_at"]),
        source=thing.kind,
        source_id=thing.id,
    )


@transaction.atomic
def quote(lesson: Lesson, *, by: User, sources: Sequence[Source]) -> int:
    """Take these into the lesson, as far as ``by`` may read them, and tell their authors; how many are new. What is
    quoted already stays as it was."""
    known = set(Quote.objects.filter(lesson=lesson).values_list("source", "source_id"))
    fresh = [said.quote for said in quotable(by, [one for one in sources if one not in known])]
    for one in fresh[: max(0, MOST - len(known))]:
        one.lesson = lesson
        one.save()
    if fresh:
        settled(lesson)
        tell_quoted(lesson, [one for one in fresh if one.pk], by)
    return len(fresh)


@transaction.atomic
def leave_out(lesson: Lesson, quotes: Iterable[int]) -> None:
    """Quote these (ids) no longer."""
    if Quote.objects.filter(lesson=lesson, pk__in=list(quotes)).delete()[0]:
        settled(lesson)


@transaction.atomic
def withdraw_words(quote: Quote) -> None:
    """Whoever said it takes it back: the words are gone from the lesson, whatever its state, and from each of its
    versions. The lesson's author is told."""
    if not Quote.objects.standing().filter(pk=quote.pk).update(words="", named_at=None, withdrawn_at=timezone.now()):
        return
    settled(quote.lesson)
    tell_withdrawn(quote)


def name_author(quote: Quote, *, on: bool) -> None:
    """Whoever said it agrees to be named beside it, or no longer."""
    Quote.objects.standing().filter(pk=quote.pk).update(named_at=timezone.now() if on else None)


def settled(lesson: Lesson) -> None:
    """What a lesson quotes is different: search follows, and whoever keeps the sources hears of it."""
    now = Lesson.objects.with_marks().get(pk=lesson.pk)
    index(now)
    sources = list(Quote.objects.filter(lesson=now).standing().values_list("source", "source_id"))
    words_quoted.send(Lesson, lesson=now, sources=sources)
