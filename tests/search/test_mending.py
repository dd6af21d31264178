"""Words that are nearly what was written: mistyped, compounded, inflected."""

import pytest

from search import find, related
from search.kindred import Lexicon, distances, table
from tests.search.conftest import ME, Index, found, lesson

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("complients", "complaints"),
        ("compliants", "complaints"),
        ("cleen compliants", "clean complaints"),
        ("Sorttering -river", "sortering -river"),
        ("gestoin", "gestion"),
        ("clean", ""),
        ("zebra", ""),
    ],
)
def test_a_mistyped_word_is_mended_and_answered(indexed: Index, typed: str, meant: str) -> None:
    indexed(
        lesson(1, "Complaints about clean water"),
        lesson(2, "Sortering i byn", language="sv"),
        lesson(3, "La gestion locale", language="fr"),
    )
    results = find(typed, scopes=ME)
    assert results.did_you_mean == meant
    assert results.mended == bool(meant)
    if meant:
        assert [hit.id for hit in results.hits] == [hit.id for hit in find(meant, scopes=ME).hits] != []


def test_a_mistyped_word_beside_known_ones_counts_as_what_it_seems_to_be(indexed: Index) -> None:
    indexed(lesson(1, "Water pumps"), lesson(2, "Water complaints"), lesson(3, "Water"))
    results = find("water complients", scopes=ME)
    assert (results.hits[0].id, results.did_you_mean, results.mended) == (2, "water complaints", False)


def test_a_mended_word_names_its_concept(indexed: Index) -> None:
    indexed(lesson(1, "Avfallshantering i byn", language="sv"), lesson(2, "Waste management in a small town"))
    results = find("avfallshantring", scopes=ME, language="sv")
    assert (sorted(hit.id for hit in results.hits), results.did_you_mean) == ([1, 2], "avfallshantering")
    assert "waste management" in results.also


@pytest.mark.parametrize(("language", "others"), [("sv", [2, 1]), ("en", [2])])
def test_compounds_are_found_by_their_parts_but_not_in_english(
    indexed: Index, language: str, others: list[int]
) -> None:
    indexed(lesson(1, "Klimatanpassningsplan", language=language), lesson(2, "Klimatanpassning", language=language))
    assert found("klimatanpassning", language) == others


def test_a_tag_counts_like_a_title_in_a_short_query(indexed: Index) -> None:
    rest = "water and soil and rain in the town " * 3
    indexed(lesson(1, "One", f"pumps {rest}", tag=["solar-pumps"]), lesson(2, "Two", f"pumps {rest}"))
    assert found("pumps") == [1, 2]
    assert found("pumps water soil rain") == [2, 1]


def test_related_documents_share_words_and_concepts_whatever_the_language(indexed: Index) -> None:
    indexed(
        lesson(1, "Waste management", "We sort waste in the market. Waste pickers help."),
        lesson(2, "Waste pickers", "Waste pickers at the market are organised."),
        lesson(3, "Avfallshantering i byn", "Vi samlar avfall.", language="sv"),
        lesson(4, "Youth council", "We meet."),
    )
    assert [hit.id for hit in related("lesson", 1, scopes=ME)][:2] == [2, 3]


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        ("abc", "abc", 0),
        ("abc", "abd", 1),
        ("abc", "acb", 1),
        ("abcd", "abc", 1),
        ("abcd", "badc", 2),
        ("abc", "xyz", 3),
    ],
)
def test_slips_are_counted_as_letters_more_less_other_or_turned(one: str, other: str, slips: int) -> None:
    assert distances(one, table([other])).tolist() == [slips]


def test_words_are_compared_whatever_their_letters() -> None:
    words = Lexicon(["vatten", "vattenkvarn", "ვატენი", "2026", "vattnet"])
    assert words.kin("vatten") == {"vatten": 1.0, "vattenkvarn": pytest.approx(8 / 15)}
    assert words.mistyped("vaten", 1) == {"vatten": 1}
    assert words.mistyped("2025", 1) == {}
    assert Lexicon([]).kin("vatten") == {}
