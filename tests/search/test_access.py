"""What a person may not see is nowhere: not in hits, not in a number, not in a suggestion."""

from collections.abc import Callable

import pytest

from search import find, put, suggest, work_off
from tests.search.conftest import lesson

Index = Callable[..., None]
OURS = {"member", "network:3", "partnership:7"}
THEIRS = {"member", "network:3", "partnership:8"}


@pytest.fixture
def secret(indexed: Index) -> None:
    """One lesson that only partnership 7 may see, one for every member."""
    indexed(
        lesson(
            1, "Leachate scandal", scopes="partnership:7 author:1", theme=["waste"], tag=["Leachate"], country=["ZA"]
        ),
        lesson(2, "Landfill works", scopes="member", theme=["waste"], country=["SE"]),
    )


@pytest.mark.parametrize("query", ["", "leachate", "Leachate scandal", "avfall", "landfill"])
def test_an_outsider_sees_it_in_no_part_of_an_answer(secret: None, query: str) -> None:
    assert 1 in [hit.id for hit in find(query, scopes=OURS).hits] or query == "landfill"
    results = find(query, scopes=THEIRS)
    assert 1 not in [hit.id for hit in results.hits]
    assert results.total == len(results.hits)
    assert results.facets["country"] in ({}, {"SE": 1})
    assert results.facets["tag"] == {}
    assert results.facets["theme"] in ({}, {"waste": 1})


def test_a_filter_does_not_tell_that_it_is_there(secret: None) -> None:
    assert find("", scopes=THEIRS, filters={"country": ["ZA"]}).total == 0
    assert find("", scopes=OURS, filters={"country": ["ZA"]}).total == 1


def test_an_outsider_gets_no_suggestion(secret: None) -> None:
    assert suggest("lea", scopes=OURS) == ["Leachate scandal"]
    assert suggest("lea", scopes=THEIRS) == []
    assert suggest("lea scan", scopes=OURS) == ["Leachate scandal"]
    assert suggest("  ", scopes=OURS) == []


def test_a_scope_is_compared_whole(indexed: Index) -> None:
    indexed(lesson(1, "Water", scopes="partnership:71"))
    assert find("water", scopes={"partnership:7"}).total == 0


def test_without_the_index_the_same_holds(db: None) -> None:
    put(lesson(1, "Leachate scandal", scopes="partnership:71", country=["ZA"]))
    results = find("leachate", scopes=OURS)
    assert (results.total, results.facets["country"], suggest("lea", scopes=OURS)) == (0, {}, [])
    assert find("leachate", scopes={"partnership:71"}).total == 1


def test_when_a_scope_is_taken_away_it_is_gone(secret: None) -> None:
    put(lesson(1, "Leachate scandal", scopes="author:1"))
    work_off()
    assert find("leachate", scopes=OURS).total == 0
    assert find("leachate", scopes={"author:1"}).total == 1
