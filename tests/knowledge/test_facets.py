"""Narrowing: every facet, its counts under the others, its names, and what the address keeps."""

import pytest

from knowledge.finding import search_page
from knowledge.questions import Question
from knowledge.sizes import size_of
from search import work_off
from search.models import Theme
from tests.conftest import World
from tests.knowledge.conftest import Visit, Write


def test_every_facet_counts_what_one_may_see_under_the_others(world: World, write: Write) -> None:
    world.karlskrona.population = 66_000
    world.karlskrona.save()
    waste = Theme.objects.filter(slug="waste")
    write(visibility="members", themes=waste, genre="method", core_areas=["equity"], sdgs=[11, 12], tags=["Market"])
    write(visibility="members", themes=waste, sdgs=[13])
    write(tags=["Secret"], core_areas=["transparency"])
    work_off()
    shown = {facet.name: facet for facet in search_page(world.outsider, Question(genre=["method"])).facets}
    told = {name: [(one.label, one.count, one.chosen) for one in facet.options] for name, facet in shown.items()}
    assert told == {
        "theme": [("Waste management", 1, False)],
        "tag": [("Market", 1, False)],
        "country": [("SE", 1, False)],
        "language": [("English", 1, False)],
        "genre": [("Method or tool", 1, True), ("Experience", 1, False)],
        "area": [("Equity", 1, False)],
        "sdg": [
            ("11 Sustainable cities and communities", 1, False),
            ("12 Responsible consumption and production", 1, False),
        ],
        "size": [("20,000 to 100,000", 1, False)],
    }


@pytest.mark.parametrize(
    ("population", "step"),
    [(None, ""), (0, ""), (19_999, "small"), (20_000, "medium"), (100_000, "large"), (500_000, "huge")],
)
def test_sizes_come_in_steps(population: int | None, step: str) -> None:
    assert size_of(population) == step


def test_a_chip_takes_one_filter_away_and_keeps_the_rest(world: World, write: Write, visit: Visit) -> None:
    write(themes=Theme.objects.filter(slug="waste"), genre="rule", sdgs=[6])
    work_off()
    page = visit(world.owner).get("/knowledge/?q=sorting&genre=rule&sdg=6&theme=waste")
    assert [chip[1:] for chip in page.context["finding"].chips] == [
        ("Waste management", "?q=sorting&genre=rule&sdg=6"),
        ("Rule or agreement", "?q=sorting&theme=waste&sdg=6"),
        ("6 Clean water and sanitation", "?q=sorting&theme=waste&genre=rule"),
    ]


def test_the_form_takes_the_kind_and_the_goals(world: World, write: Write, visit: Visit) -> None:
    lesson = write(status="draft", genre="study", sdgs=[4])
    page = visit(world.owner).get(f"{lesson.get_absolute_url()}edit/").content.decode()
    assert '<option value="study" selected>' in page
    assert 'value="4" id="id_sdgs_3" checked' in page


def test_the_json_twin_answers_as_the_contract_says(world: World, write: Write, visit: Visit) -> None:
    lesson = write(themes=Theme.objects.filter(slug="waste"), source="a/market.md", tags=["Market"])
    work_off()
    answer = visit(world.partner).get("/knowledge/api/search/?q=sacks").json()
    assert set(answer) == {"total", "results", "facets", "also", "did_you_mean"}
    one = answer["results"][0]
    assert set(one) == {"id", "title", "url", "language", "snippet", "score", "source"}
    assert (one["id"], one["url"], one["source"]) == (lesson.pk, f"/knowledge/{lesson.pk}/", "a/market.md")
    assert answer["facets"] == {
        "theme": {"waste": 1},
        "country": {"SE": 1},
        "language": {"en": 1},
        "tag": {"market": 1},
        "genre": {"experience": 1},
        "area": {},
        "sdg": {},
        "size": {},
    }


@pytest.mark.parametrize(
    "query", ["page=0", "page=x", "limit=101", "limit=0", "theme=nowhere", "language=xx", "q=" + "x" * 301]
)
def test_bad_parameters_are_refused_with_a_sentence(world: World, visit: Visit, query: str) -> None:
    answer = visit(world.owner).get(f"/knowledge/api/search/?{query}")
    assert answer.status_code == 400
    assert answer.json()["code"] == "bad_parameter"
    assert answer.json()["detail"].startswith(query.split("=")[0])
