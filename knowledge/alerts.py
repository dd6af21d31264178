"""The round that tells people what is new among what they look for.

A lesson is told once a person, whatever searches find it, and only to who may read it at that moment: the search asks
in the person's own scopes and re-reads every hit, and the words under the bell are made of the lesson as it is then.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from html import unescape

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import things
from accounts.models import User
from knowledge.finding import Found, search_lessons
from knowledge.models import Lesson, SavedSearch
from knowledge.models.access import readable
from knowledge.notices import thing_of
from knowledge.questions import Question, forgiving
from notifications.actions import News, Why, notify_all
from notifications.kinds import Kind, Telling, When, Words, register
from notifications.telling import as_read_by
from partnerships.permissions import Reach
from search.models import Change
from things import Thing
from work.jobs import job
from work.schedule import periodic

AT_ONCE = "search_found"
ROUND = "search_round"
OVERLAP = timedelta(minutes=10)
"""A lesson may be stored so long before the transaction that holds it ends."""
MOST = 20
"""Lessons that one search tells of at a time: the best."""
WORTH = 0.5
"""A new lesson is told of when it answers at least this well, beside the best answer there is."""
MARKED = re.compile(r"<mark>(.*?)</mark>")


@dataclass(frozen=True)
class Match:
    """A lesson that a search found, and by what: words of the lesson, or nothing where only filters were set."""

    lesson: Lesson
    words: list[str]


def look(now: datetime) -> int:
    """Look at every search that is due; how many lessons were told. Waits until the index is up to date."""
    if Change.objects.filter(indexed_at=None).exists():
        return 0
    newest = Lesson.objects.published().order_by("-changed_at").values_list("changed_at", flat=True).first()
    told = 0
    for search in SavedSearch.objects.due(now).select_related("person"):
        if newest is not None and newest >= search.looked_at - OVERLAP:
            told += tell(search)
        SavedSearch.objects.filter(pk=search.pk, looked_at=search.looked_at).update(
            looked_at=now, next_at=search.after(now)
        )
    return told


def tell(search: SavedSearch) -> int:
    """Tell its owner of each new lesson that it finds."""
    with as_read_by(search.person), transaction.atomic():
        return notify_all([news(search, match) for match in matches(search)])


def news(search: SavedSearch, match: Match) -> News:
    """What is told of one."""
    kind = AT_ONCE if search.pace == SavedSearch.Pace.AT_ONCE else ROUND
    facts = {"search": search.name, "words": match.words}
    about = things.kinds["lesson"].card(match.lesson)
    return News([search.person], about, Why(kind, f"found:{match.lesson.pk}", place=f"search:{search.pk}", facts=facts))


def matches(search: SavedSearch) -> list[Match]:
    """The lessons that are new to its owner and answer it well, the best first."""
    question = replace(forgiving(search.params), page=1, limit=MOST, order="")
    since = (search.looked_at - OVERLAP).timestamp()
    finding = search_lessons(search.person, question, since=since)
    found = [one for one in finding.found if one.lesson.author_id != search.person_id]
    old = known(search, [one.lesson.pk for one in found])
    least = WORTH * best(search.person, question) if found and question.q else 0.0
    return [
        Match(one.lesson, by_what(one))
        for one in found
        if one.lesson.pk not in old and one.score >= least and not finding.results.mended
    ]


def known(search: SavedSearch, ids: Collection[int]) -> set[int]:
    """Those that its owner could read before they saved it: what is only changed since is no news."""
    shared = Lesson.history.filter(id__in=ids, history_date__lt=search.created_at, status=Lesson.Status.PUBLISHED)
    return set(shared.filter(readable(Reach.of(search.person))).values_list("id", flat=True))


def best(person: User, question: Question) -> float:
    """How well the best of all lessons answers."""
    found = search_lessons(person, replace(question, limit=1)).found
    return found[0].score if found else 0.0


def by_what(one: Found) -> list[str]:
    """The words that stand marked in its snippet, each once."""
    words = [unescape(word) for word in MARKED.findall(str(one.snippet))]
    return list({word.casefold(): word for word in reversed(words)}.values())[::-1][:5]


@job()
def look_at_searches(since: str, until: str) -> int:
    """Every minute: what fell due."""
    return look(timezone.now())


def found_words(telling: Telling) -> Words:
    """Which lesson, which search, and why."""
    about = thing_of(telling)
    said = {"lesson": about.title, "search": telling.facts["search"]}
    return Words(
        _("New: “%(lesson)s”, for your search “%(search)s”") % said,
        " ".join([because(telling.facts["words"]), about.summary]).strip(),
        action=_("Read the lesson"),
        subject=_("New lessons for “%(search)s”") % said,
    )


def because(words: Iterable[str]) -> str:
    """Why it was found."""
    listed = ", ".join(f"“{word}”" for word in words)
    return _("It says %(words)s.") % {"words": listed} if listed else str(_("It fits your filters."))


def sample() -> Telling:
    """Invented: a lesson from the other side of the world."""
    about = Thing("lesson", 0, _("Sorting at the market stall"), "/knowledge/", _("Two sacks under each table."))
    return Telling(None, about, {"search": _("market waste"), "words": [_("market"), _("waste")]})


def register_all() -> None:
    """Called once, when the apps are ready."""
    heading = gettext_lazy("Lessons you look for")
    register(Kind(AT_ONCE, gettext_lazy("A saved search finds a new lesson"), found_words, sample, icon="search"))
    label = gettext_lazy("A daily or weekly search finds new lessons")
    register(Kind(ROUND, label, found_words, sample, when=When.DIGEST, icon="search", heading=heading))
    periodic("saved searches", look_at_searches, every=timedelta(minutes=1))
