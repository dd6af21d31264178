"""Many documents with real sentences in them, and queries of their words; for ``bench.search``."""

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from search.dictionary import MARK
from search.document import Document
from tests.search.judging import names

LESSONS = Path("platform/exchange/demo/data/lessons")
SCOPES = [*("member",) * 6, "network:1", "network:2", "partnership:1", "partnership:2"]
MEDIAN = 500
"""Words of a document."""
START = datetime(2026, 1, 1, tzinfo=UTC)


def judged() -> list[Path]:
    """The folders of judged collections that ``EXCHANGE_JUDGED`` holds."""
    folder = os.environ.get("EXCHANGE_JUDGED", "")
    return sorted(path.parent for path in Path(folder).glob("*/q.json")) if folder else []


def rows(collection: Path) -> list[dict[str, str]]:
    """The documents of a judged collection."""
    return [json.loads(line) for line in (collection / "docs.jsonl").read_text().splitlines()]


def paragraphs() -> dict[str, list[str]]:
    """What the documents are made of, by language."""
    found: dict[str, list[str]] = {}
    for file in sorted(LESSONS.glob("*.md")):
        text = file.read_text(encoding="utf-8").split("---", 2)[-1]
        lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
        found.setdefault(file.name.split(".")[-2], []).extend(lines)
    for collection in judged():
        language = json.loads((collection / "q.json").read_text())["lang"]
        found[language] += [row["text"] for row in rows(collection)]
    return found


def invented(count: int) -> Iterator[Document]:
    """Documents of 500 words in the median, with 240 tags (few of them frequent) and 45 countries; a tenth of them
    translations of others."""
    chance, source = Random(2026), paragraphs()
    themes = sorted(slug for slug in names()["en"] if not slug.startswith(MARK))
    weights = [1 / rank for rank in range(1, 241)]
    for number in range(count):
        language = chance.choice(["en", "en", "sv", "fr", "sw"])
        text = recombined(source[language], int(chance.lognormvariate(0, 0.5) * MEDIAN), chance)
        facets = {
            "theme": chance.sample(themes, 2),
            "country": [f"C{int(chance.triangular(0, 45, 3)):02}"],
            "tag": [f"tag{place}" for place in set(chance.choices(range(240), weights, k=4))],
            "family": [str(number if chance.random() < 0.9 else max(0, number - 1))],
        }
        scopes = frozenset([chance.choice(SCOPES)])
        moment = START + timedelta(minutes=number)
        yield Document("lesson", number, text[:60], text, language, scopes, facets, moment)


def recombined(source: list[str], words: int, chance: Random) -> str:
    """Paragraphs until there are so many words."""
    taken: list[str] = []
    while len(taken) < words:
        taken += chance.choice(source).split()
    return " ".join(taken[:words])


def mixed(count: int, documents: int) -> list[str]:
    """Queries of one to six words that stand next to each other or apart in the documents."""
    chance, source = Random(7), list(invented(min(documents, 500)))
    texts = [chance.choice(source).text.split() for _ in range(count)]
    return [" ".join(chance.sample(words, min(len(words), chance.randint(1, 6)))) for words in texts]
