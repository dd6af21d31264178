"""What comes first, what counts, what fits on a page."""

from collections.abc import Callable, Sequence
from random import Random

import numpy as np
import pytest

from search import find, put, work_off
from search.document import Narrowing, Shown
from search.engine import WhooshSegment, blocks, steps
from search.living import index
from search.question import asked
from search.segment import Postings
from search.snapshot import Snapshot
from tests.search.conftest import ME, found, lesson

Index = Callable[..., None]
WORDS = [f"word{number}" for number in range(60)]


@pytest.fixture
def many(indexed: Index) -> None:
    """Two hundred texts of random words, in several commits."""
    chance = Random(7)
    for start in range(0, 200, 50):
        texts = [" ".join(chance.choices(WORDS, range(60, 0, -1), k=300)) for _ in range(50)]
        indexed(*(lesson(start + place, "Title", text) for place, text in enumerate(texts, 1)))


def test_an_empty_query_lists_all_the_newest_first(indexed: Index) -> None:
    indexed(lesson(1, "One"), lesson(3, "Three"), lesson(2, "Two"))
    assert found("") == found("  ") == [3, 2, 1]
    assert found("the") == []


def test_of_equals_the_newest_comes_first(indexed: Index) -> None:
    indexed(*(lesson(number, "Same words") for number in (2, 1, 3)))
    assert found("words") == [3, 2, 1]


def test_two_words_are_both_wanted_when_enough_texts_have_both(indexed: Index) -> None:
    both = [lesson(number, "Rain", "water and soil") for number in range(1, 11)]
    indexed(*both, lesson(20, "Only water"), lesson(21, "Only soil"))
    assert find("water soil", scopes=ME).total == 10
    assert find("water soil rain", scopes=ME).total == 12


def test_two_words_of_which_few_texts_have_both_find_those_with_one_too_but_later(indexed: Index) -> None:
    indexed(lesson(1, "Water"), lesson(2, "Water and soil"), lesson(3, "Soil"))
    assert found("water soil")[0] == 2
    assert sorted(found("water soil")) == [1, 2, 3]


def test_pages_follow_each_other_without_a_gap(many: None) -> None:
    whole = found("word1 word7 word30", limit=200)
    pages = [found("word1 word7 word30", page=page, limit=20) for page in range(1, 12)]
    assert [number for page in pages for number in page] == whole
    assert found("word1", page=99) == []


@pytest.mark.parametrize("engine", ["whoosh"], indirect=True)
def test_the_block_reader_gives_what_whooshs_public_matcher_gives(many: None) -> None:
    """The scorer reads postings past the public interface; here that is held to it."""
    compared = 0
    snapshot = index.snapshot()
    assert snapshot is not None
    for segment in snapshot.segments:
        for word in WORDS:
            postings = [segment._reader.postings("text", word) for _ in range(2)]
            if all(hasattr(matcher, "_read_ids") for matcher in postings):
                quick, slow = blocks(postings[0]), steps(postings[1])
                assert np.array_equal(quick[0], slow[0])
                assert np.array_equal(quick[1], slow[1])
                compared += 1
    assert compared >= 60


class Public(WhooshSegment):
    """A segment that is read by Whoosh's public interface alone."""

    def read(self, field: str, terms: Sequence[str]) -> dict[str, Postings]:
        """The posting lists of these terms, a document at a time."""
        return {term: steps(self._reader.postings(field, term)) for term in terms if (field, term) in self._reader}


@pytest.mark.parametrize("engine", ["whoosh"], indirect=True)
def test_every_score_is_the_same_through_whooshs_public_matcher(many: None) -> None:
    quick = index.snapshot()
    assert quick is not None
    readers = [one._reader for one in quick.segments if isinstance(one, WhooshSegment)]
    slow = Snapshot([(Public(reader), []) for reader in readers], quick.vocabulary)
    for query in ("word1", "word3 word7 word30", "word59 word58", '"word1 word2"'):
        question = asked(query, "en", quick.vocabulary, across=True)
        answers = [one.find(question, Narrowing(frozenset(ME)), Shown(limit=200)) for one in (quick, slow)]
        assert answers[0] == answers[1]
        assert answers[0].total


def test_scores_are_those_of_bm25(indexed: Index) -> None:
    """By hand: N 3, df 2, tf 2, length 4 of mean 3 (Whoosh keeps short lengths exactly)."""
    indexed(lesson(1, "x", "soil soil clay"), lesson(2, "x", "soil rain"), lesson(3, "x", "rain"))
    [hit] = [hit for hit in find("soil clay peat", scopes=ME, across=False).hits if hit.id == 1]
    idf = {2: np.log(1 + 1.5 / 2.5), 1: np.log(1 + 2.5 / 1.5)}
    norm = 1.5 * (0.25 + 0.75 * 4 / 3)
    assert hit.score == pytest.approx(idf[2] * 2 * 2.5 / (2 + norm) + idf[1] * 2.5 / (1 + norm), rel=1e-5)


def test_counts_are_right_under_filters_and_a_facets_own_filter_does_not_shrink_it(indexed: Index) -> None:
    indexed(
        lesson(1, "Water", theme=["waste", "food"], country=["SE"]),
        lesson(2, "Water", theme=["waste"], country=["TZ"], language="sv"),
        lesson(3, "Water", theme=["food"], country=["TZ"]),
        lesson(4, "Soil", theme=["food"], country=["TZ"]),
        lesson(5, "Water", theme=["food"], country=["TZ"], scopes="network:3"),
    )
    results = find("water", scopes=ME, filters={"theme": ["waste"], "country": []})
    assert sorted(hit.id for hit in results.hits) == [1, 2]
    assert results.facets == {
        "theme": {"food": 2, "waste": 2},
        "country": {"SE": 1, "TZ": 1},
        "language": {"en": 1, "sv": 1},
        "tag": {},
        "kind": {"lesson": 2},
    }
    both = find("water", scopes=ME, filters={"theme": ["waste"], "country": ["TZ"]})
    assert (both.total, both.facets["theme"], both.facets["country"]) == (
        1,
        {"food": 1, "waste": 1},
        {"SE": 1, "TZ": 1},
    )
    either = find("water", scopes=ME, filters={"theme": ["waste", "food"]})
    assert either.total == 3


def test_the_answer_is_the_same_with_and_without_the_index(indexed: Index) -> None:
    documents = [
        lesson(1, "Water", theme=["waste", "food"], country=["SE"], tag=["Pumps"]),
        lesson(2, "Water", theme=["waste"], country=["TZ"], language="sv"),
        lesson(3, "Water", theme=["food"], country=["TZ"], scopes="network:3"),
    ]
    for document in documents:
        put(document)
    without = find("water", scopes=ME, filters={"theme": ["waste"]})
    work_off()
    with_index = find("water", scopes=ME, filters={"theme": ["waste"]})
    assert without.degraded
    assert not with_index.degraded
    assert without.facets == with_index.facets
    assert {hit.id for hit in without.hits} == {hit.id for hit in with_index.hits} == {1, 2}
    assert without.total == with_index.total == 2
