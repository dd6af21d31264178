"""What stands in a query beside its plain words."""

from collections.abc import Callable

import pytest

from search import find, put, read
from search.operators import Said, worded
from tests.search.conftest import ME, NOON, found, lesson

Index = Callable[..., None]


@pytest.mark.parametrize(
    ("typed", "text", "fields"),
    [
        ("water", "water", []),
        ("water tag:pumps", "water", [Said("tag", "pumps")]),
        ('theme:"solid waste" water', "water", [Said("theme", "solid waste")]),
        ("by:“Anna Berg” COUNTRY:SE", "", [Said("by", "Anna Berg"), Said("country", "SE")]),
        ("tag: pumps", "", [Said("tag", "pumps")]),
        ("water after:", "water", [Said("after", "")]),
        ("-kind:room water", "water", [Said("kind", "room", refused=True)]),
        ("e-mail 10:30 http://x.example", "e-mail 10:30 http://x.example", []),
        ('"tag:pumps" -"dirty water"', '"tag:pumps" -"dirty water"', []),
        ('tag:"', "", [Said("tag", "")]),
    ],
)
def test_fields_are_taken_out_and_the_rest_stays(typed: str, text: str, fields: list[Said]) -> None:
    reading = read(typed)
    assert (reading.text, list(reading.fields)) == (text, fields)


def test_words_phrases_and_what_is_not_wanted_are_told_apart() -> None:
    said = worded('rain -soil "clean water" e-mail -"dirty water" - x "open')
    assert said.words == "rain clean water e-mail - x open"
    assert (said.phrases, said.without) == (("clean water", "open"), ("soil", "dirty water"))


@pytest.fixture
def waters(indexed: Index) -> None:
    """Three texts of the same words in another order."""
    indexed(
        lesson(1, "Clean water for the town"),
        lesson(2, "Water that is clean, and a dirty river"),
        lesson(3, "Rent vatten", "I byn är vattnet rent", language="sv"),
        lesson(4, "The town", "the clean pipes, the clean water"),
    )


def test_a_phrase_is_words_that_stand_together_in_any_form(waters: None) -> None:
    assert sorted(found('"clean water"')) == [1, 4]
    assert sorted(found("clean water", across=False)) == [1, 2, 4]
    assert found('"rent vattnet"', "sv") == [3]
    assert found('"water clean"') == []
    assert sorted(found('"water for the town"')) == [1]
    assert found('"clean water" "town"') == [1, 4]


def test_a_word_or_a_phrase_that_is_not_wanted_is_nowhere(waters: None) -> None:
    assert sorted(found("water -river", across=False)) == [1, 4]
    assert sorted(found('water -"clean water"', across=False)) == [2]
    assert sorted(found("-river")) == [1, 3, 4]
    assert sorted(found("-the")) == [1, 2, 3, 4]
    assert found('-"clean water" -river -vatten') == []


def test_facets_counts_follow_phrases_and_what_is_not_wanted(waters: None) -> None:
    results = find('"clean water" -pipes', scopes=ME)
    assert (results.total, results.facets["language"]) == (1, {"en": 1})


def test_a_value_can_be_refused_and_numbers_kept_to_a_range(indexed: Index) -> None:
    indexed(
        lesson(1, "Water", uses=3, tag=["a", "b"], size=["small"]),
        lesson(2, "Water", uses=9, tag=["a"]),
        lesson(3, "Water", uses=1, size=["large"]),
    )
    assert sorted(found("water", without={"tag": ["b"]})) == [2, 3]
    assert sorted(found("water", ranges={"uses": (3, 9)})) == [1]
    assert sorted(found("", ranges={"changed": (NOON.timestamp() + 120, None)})) == [2, 3]
    assert find("water", scopes=ME, facets=["size"]).facets == {"size": {"large": 1, "small": 1}}


def test_the_order_is_by_fit_date_or_a_number(indexed: Index) -> None:
    indexed(lesson(1, "Water", uses=3), lesson(2, "Water water", uses=9), lesson(3, "Water and soil", uses=3))
    assert found("water", order="fit") == [2, 1, 3]
    assert found("water", order="date") == [3, 2, 1]
    assert found("water", order="uses") == [2, 3, 1]
    assert [found("water", order="uses", page=page, limit=1) for page in (1, 2, 3)] == [[2], [3], [1]]


def test_without_the_index_fields_and_orders_hold_as_well(db: None) -> None:
    for document in [lesson(1, "Water", uses=3, tag=["a"]), lesson(2, "Water", uses=9), lesson(3, "Water, dirty")]:
        put(document)
    assert found("water -dirty", order="uses") == [2, 1]
    assert found("water", without={"tag": ["a"]}) == [3, 2]
    assert found("water", ranges={"uses": (1, None)}, order="date") == [2, 1]
