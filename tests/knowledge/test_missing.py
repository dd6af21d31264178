"""Asked but not found: the words are kept and nobody's name; one press asks; an editor says what was meant."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from chat.models import Message, Question
from knowledge.missing import forget_missed, put_question
from knowledge.models import Missed
from search import work_off
from search.models import Theme
from tests.conftest import World
from tests.knowledge.conftest import Visit, Write


def test_a_search_without_a_hit_is_kept_without_its_person(world: World, write: Write, visit: Visit) -> None:
    write()
    work_off()
    for person in (world.owner, world.partner):
        visit(person).get("/knowledge/?q=Qwxyz  reeds")
    for address in ("?q=sorting", "?q=qwxyz&theme=waste", "?q=", "?q=theme:none"):
        visit(world.owner).get(f"/knowledge/{address}")
    assert list(Missed.objects.values_list("query", "language", "times")) == [("qwxyz reeds", "en", 2)]
    assert {field.name for field in Missed._meta.get_fields()} == {"id", "query", "language", "day", "times"}


def test_it_is_forgotten_after_thirteen_months(db: None) -> None:
    today = timezone.now()
    for days in (10, 380, 420):
        Missed.objects.create(query="reeds", language="en", day=(today - timedelta(days=days)).date())
    assert forget_missed.func("", today.isoformat()) == 1


def test_one_press_asks_those_who_know_of_the_theme_once(world: World, write: Write, visit: Visit) -> None:
    waste = Theme.objects.get(slug="waste")
    write(author=world.partner, organisation=world.saldanha_bay, visibility="network", themes=[waste])
    page = visit(world.owner).get("/knowledge/?q=waste management qwxyz&country=FI")
    assert page.context["finding"].spoken_of == [waste.pk]
    sent = {"words": "Who knows about reeds?", "themes": [waste.pk], "once": str(uuid4())}
    answers = [visit(world.owner).post("/knowledge/ask/", sent) for _twice in range(2)]
    message = Message.objects.get(body="Who knows about reeds?")
    assert [answer.url for answer in answers] == [f"{message.room.get_absolute_url()}#latest"] * 2
    question = Question.objects.get(message=message)
    assert list(question.themes.all()) == [waste]
    assert [party.organisation for party in question.parties.all()] == [world.saldanha_bay]


def test_whoever_has_no_room_is_told_so(world: World, visit: Visit) -> None:
    assert put_question(world.stranger, "Who knows?", [], uuid4()) == ""
    assert visit(world.stranger).post("/knowledge/ask/", {"words": "Who knows?"}).url == "/chat/ask/"


@pytest.mark.parametrize("theme", ["waste", ""])
def test_an_editor_says_what_was_meant_and_it_is_found(world: World, write: Write, visit: Visit, theme: str) -> None:
    write(visibility="members", body="Waste management.", themes=Theme.objects.filter(slug="waste"))
    work_off()
    visit(world.partner).get("/knowledge/?q=qwxyz")
    desk = visit(world.officer)
    assert "qwxyz" in desk.get("/knowledge/missed/").content.decode()
    desk.post("/knowledge/missed/", {"query": "qwxyz", "language": "en", "theme": theme})
    assert not Missed.objects.exists()
    assert ("qwxyz" in Theme.objects.get(slug="waste").synonyms["en"]) is bool(theme)
