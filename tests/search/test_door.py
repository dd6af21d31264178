"""What every kind of document can count on, with an index and without."""

from datetime import UTC, datetime

import pytest

from search import Document, find, highlight, put, remove, suggest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("engine")]
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def lesson(
    key: int, title: str, text: str = "", *, language: str = "en", scopes: str = "member", **facets: list[str]
) -> Document:
    """A document as the knowledge app makes them."""
    return Document("lesson", key, title, text, language, frozenset(scopes.split()), facets, NOON)


def test_what_is_put_is_found_by_whoever_shares_a_scope() -> None:
    put(lesson(1, "Waste sorting", scopes="partnership:7"))
    assert [hit.id for hit in find("waste", scopes={"partnership:7", "member"}).hits] == [1]
    assert find("waste", scopes={"member"}).total == 0
    assert find("waste", scopes=set()).total == 0
    assert suggest("was", scopes={"member"}) == []
    assert suggest("was", scopes={"partnership:7"}) == ["Waste sorting"]


def test_what_is_removed_is_found_no_more() -> None:
    put(lesson(1, "Waste sorting"))
    remove("lesson", 1)
    assert find("", scopes={"member"}).total == 0


def test_a_snippet_marks_inflected_forms_and_escapes_the_rest() -> None:
    assert (
        highlight("<b>Avfallet</b> sorteras i kommunerna & mer", "avfall kommun", "sv")
        == "&lt;b&gt;<mark>Avfallet</mark>&lt;/b&gt; sorteras i <mark>kommunerna</mark> &amp; mer"
    )


def test_a_snippet_is_taken_around_the_densest_place() -> None:
    text = "water " + "nothing " * 100 + "the waste and the water of the town " + "nothing " * 100
    piece = highlight(text, "waste water", "en")
    assert "<mark>waste</mark> and the <mark>water</mark> of the town" in piece
    assert piece.startswith("…")
    assert piece.endswith("…")
    assert len(piece) < 260
