"""The measurement itself, on the database that the environment names; its figures go to standard output as JSON.

Speed: ``BENCH_DOCUMENTS`` (20,000 unless set). Ours is asked as the page asks, with scopes, filters, facets and words
of other languages; the others for their top twenty alone. Times are milliseconds of this process's CPU, but for the
two in PostgreSQL, whose work is elsewhere: these are of the clock. Quality: nDCG@10 on the judged collections in the
folder ``EXCHANGE_JUDGED`` (``docs.jsonl`` and ``q.json`` each).
"""

import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import mean, quantiles
from time import perf_counter, process_time, sleep
from typing import Any

from bench._databases import begin

begin()

from django.conf import settings  # noqa: E402  (models may be imported only after Django is set up)
from django.utils import timezone  # noqa: E402

from bench._documents import START, invented, judged, mixed, rows  # noqa: E402
from bench._peers import Answer, as_it_comes, fts5, tantivys, ts_rank  # noqa: E402
from search import find, keep_up, put  # noqa: E402
from search.concepts import Vocabulary, themes_as_names  # noqa: E402
from search.document import Document, Narrowing, Shown  # noqa: E402
from search.door import answer  # noqa: E402
from search.engines import engine  # noqa: E402
from search.fields import fields, version  # noqa: E402
from search.living import index  # noqa: E402
from search.snapshot import Snapshot  # noqa: E402
from tests.search.judging import answered, figures, ndcg  # noqa: E402

Figures = dict[str, float | str]
FILTERED = Narrowing(frozenset(["member", "network:1"]), {"country": ["C03", "C04", "C05"]})
EVERYTHING = Narrowing(frozenset(["member"]))
QUERIES = 200
CHANGES = 5


def measure(folder: Path) -> Iterator[Figures]:
    """All figures, as they come."""
    yield from speed(folder, int(os.environ.get("BENCH_DOCUMENTS", "20000")))
    settings.SEARCH_ENGINE = "whoosh"
    worths = figures(list(answered(folder / "lessons")))
    yield {f"lessons nDCG@10, {group}": worth for group, worth in worths.items()}
    for collection in judged():
        yield quality(folder / collection.name, collection)
    if not judged():
        yield {"quality": "not measured: EXCHANGE_JUDGED names no folder of judged collections"}


def speed(folder: Path, count: int) -> Iterator[Figures]:
    """Each engine in turn, on the same documents and queries."""
    queries = mixed(QUERIES, count)
    yield {"documents": count}
    yield ours("whoosh", count, queries, process_time)
    yield told("Whoosh as it comes", times(as_it_comes(folder / "or", invented(count), joined_by_or=True), queries))
    yield told("SQLite FTS5", times(fts5(invented(count), "sv"), queries))
    yield told("tantivy", times(tantivys(folder / "tantivy", invented(count), "sv"), queries))
    yield ours("postgres", count, queries, perf_counter)
    yield told("PostgreSQL's ts_rank, clock", times(ts_rank(invented(count), "sv"), queries, perf_counter))


def ours(name: str, count: int, queries: list[str], clock: Callable[[], float]) -> Figures:
    """What one of our engines takes to build, to answer and to show a change."""
    settings.SEARCH_ENGINE = name
    begun, at = process_time(), perf_counter()
    living(invented(count))
    built, lasted = process_time() - begun, perf_counter() - at
    snapshot = opened()
    first, cold, warm = (times(page(snapshot), some, clock) for some in (queries[:1], queries[1:], queries))
    unit = "" if clock is process_time else ", clock"
    return {
        f"{name}: built, documents a CPU second of ours": round(count / built),
        f"{name}: built, seconds of the clock": round(lasted, 1),
        f"{name}: the first query of all{unit}": round(first[0], 1),
        **told(f"{name}: cold{unit}", cold),
        **told(f"{name}: warm{unit}", warm),
        f"{name}: a change is found after, seconds, worst of {CHANGES}": round(max(changes(count)), 2),
    }


def living(documents: Iterator[Document]) -> None:
    """Make these documents the index that is searched."""
    keeper, names = engine(), themes_as_names()
    vocabulary = Vocabulary(names)
    place = keeper.create(version(names), vocabulary)
    keeper.write(place, (fields(document, vocabulary) for document in documents), memory=128)
    keeper.swap(place)


def opened() -> Snapshot:
    """The living index."""
    index.refresh()
    snapshot = index.snapshot()
    if snapshot is None:
        raise RuntimeError("There is no index.")
    return snapshot


def page(snapshot: Snapshot) -> Callable[[str], object]:
    """How the page asks."""
    return lambda query: answer(snapshot, query, "sv", FILTERED, Shown(), across=True)


def changes(count: int) -> Iterator[float]:
    """Seconds from a commit until a search finds it, with a worker that looks ten times a second."""
    for number in range(count, count + CHANGES):
        put(Document("lesson", number, "Zebroid", "", "sv", frozenset({"member"}), {}, timezone.now()))
        begun = perf_counter()
        while number not in [hit.id for hit in find("zebroid", scopes={"member"}, language="sv").hits]:
            keep_up()
            sleep(0.1)
        yield perf_counter() - begun


def times(ask: Callable[[str], object], queries: list[str], clock: Callable[[], float] = process_time) -> list[float]:
    """Milliseconds of each query."""
    measured = []
    for query in queries:
        begun = clock()
        ask(query)
        measured.append((clock() - begun) * 1000)
    return measured


def told(name: str, measured: list[float]) -> Figures:
    """Half of the queries, and all but a twentieth, are quicker than this."""
    cuts = quantiles(measured, n=20)
    return {f"{name}, ms p50 / p95": f"{cuts[9]:.2f} / {cuts[18]:.2f}"}


def quality(folder: Path, collection: Path) -> Figures:
    """nDCG@10 of one judged collection."""
    folder.mkdir()
    asked: dict[str, Any] = json.loads((collection / "q.json").read_text())
    known, language = rows(collection), asked["lang"]
    documents = [
        Document("lesson", number, row.get("title") or "", row["text"], language, frozenset({"member"}), {}, START)
        for number, row in enumerate(known)
    ]
    living(iter(documents))
    snapshot = opened()

    def our(*, across: bool) -> Answer:
        return lambda query: [
            hit.id for hit in answer(snapshot, query, language, EVERYTHING, Shown(), across=across).hits
        ]

    ways: dict[str, Answer] = {
        "ours": our(across=True),
        "ours, one language": our(across=False),
        "SQLite FTS5": fts5(documents, language),
        "tantivy": tantivys(folder / "tantivy", documents, language),
        "PostgreSQL's ts_rank": ts_rank(documents, language),
        "Whoosh, OR": as_it_comes(folder / "or", documents, joined_by_or=True),
        "Whoosh as it comes": as_it_comes(folder / "and", documents, joined_by_or=False),
    }
    return {
        f"{collection.name} nDCG@10, {name}": round(
            mean(
                ndcg([known[number]["id"] for number in way(asked["queries"][query])], gains)
                for query, gains in asked["qrels"].items()
            ),
            3,
        )
        for name, way in ways.items()
    }


def main() -> None:
    """Measure; each figure is also told at once on the error output, since the whole takes long."""
    measured: Figures = {}
    for some in measure(Path(sys.argv[1])):
        sys.stderr.writelines(f"{name}: {value}\n" for name, value in some.items())
        sys.stderr.flush()
        measured |= some
    sys.stdout.write(json.dumps(measured))


if __name__ == "__main__":
    main()
