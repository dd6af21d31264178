"""Whatever is hidden from a person, every answer is the same as if it did not exist: hits, scores, counts, mended
words, suggestions, related documents."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search import Document, engine, find, related
from search.concepts import Vocabulary
from search.document import Narrowing, Shown
from search.fields import fields
from search.kinship import related as alike
from search.mending import mended, slips
from search.question import asked
from search.snapshot import Snapshot
from tests.search.conftest import ME, Index, lesson

WORDS = ("avfall", "avfallskvarn", "vatten", "vattnet", "flood", "floods", "waste", "landfill", "déchets", "taka ngumu")
TYPED = (*WORDS, "avfal", "vaten", "flodo", "lanfill", '"waste landfill"', "-flood")
NAMES = Vocabulary({"en": {"waste": ("Waste management", "landfill")}, "sv": {"waste": ("Avfallshantering",)}})
SCOPES = ("member", "network:1", "network:11", "partnership:7", "author:3")

texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
some_scopes = st.frozensets(st.sampled_from(SCOPES), max_size=3)
drafts = st.tuples(texts, texts, st.sampled_from(["sv", "en", "fr", "sw"]), some_scopes, st.sampled_from(["a", "b"]))
queries = st.lists(st.sampled_from(TYPED), max_size=3).map(" ".join)


def document(number: int, draft: tuple[str, str, str, frozenset[str], str]) -> Document:
    """One of the random documents."""
    title, text, language, scopes, tag = draft
    return lesson(number, title, text, language=language, scopes=" ".join(scopes), tag=[tag])


def opened(folder: Path, documents: list[Document]) -> Snapshot:
    """An index of these documents, in two commits."""
    engine.create(folder)
    for half in (documents[::2], documents[1::2]):
        engine.write(folder, [fields(document, NAMES) for document in half])
    return Snapshot(engine.segments(folder, {}), NAMES)


def answers(
    snapshot: Snapshot, query: str, scopes: frozenset[str], tags: list[str], documents: list[Document]
) -> object:
    """Everything that can be asked."""
    question, view = asked(query, "sv", NAMES, across=True), snapshot.view(scopes)
    meant = slips(question, view)
    narrowing = Narrowing(scopes, {"tag": tags})
    found = snapshot.find(mended(question, meant), narrowing, Shown(facets=["tag", "language", "kind"]))
    suggested = [snapshot.beginning([prefix], scopes, 5) for prefix in ("av", "fl", "d")]
    return found, meant, suggested, [alike(view, fields(document, NAMES), 5) for document in documents]


@settings(max_examples=30, deadline=None)
@given(st.lists(drafts, min_size=2, max_size=12), some_scopes, queries, st.sampled_from([[], ["a"]]))
def test_every_answer_is_as_if_the_hidden_did_not_exist(
    made: list[tuple[str, str, str, frozenset[str], str]], scopes: frozenset[str], query: str, tags: list[str]
) -> None:
    documents = [document(number, draft) for number, draft in enumerate(made, 1)]
    visible = [one for one in documents if one.scopes & scopes]
    with tempfile.TemporaryDirectory() as folder:
        whole, part = opened(Path(folder) / "whole", documents), opened(Path(folder) / "part", visible)
        assert answers(whole, query, scopes, tags, visible) == answers(part, query, scopes, tags, visible)


@pytest.mark.django_db
def test_a_mistyped_word_is_not_mended_by_a_hidden_one_and_a_hidden_lesson_has_no_kin(indexed: Index) -> None:
    indexed(
        lesson(1, "Leachate scandal", "leachate landfill", scopes="partnership:7"),
        lesson(2, "Landfill works", "landfill compactor"),
        lesson(3, "Landfill guards", "landfill compactor"),
    )
    assert find("lechate scandl", scopes={"partnership:7"}).did_you_mean == "leachate scandal"
    assert find("lechate scandl", scopes=ME).did_you_mean == ""
    assert [hit.id for hit in related("lesson", 2, scopes=ME)] == [3]
    assert [hit.id for hit in related("lesson", 2, scopes={*ME, "partnership:7"})] == [3, 1]
    assert related("lesson", 1, scopes=ME) == []
