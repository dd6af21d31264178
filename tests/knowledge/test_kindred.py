"""Beside the field and beside a lesson: suggestions, related lessons, municipalities alike; of visible things only."""

from knowledge.suggesting import suggestions
from search import work_off
from search.models import Theme
from tests.conftest import World
from tests.knowledge.conftest import Visit, Write


def test_letters_suggest_titles_themes_tags_and_places(world: World, write: Write) -> None:
    waste = Theme.objects.filter(slug="waste")
    write(visibility="members", title="Karlskrona counts", tags=["Karl's market"], themes=waste)
    work_off()
    found = [(one.kind, one.text, one.url) for one in suggestions(world.outsider, "karl")]
    assert found == [
        ("tag", "Karl's market", "/knowledge/?tag=karls-market"),
        ("place", "Karlskrona", "/knowledge/?q=by%3A%22Karlskrona%22"),
        ("title", "Karlskrona counts", "/knowledge/?q=Karlskrona+counts"),
    ]
    assert [one.text for one in suggestions(world.outsider, "taka ng")] == ["Waste management"]
    assert suggestions(world.outsider, "k") == []


def test_letters_suggest_nothing_that_is_closed(world: World, write: Write) -> None:
    write(title="Karlskrona counts", tags=["Karl's market"], themes=Theme.objects.filter(slug="waste"))
    work_off()
    assert [suggestions(world.outsider, typed) for typed in ("karl", "waste")] == [[], []]
    assert len(suggestions(world.partner, "karl")) == 3


def test_a_lesson_names_related_ones_and_those_of_municipalities_alike(
    world: World, write: Write, visit: Visit
) -> None:
    for place, people in ((world.karlskrona, 66_000), (world.saldanha_bay, 99_000)):
        place.population, place.climate_risks = people, "Storm floods"
        place.save()
    waste = Theme.objects.filter(slug="waste")
    lesson = write(visibility="members", themes=waste)
    write(
        world.partner,
        organisation=world.saldanha_bay,
        visibility="members",
        title="Bins",
        problem="Fees.",
        themes=waste,
    )
    near = write(visibility="members", title="Sorting at the market hall", themes=waste)
    closed = write(title="Sorting at the market, closed", themes=waste)
    write(title="Sortering på torget", language="sv", translation_of=lesson, visibility="members", themes=waste)
    work_off()
    page = visit(world.outsider).get(lesson.get_absolute_url())
    assert near in page.context["related"]
    assert closed not in page.context["related"]
    assert not any(one.translation_of_id for one in page.context["related"])
    mine = visit(world.owner).get(lesson.get_absolute_url())
    shown = {one.title for one in mine.context["related"]} | {one.lesson.title for one in mine.context["alike"]}
    assert "Bins" in shown
    assert {one.why for one in mine.context["alike"]} <= {"same size, same climate"}
