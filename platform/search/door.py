"""The verbs of the door that only read."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import reduce
from itertools import chain
from operator import or_
from unicodedata import normalize

from django.db.models import Q
from django.utils.safestring import SafeString

from search.analysis import LANGUAGES, WORD, fold
from search.concepts import Vocabulary
from search.dictionary import MARK
from search.document import FACETS, FIT, Hit, Narrowing, Range, Results, Shown
from search.fallback import find_without_index, visible
from search.fields import fields
from search.kinship import related as alike
from search.living import index
from search.mending import mended, nothing_known, slips
from search.question import Question, asked
from search.segment import DamagedError
from search.snapshot import Snapshot
from search.snippets import snippet
from search.spelling import spelt


def find(
    query: str,
    *,
    scopes: Collection[str],
    filters: Mapping[str, Collection[str]] | None = None,
    without: Mapping[str, Collection[str]] | None = None,
    ranges: Mapping[str, Range] | None = None,
    language: str = "en",
    page: int = 1,
    limit: int = 20,
    order: str = FIT,
    facets: Collection[str] = FACETS,
    across: bool = True,
) -> Results:
    """One page of what a person with these scopes may find; an empty query lists everything, newest first.

    ``query`` may hold "phrases" and -words; take ``field:value`` out of it first (``operators.read``). ``filters``
    keep to one of the values of each facet, ``without`` to none of them, ``ranges`` to numbers (``changed``: seconds
    since 1970). ``language`` is the reader's. ``across`` also finds the words' concepts in other languages, at half
    weight.
    """
    narrowing = Narrowing(frozenset(scopes), filters or {}, without or {}, ranges or {})
    shown = Shown(page, limit, order, facets)
    snapshot = index.snapshot()
    if snapshot is None:
        return find_without_index(query, narrowing, shown)
    try:
        return answer(snapshot, query, language, narrowing, shown, across=across)
    except DamagedError as problem:
        index.broken(problem)
        return find_without_index(query, narrowing, shown)


def answer(
    snapshot: Snapshot, query: str, language: str, narrowing: Narrowing, shown: Shown, *, across: bool
) -> Results:
    """What the index finds: for words that nobody wrote, also what they seem to be."""
    question, view = asked(query, language, snapshot.vocabulary, across=across), snapshot.view(narrowing.scopes)
    meant = slips(question, view)
    instead = spelt(query, meant, view)
    found = snapshot.find(mended(question, meant), narrowing, shown)
    if nothing_known(question, meant):
        question = asked(instead, language, snapshot.vocabulary, across=across)
        found = replace(snapshot.find(question, narrowing, shown), mended=True)
    return replace(found, also=also(question, snapshot.vocabulary, language), did_you_mean=instead)


def related(kind: str, number: int, *, scopes: Collection[str], limit: int = 5) -> list[Hit]:
    """Documents of the same kind that share the most concepts and telling words with this one, of those that the
    person may see; none for one that the person may not see."""
    snapshot = index.snapshot()
    entry = visible(scopes).filter(kind=kind, key=number).first()
    if snapshot is None or entry is None:
        return []
    try:
        return alike(snapshot.view(scopes), fields(entry.document(), snapshot.vocabulary), limit)
    except DamagedError as problem:
        index.broken(problem)
        return []


def also(question: Question, vocabulary: Vocabulary, language: str) -> list[str]:
    """What the query's concepts are called in the other languages: themes first, and for the words that name none,
    the dictionary's."""
    themes = [concept for concept in question.spoken if not concept.slug.startswith(MARK)]
    told = frozenset(chain.from_iterable(concept.words for concept in themes))
    others = [one for one in question.spoken if one.slug.startswith(MARK) and not one.words & told]
    named = (vocabulary.elsewhere(concept.slug, language, LANGUAGES) for concept in [*themes, *others])
    return list(dict.fromkeys(chain.from_iterable(named)))


def suggest(prefix: str, scopes: Collection[str], limit: int = 8) -> list[str]:
    """Titles that the person may see and whose words begin so, the newest first; for an empty prefix none."""
    words = WORD.findall(fold(normalize("NFC", prefix)))
    snapshot = index.snapshot()
    if not words:
        return []
    if snapshot is None:
        return list(visible(scopes, prefix).order_by("-changed_at").values_list("title", flat=True)[:limit])
    keys = [key.partition(":") for key in snapshot.beginning(words, scopes, limit)]
    wanted = reduce(or_, (Q(kind=kind, key=number) for kind, _colon, number in keys), Q(pk=None))
    return list(visible(scopes).filter(wanted).order_by("-changed_at").values_list("title", flat=True))


def highlight(text: str, query: str, language: str) -> SafeString:
    """About 200 characters of ``text`` (plain, in ``language``) where the query's words are densest, in ``<mark>``."""
    snapshot = index.snapshot()
    return snippet(text, query, language, snapshot.vocabulary if snapshot else Vocabulary({}))
