"""What a reader of each language finds."""

from collections.abc import Callable

import pytest

from search import find
from tests.search.conftest import ME, found, lesson

Index = Callable[..., None]


@pytest.mark.parametrize(
    ("language", "written", "asked"),
    [
        ("sv", "Kommunerna sorterar avfallet", "kommun"),
        ("sv", "Kommunen sorterar avfall", "avfallet"),
        ("sv", "Översvämningarna i staden", "översvämning"),
        ("sv", "Översvämning i staden", "oversvamningar"),
        ("en", "Municipalities collect rainwater", "municipality"),
        ("en", "Recycling stations", "recycle"),
        ("fr", "Les municipalités trient les déchets", "municipalité"),
        ("fr", "L'égalité des genres", "egalite"),
        ("fr", "Sécheresse à Ségou", "SECHERESSE"),
        ("sw", "Wananchi walipanda miti", "miti"),
        ("rw", "Imyuzure mu mujyi", "imyuzure"),
    ],
)
def test_a_word_is_found_in_any_form(indexed: Index, language: str, written: str, asked: str) -> None:
    indexed(lesson(1, written, language=language), lesson(2, "Something else", language=language))
    assert found(asked, language) == [1]


def test_accents_may_be_composed_or_not(indexed: Index) -> None:
    indexed(lesson(1, "Älvsbyn", language="sv"), lesson(2, "A\u0308lvsbyn", language="sv"))
    assert sorted(found("A\u0308LVSBYN", "sv")) == sorted(found("alvsbyn", "sv")) == [1, 2]


def test_a_reader_of_one_language_finds_words_of_another_in_any_form(indexed: Index) -> None:
    indexed(lesson(1, "Municipalities collect rainwater"))
    assert found("municipality", "sv") == [1]


@pytest.mark.parametrize(
    ("language", "asked"),
    [("sv", "avfall"), ("sv", "avfallshantering"), ("sv", "sophantering"), ("en", "waste"), ("en", "landfill"),
     ("fr", "gestion des déchets"), ("fr", "déchets"), ("sw", "taka ngumu"), ("sw", "usimamizi wa taka"),
     ("en", "avfall")],
)  # fmt: skip
def test_a_concept_is_found_in_every_language(indexed: Index, language: str, asked: str) -> None:
    indexed(
        lesson(1, "Bättre avfallshantering i byn", language="sv"),
        lesson(2, "Waste management in a small town", language="en"),
        lesson(3, "La gestion des déchets à Kigali", language="fr"),
        lesson(4, "Ukusanyaji wa taka ngumu mjini", language="sw"),
        lesson(5, "Youth council meets", language="en"),
    )
    assert sorted(found(asked, language)) == [1, 2, 3, 4]


def test_the_readers_own_words_come_before_those_of_other_languages(indexed: Index) -> None:
    indexed(lesson(1, "Sophantering och avfall", language="sv"), lesson(2, "Waste management", language="en"))
    assert found("avfall", "sv") == [1, 2]


def test_what_was_added_is_told_and_can_be_switched_off(indexed: Index) -> None:
    indexed(lesson(1, "Waste management"), lesson(2, "Avfall i byn", language="sv"))
    both = find("avfall", scopes=ME, language="sv")
    assert both.also == ["waste management", "gestion des déchets", "usimamizi wa taka"]
    alone = find("avfall", scopes=ME, language="sv", across=False)
    assert ([hit.id for hit in alone.hits], alone.also) == ([2], [])


def test_a_theme_finds_a_lesson_that_does_not_say_its_name(indexed: Index) -> None:
    indexed(lesson(1, "Morning rounds with donkeys", theme=["waste"]), lesson(2, "Evening rounds"))
    assert found("sophantering", "sv") == [1]


@pytest.mark.parametrize("asked", ["public", "climate", "local", "management"])
def test_a_word_in_many_concepts_names_is_no_concept(indexed: Index, asked: str) -> None:
    indexed(lesson(1, "Donkeys"))
    assert find(asked, scopes=ME).also == []


def test_stop_words_of_a_plainly_foreign_query_are_left_out(indexed: Index) -> None:
    indexed(lesson(1, "The the the of of of"), lesson(2, "Water for the town"))
    assert found("the water of the town", "sv") == [2]
