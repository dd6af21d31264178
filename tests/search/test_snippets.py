"""The piece of a text that is shown, and what is marked in it."""

from collections.abc import Callable

import pytest

from search import highlight
from tests.search.conftest import lesson

Index = Callable[..., None]
pytestmark = pytest.mark.django_db


def test_what_the_query_is_called_in_the_texts_language_is_marked_whole(indexed: Index) -> None:
    indexed(lesson(1, "Any"))
    assert highlight("Better waste management for all", "avfallshantering", "en") == (
        "Better <mark>waste</mark> <mark>management</mark> for all"
    )
    assert highlight("Ukusanyaji wa taka ngumu mjini", "avfall", "sw") == (
        "Ukusanyaji wa <mark>taka</mark> <mark>ngumu</mark> mjini"
    )


def test_without_an_index_the_querys_own_words_are_marked() -> None:
    assert highlight("Avfallet i byn", "avfall", "sv") == "<mark>Avfallet</mark> i byn"


@pytest.mark.parametrize(
    ("language", "text", "query"),
    [
        ("sv", "Översvämningarna", "oversvamning"),
        ("en", "municipalities", "municipality"),
        ("fr", "égalités", "egalite"),
        ("en", "MUNICIPALITIES", "kommun municipality"),
    ],
)
def test_a_word_is_marked_in_any_form(language: str, text: str, query: str) -> None:
    assert highlight(text, query, language) == f"<mark>{text}</mark>"


def test_nothing_of_a_text_or_a_query_becomes_html() -> None:
    nasty = "<script>alert(\"waste\")</script> & 'waste'"
    assert highlight(nasty, '"><img src=x> waste', "en") == (
        "&lt;script&gt;alert(&quot;<mark>waste</mark>&quot;)&lt;/script&gt; &amp; &#x27;<mark>waste</mark>&#x27;"
    )


def test_where_nothing_answers_the_beginning_is_shown_to_a_whole_word() -> None:
    piece = highlight("nothing " * 100, "waste", "en")
    assert piece == ("nothing " * 25).strip() + "…"


def test_a_long_unbroken_text_is_cut_all_the_same() -> None:
    assert len(highlight("x" * 5000, "waste", "en")) == 201


def test_an_empty_text_gives_nothing() -> None:
    assert highlight("", "waste", "en") == ""


@pytest.mark.parametrize("place", [0, 3, 50, 97, 99])
def test_a_hit_anywhere_is_shown_with_what_stands_around(place: int) -> None:
    words = ["nothing"] * 100
    words[place] = "waste"
    piece = highlight(" ".join(words), "waste", "en")
    assert "<mark>waste</mark>" in piece
    assert 150 < len(piece) < 240
    assert piece.startswith("…") == (place > 20)
