"""The judged queries are sound: what the search is measured against names real lessons and covers what it should."""

from collections import Counter
from pathlib import Path
from typing import TypedDict

import pytest
import yaml

LESSONS = Path(__file__).resolve().parents[2] / "platform/exchange/demo/data/lessons"
QUERIES = Path(__file__).parent / "judged/queries.yaml"
LANGUAGES = {"en", "sv", "fr", "sw"}
TAGS = {"across", "typo", "compound", "one-word", "question", "place", "number", "symptom"}


class Judged(TypedDict):
    """One query, as an official types it, and the grade of every lesson that is relevant to it."""

    query: str
    language: str
    tags: list[str]
    relevant: dict[str, int]


def language_of(stem: str) -> str:
    """Return the language of the lesson whose file has this stem: its last part."""
    return stem.rpartition(".")[2]


def best_grade(entry: Judged, *, own_language: bool) -> int:
    """Return the highest grade among the lessons in the query's language, or among those in the others."""
    return max(
        (
            grade
            for stem, grade in entry["relevant"].items()
            if (language_of(stem) == entry["language"]) is own_language
        ),
        default=0,
    )


@pytest.fixture(scope="module")
def judged() -> list[Judged]:
    """Return every judged query in the file."""
    entries: list[Judged] = yaml.safe_load(QUERIES.read_text(encoding="utf-8"))
    return entries


def test_every_entry_has_a_query_a_known_language_and_known_tags(judged: list[Judged]) -> None:
    for entry in judged:
        assert set(entry) == {"query", "language", "tags", "relevant"}, entry
        assert entry["query"] == " ".join(entry["query"].split()) != ""
        assert entry["language"] in LANGUAGES, entry["query"]
        assert set(entry["tags"]) <= TAGS, entry["query"]


def test_every_named_lesson_exists_and_every_grade_is_one_two_or_three(judged: list[Judged]) -> None:
    stems = {path.stem for path in LESSONS.glob("*.md")}
    for entry in judged:
        assert entry["relevant"], entry["query"]
        assert set(entry["relevant"]) <= stems, entry["query"]
        assert set(entry["relevant"].values()) <= {1, 2, 3}, entry["query"]


def test_translations_of_one_lesson_share_a_grade(judged: list[Judged]) -> None:
    translations: dict[str, set[str]] = {}
    for path in LESSONS.glob("*.md"):
        translations.setdefault(path.stem.rpartition(".")[0], set()).add(path.stem)
    for entry in judged:
        for stem, grade in entry["relevant"].items():
            for other in translations[stem.rpartition(".")[0]]:
                assert entry["relevant"].get(other) == grade, (entry["query"], other)


def test_no_query_stands_twice(judged: list[Judged]) -> None:
    counts = Counter(entry["query"].casefold() for entry in judged)
    assert [query for query, count in counts.items() if count > 1] == []


def test_there_are_enough_queries_in_every_language_and_across_them(judged: list[Judged]) -> None:
    languages = Counter(entry["language"] for entry in judged)
    tags = Counter(tag for entry in judged for tag in entry["tags"])
    assert len(judged) >= 120
    assert all(languages[language] >= 25 for language in LANGUAGES), languages
    assert tags["across"] >= 40
    assert tags["typo"] >= 15
    assert tags["compound"] >= 12


def test_a_query_is_tagged_across_just_when_its_best_lessons_are_in_another_language(judged: list[Judged]) -> None:
    for entry in judged:
        elsewhere = best_grade(entry, own_language=False) > best_grade(entry, own_language=True)
        assert ("across" in entry["tags"]) is elsewhere, entry["query"]
