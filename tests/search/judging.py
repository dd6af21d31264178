"""How well search answers the judged queries over the demonstration's lessons, as nDCG@10; for a test and the bench."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from math import log2
from pathlib import Path
from statistics import mean
from typing import Any

import yaml

from exchange.demo.source import Page, pages
from prose import bare
from search import Document, engine
from search.concepts import Names, Vocabulary, with_words
from search.document import Narrowing, Shown
from search.fields import fields
from search.mending import mended, slips
from search.question import asked
from search.snapshot import Snapshot
from search.vocabulary import listed

QUERIES = Path(__file__).with_name("judged") / "queries.yaml"
EVERYBODY = frozenset({"member"})


@dataclass(frozen=True)
class Answered:
    """One judged query with what its answer was worth."""

    query: str
    language: str
    tags: frozenset[str]
    told_in: frozenset[str]
    """The languages of its best lessons."""
    worth: float


def ndcg(found: list[str], gains: dict[str, int]) -> float:
    """Normalised discounted cumulative gain of the first ten (Järvelin and Kekäläinen 2002)."""
    got = sum(gains.get(name, 0) / log2(place + 2) for place, name in enumerate(found[:10]))
    best = sum(gain / log2(place + 2) for place, gain in enumerate(sorted(gains.values(), reverse=True)[:10]))
    return got / best if best else 0.0


def names() -> Names:
    """The vocabulary as its file has it."""
    made: Names = defaultdict(dict)
    for theme in listed():
        for language, label in theme.labels.items():
            made[language][theme.slug] = (label, *theme.synonyms.get(language, ()))
    return with_words(dict(made))


def lessons() -> list[Document]:
    """The demonstration's lessons as the index takes them; everybody may see them here."""
    called, moment = names(), datetime(2026, 1, 1, tzinfo=UTC)
    made = []
    for number, page in enumerate(pages()):
        labels = [called[page.language][slug][0] for slug in page.themes]
        text = "\n".join([bare("\n\n".join(page.sections.values())), *labels, *page.tags])
        facets = {"theme": list(page.themes), "tag": list(page.tags), "family": [page.slug]}
        made.append(Document("lesson", number, page.title, text, page.language, EVERYBODY, facets, moment))
    return made


def indexed(folder: Path, documents: list[Document]) -> Snapshot:
    """An index of these documents, opened."""
    vocabulary = Vocabulary(names())
    engine.create(folder)
    engine.write(folder, (fields(document, vocabulary) for document in documents), memory=128)
    return Snapshot(engine.segments(folder, {}), vocabulary)


def found(snapshot: Snapshot, query: str, language: str, *, across: bool = True) -> list[int]:
    """The numbers of the first twenty that search answers with."""
    question = asked(query, language, snapshot.vocabulary, across=across)
    meant = slips(question, snapshot.view(EVERYBODY))
    return [hit.id for hit in snapshot.find(mended(question, meant), Narrowing(EVERYBODY), Shown()).hits]


def answered(folder: Path) -> Iterator[Answered]:
    """Every judged query put to an index of the lessons."""
    called = [name_of(page) for page in pages()]
    snapshot = indexed(folder, lessons())
    judged: list[dict[str, Any]] = yaml.safe_load(QUERIES.read_text(encoding="utf-8"))
    for one in judged:
        gains = one["relevant"]
        told_in = frozenset(name.rpartition(".")[2] for name, gain in gains.items() if gain == max(gains.values()))
        worth = ndcg([called[number] for number in found(snapshot, one["query"], one["language"])], gains)
        yield Answered(one["query"], one["language"], frozenset(one["tags"]), told_in, worth)


def name_of(page: Page) -> str:
    """What the judgements call a lesson."""
    return f"{page.slug}.{page.language}"


def figures(answers: list[Answered]) -> dict[str, float]:
    """Means over all, by language, by tag, and by pair of languages across."""
    groups: dict[str, list[float]] = defaultdict(list)
    for one in answers:
        pairs = {f"{one.language} to {told}" for told in one.told_in} if "across" in one.tags else set()
        for group in ("all", one.language, *sorted(one.tags), *sorted(pairs)):
            groups[group].append(one.worth)
    return {group: round(mean(worths), 3) for group, worths in groups.items()}
