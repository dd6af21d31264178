"""Asked but not found: what is kept of a search without a hit, what becomes of it, and how it is forgotten.

Nothing here knows who searched. Whoever presses *Ask* puts the question in their own name, in a room.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.db.models import Count, F, Max, QuerySet, Sum
from django.utils import timezone

from accounts.models import User
from knowledge.discreet import tells_of_somebody
from knowledge.finding import Finding
from knowledge.models import Missed
from knowledge.models.missed import LONGEST
from partnerships.permissions import Reach
from search.models import Theme
from work.jobs import job
from work.schedule import periodic

KEPT = relativedelta(months=13)
"""A year and a month: what is asked once a year has then been seen twice."""

Asker = Callable[[User, str, Sequence[str], UUID], str]
askers: list[Asker] = []
"""Who can put a question: asker, words, slugs of themes and an id that makes it one question in; its address out, empty
where the asker has no room. Filled by the wiring."""


def note(finding: Finding) -> None:
    """Keep the words of a search that found nothing on its own, if it was no more than words."""
    question = finding.question
    query = " ".join(question.q.casefold().split())[:LONGEST]
    none = finding.results.total == 0 or finding.results.mended
    if not query or not none or question.chosen or finding.unknown or finding.results.degraded or "\0" in query:
        return
    if tells_of_somebody(query):
        return
    row, fresh = Missed.objects.get_or_create(query=query, language=finding.language, day=timezone.now().date())
    if not fresh:
        Missed.objects.filter(pk=row.pk).update(times=F("times") + 1)


def looks_after(reach: Reach) -> bool:
    """Whether somebody sees what was not found: who runs a network, edits its lessons, or the installation."""
    return reach.administrator or bool(reach.officer or reach.editor)


def listed() -> QuerySet[Missed, dict[str, object]]:
    """Each search once with how often it was made, on how many days and when last; the most frequent first."""
    rows = Missed.objects.order_by().values("query", "language")
    return rows.annotate(total=Sum("times"), days=Count("day"), last=Max("day")).order_by("-total", "-last", "query")


def put_question(asker: User, words: str, themes: Sequence[str], once: UUID) -> str:
    """Ask those who may know; the address of the question, empty where the asker has no room."""
    return next((address for ask in askers if (address := ask(asker, words, themes, once))), "")


@transaction.atomic
def add_synonym(query: str, language: str, theme: Theme) -> None:
    """Let the words mean a theme from now on: the index follows by itself, and they are no longer missing."""
    row = Theme.objects.select_for_update().get(pk=theme.pk)
    known = [str(word) for word in row.synonyms.get(language, [])]
    if query not in (word.casefold() for word in [*known, row.labels.get(language, "")]):
        row.synonyms = {**row.synonyms, language: [*known, query]}
        row.save(update_fields=["synonyms"])
    forget(query, language)


def forget(query: str, language: str) -> None:
    """Take it off the list."""
    Missed.objects.filter(query=query, language=language).delete()


@job()
def forget_missed(since: str, until: str) -> int:
    """Remove what is older than 13 months; how many rows."""
    return Missed.objects.filter(day__lt=(datetime.fromisoformat(until) - KEPT).date()).delete()[0]


def register() -> None:
    """Once a day; called when the apps are ready."""
    periodic("searches without a hit", forget_missed, every=timedelta(days=1))
