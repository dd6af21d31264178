"""What is suggested beside the field while typing; of visible things only."""

from knowledge.suggesting import suggestions
from search import work_off
from search.models import Theme
from tests.conftest import World
from tests.knowledge.conftest import Write


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
