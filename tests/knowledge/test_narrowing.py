"""What the fields of a query mean, and what comes of those that mean nothing."""

import pytest

from knowledge.finding import search_lessons
from knowledge.models import Lesson
from knowledge.questions import Question
from search import work_off
from search.models import Theme
from tests.conftest import World
from tests.knowledge.conftest import Write


@pytest.fixture
def two(world: World, write: Write) -> tuple[Lesson, Lesson]:
    """One on waste by Karlskrona, in English; one in Swedish by the other side, a rule."""
    shared = {"visibility": "members"}
    waste = write(**shared, themes=Theme.objects.filter(slug="waste"), tags=["Återbruk"])
    rule = write(
        world.partner,
        **shared,
        title="Avtal om sortering",
        language="sv",
        genre="rule",
        organisation=world.saldanha_bay,
    )
    work_off()
    return waste, rule


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("theme:avfallshantering", [0]),
        ("theme:waste", [0]),
        ("tag:aterbruk", [0]),
        ("country:Sverige", [0]),
        ("country:za", [1]),
        ("language:svenska", [1]),
        ("-language:sv", [0]),
        ("kind:rule", [1]),
        ("by:karlskrona", [0]),
        ("before:2020", []),
        ("after:2020-02", [0, 1]),
        ("theme:nonsense", [0, 1]),
    ],
)
def test_a_field_narrows(world: World, two: tuple[Lesson, Lesson], query: str, found: list[int]) -> None:
    finding = search_lessons(world.outsider, Question(q=query))
    assert sorted(one.lesson.pk for one in finding.found) == [two[place].pk for place in found]
    assert list(finding.unknown) == (["theme:nonsense"] if "nonsense" in query else [])


def test_what_only_others_see_means_nothing(world: World, write: Write) -> None:
    write(tags=["Secret"])
    work_off()
    for query in ("tag:secret", f"by:{world.owner.name}"):
        finding = search_lessons(world.outsider, Question(q=query))
        assert (finding.results.total, len(finding.unknown)) == (0, 1)


def test_the_newest_can_come_first(world: World, write: Write) -> None:
    best = write(visibility="members", title="Sorting sorting", problem="Sorting waste.")
    newer = write(visibility="members", title="A weighbridge", problem="Some sorting of trucks.")
    work_off()
    by_fit, by_date = (search_lessons(world.owner, Question(q="sorting", order=order)) for order in ("", "date"))
    assert [one.lesson for one in by_fit.found] == [best, newer]
    assert [one.lesson for one in by_date.found] == [newer, best]
