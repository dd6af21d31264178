"""How well and how quickly search answers, beside Whoosh as it comes and SQLite's FTS5, on the same documents.

Speed: ``BENCH_DOCUMENTS`` (2,000 unless set; the figures to reach are for 20,000 and 100,000) made by recombining
paragraphs of the demonstration's lessons with a fixed seed. Quality: nDCG@10 on the judged collections in the folder
``EXCHANGE_JUDGED`` (``docs.jsonl`` and ``q.json`` each). All times are CPU milliseconds of this process.
"""

import json
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import mean, quantiles
from time import process_time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from whoosh.fields import ID, TEXT, Schema  # noqa: E402  (models may be imported only after Django is set up)
from whoosh.index import create_in  # noqa: E402
from whoosh.qparser import OrGroup, QueryParser  # noqa: E402

from search.analysis import terms  # noqa: E402
from search.dictionary import MARK  # noqa: E402
from search.document import Document, Narrowing, Shown  # noqa: E402
from search.question import asked  # noqa: E402
from tests.search.judging import answered, figures, indexed, names, ndcg  # noqa: E402

LESSONS = Path("platform/exchange/demo/data/lessons")
SCOPES = [*("member",) * 6, "network:1", "network:2", "partnership:1", "partnership:2"]
NARROWING = Narrowing(frozenset(["member", "network:1"]), {"country": ["C03", "C04", "C05"]})
Answer = Callable[[str], list[int]]


def measure() -> dict[str, float | str]:
    """All figures."""
    with tempfile.TemporaryDirectory() as folder:
        measured = speed(Path(folder), int(os.environ.get("BENCH_DOCUMENTS", "2000")))
        worths = figures(list(answered(Path(folder) / "lessons")))
    measured |= {f"lessons nDCG@10, {group}": worth for group, worth in worths.items()}
    judged = os.environ.get("EXCHANGE_JUDGED", "")
    if not judged:
        return measured | {"quality": "not measured: EXCHANGE_JUDGED names no folder of judged collections"}
    for collection in sorted(path.parent for path in Path(judged).glob("*/q.json")):
        with tempfile.TemporaryDirectory() as folder:
            measured |= quality(Path(folder), collection)
    return measured


def paragraphs() -> dict[str, list[str]]:
    """What the documents are made of, by language."""
    found: dict[str, list[str]] = {}
    for file in sorted(LESSONS.glob("*.md")):
        text = file.read_text(encoding="utf-8").split("---", 2)[-1]
        lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
        found.setdefault(file.name.split(".")[-2], []).extend(lines)
    return found


def invented(count: int) -> list[Document]:
    """Documents of about 500 words, with 240 tags (few of them frequent) and 45 countries."""
    chance, source = Random(2026), paragraphs()
    themes = sorted(slug for slug in names()["en"] if not slug.startswith(MARK))
    weights = [1 / rank for rank in range(1, 241)]
    made = []
    for number in range(count):
        language = chance.choice(["en", "en", "sv", "fr", "sw"])
        text = " ".join(chance.choices(source[language], k=max(2, int(chance.gauss(16, 6)))))
        facets = {
            "theme": chance.sample(themes, 2),
            "country": [f"C{int(chance.triangular(0, 45, 3)):02}"],
            "tag": [f"tag{place}" for place in set(chance.choices(range(240), weights, k=4))],
        }
        moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=number)
        scopes = frozenset([chance.choice(SCOPES)])
        made.append(Document("lesson", number, text[:60], text, language, scopes, facets, moment))
    return made


def mixed(documents: list[Document], count: int) -> list[str]:
    """Queries of one to six words that stand in the documents."""
    chance = Random(7)
    texts = [chance.choice(documents).text.split() for _ in range(count)]
    return [" ".join(chance.sample(words, min(len(words), chance.randint(1, 6)))) for words in texts]


def fts5(documents: Iterable[Document]) -> sqlite3.Connection:
    """SQLite's full-text index over the same terms."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE t USING fts5(x, tokenize='unicode61 remove_diacritics 0')")
    rows = (
        (document.id + 1, " ".join(terms(f"{document.title} {document.text}", document.language)))
        for document in documents
    )
    database.executemany("INSERT INTO t (rowid, x) VALUES (?, ?)", rows)
    return database


def asked_of_fts5(database: sqlite3.Connection, language: str) -> Answer:
    """Words joined by OR, ranked by its BM25."""

    def answer(query: str) -> list[int]:
        wanted = " OR ".join(f'"{term}"' for term in dict.fromkeys(terms(query, language)))
        found = database.execute("SELECT rowid - 1 FROM t WHERE x MATCH ? ORDER BY rank LIMIT 20", [wanted or '""'])
        return [number for (number,) in found]

    return answer


def as_it_comes(folder: Path, documents: Iterable[Document], *, joined_by_or: bool) -> Answer:
    """Whoosh by its own manual: TEXT, QueryParser, the searcher kept open."""
    folder.mkdir()
    index = create_in(str(folder), Schema(key=ID(stored=True), text=TEXT))
    writer = index.writer(limitmb=128)
    for document in documents:
        writer.add_document(key=str(document.id), text=f"{document.title} {document.text}")
    writer.commit()
    searcher = index.searcher()
    parser = QueryParser("text", index.schema, **({"group": OrGroup} if joined_by_or else {}))
    return lambda query: [int(hit["key"]) for hit in searcher.search(parser.parse(query), limit=20)]


def speed(folder: Path, count: int) -> dict[str, float | str]:
    """CPU time of mixed queries: ours with scopes, filters and facets, the others' top twenty alone."""
    documents = invented(count)
    queries = mixed(documents, 200)
    begun = process_time()
    snapshot = indexed(folder / "ours", documents)
    built = process_time() - begun

    def page(query: str) -> object:
        question = asked(query, "sv", snapshot.vocabulary, across=True)
        return snapshot.find(question, NARROWING, Shown())

    cold, warm = times(page, queries), times(page, queries)
    whoosh = times(as_it_comes(folder / "whoosh", documents, joined_by_or=True), queries)
    sqlite = times(asked_of_fts5(fts5(documents), "sv"), queries)
    shown: dict[str, float | str] = {"documents": count, "built, documents a CPU second": round(count / built)}
    for name, measured in [("cold", cold), ("warm", warm), ("Whoosh as it comes", whoosh), ("SQLite FTS5", sqlite)]:
        cuts = quantiles(measured, n=20)
        shown[f"{name}, ms p50 / p95"] = f"{cuts[9]:.2f} / {cuts[18]:.2f}"
    return shown


def times(answer: Callable[[str], object], queries: list[str]) -> list[float]:
    """CPU milliseconds of each query."""
    measured = []
    for query in queries:
        begun = process_time()
        answer(query)
        measured.append((process_time() - begun) * 1000)
    return measured


def quality(folder: Path, collection: Path) -> dict[str, float | str]:
    """nDCG@10 of one judged collection."""
    judged = json.loads((collection / "q.json").read_text())
    rows = [json.loads(line) for line in (collection / "docs.jsonl").read_text().splitlines()]
    language, moment = judged["lang"], datetime(2026, 1, 1, tzinfo=UTC)
    documents = [
        Document("lesson", number, row.get("title") or "", row["text"], language, frozenset({"member"}), {}, moment)
        for number, row in enumerate(rows)
    ]
    snapshot = indexed(folder / "ours", documents)

    def answering(*, across: bool) -> Answer:
        def answer(query: str) -> list[int]:
            question = asked(query, language, snapshot.vocabulary, across=across)
            return [hit.id for hit in snapshot.find(question, Narrowing(frozenset(["member"])), Shown()).hits]

        return answer

    ways: dict[str, Answer] = {
        "ours": answering(across=True),
        "ours, one language": answering(across=False),
        "SQLite FTS5": asked_of_fts5(fts5(documents), language),
        "Whoosh, OR": as_it_comes(folder / "or", documents, joined_by_or=True),
        "Whoosh as it comes": as_it_comes(folder / "and", documents, joined_by_or=False),
    }
    return {
        f"{collection.name} nDCG@10, {name}": round(
            mean(
                ndcg([rows[number]["id"] for number in answer(judged["queries"][query])], gains)
                for query, gains in judged["qrels"].items()
            ),
            3,
        )
        for name, answer in ways.items()
    }
