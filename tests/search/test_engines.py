"""The engine in the database answers as the one in files does, and needs no folder that hosts would share."""

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search import find, places, put, remove, tables, work_off
from search.fields import fields
from search.kept import Index, Part, Posting
from search.living import Living, index
from search.snapshot import Snapshot
from tests.search.conftest import ENGINES, ME, found, lesson
from tests.search.test_leaks import NAMES, answers, document, drafts, queries, some_scopes

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif("postgres" not in ENGINES, reason="an engine for PostgreSQL"),
    pytest.mark.parametrize("engine", ["postgres"], indirect=True),
    pytest.mark.usefixtures("engine"),
]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(drafts, min_size=2, max_size=12), some_scopes, queries, st.sampled_from([[], ["a"]]))
def test_both_engines_give_the_same_answers_to_the_last_score(
    made: list[tuple[str, str, str, frozenset[str], str]], scopes: frozenset[str], query: str, tags: list[str]
) -> None:
    documents = [document(number, draft) for number, draft in enumerate(made, 1)]
    changed = [fields(one, NAMES) for one in documents[::3]]
    given = []
    for keeper in (places, tables):
        place = keeper.create("v", NAMES)
        for half in (documents[::2], documents[1::2]):
            keeper.write(place, [fields(one, NAMES) for one in half])
        keeper.write(place, changed, [one["key"] for one in changed])
        snapshot = Snapshot(keeper.segments(place, {}), NAMES)
        given.append(answers(snapshot, query, scopes, tags, documents))
    assert given[0] == given[1]


def test_of_two_hosts_each_finds_what_the_other_took_up() -> None:
    put(lesson(1, "Water"))
    work_off()
    other = Living()
    assert keys(other) == ["lesson:1"]
    put(lesson(2, "Water"))
    remove("lesson", 1)
    work_off()
    other.refresh()
    assert keys(other) == ["lesson:2"]


def keys(host: Living) -> list[str]:
    """What a host has of water."""
    snapshot = host.snapshot()
    return snapshot.beginning(["water"], ["member"], 9) if snapshot else []


def test_many_small_commits_become_few_parts_and_what_they_were_goes_later() -> None:
    for number in range(1, 30):
        put(lesson(number, "Water", "soil " * number))
        put(lesson(number // 2 + 1, "Water", "clay"))
        work_off()
    assert Part.objects.filter(retired_at=None).count() < 10
    assert len(found("water", limit=50)) == 29
    assert Part.objects.filter(retired_at__isnull=False).exists()
    Part.objects.filter(retired_at__isnull=False).update(retired_at=timezone.now() - 2 * tables.LEFT)
    tables.clear()
    assert not Part.objects.filter(retired_at__isnull=False).exists()
    assert len(found('"clay"', limit=50)) == 15


def test_an_index_emptied_by_hand_is_made_anew() -> None:
    put(lesson(1, "Water"))
    work_off()
    Index.objects.all().delete()
    assert not Posting.objects.exists()
    index.refresh()
    assert find("water", scopes=ME).degraded
    assert work_off() == 1
    assert (found("water"), find("water", scopes=ME).degraded) == ([1], "")
