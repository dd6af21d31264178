"""One spelling whatever the case or the accents, on SQLite and PostgreSQL alike."""

import pytest

from knowledge.models import Lesson, Tag
from knowledge.models.tag import tag_key
from tests.conftest import World


@pytest.fixture
def lesson(world: World) -> Lesson:
    return Lesson.objects.create(
        title="Sorting", author=world.owner, organisation=world.karlskrona, network=world.network
    )


@pytest.mark.parametrize(
    "spelling", ["Översvämning", "översvämning", "OVERSVAMNING", " Över\u200a svämning ".replace("\u200a ", "")]
)
def test_spellings_meet_in_one_key(spelling: str) -> None:
    assert tag_key(spelling) == "oversvamning"


def test_the_label_first_written_is_kept(lesson: Lesson, world: World) -> None:
    lesson.tags.set(["Översvämning", "översvämning", "OVERSVAMNING"])
    other = Lesson.objects.create(
        title="Floods", author=world.owner, organisation=world.karlskrona, network=world.network
    )
    other.tags.add("oversvämning", "Dagvatten")
    assert [tag.name for tag in lesson.tags.all()] == ["Översvämning"]
    assert [tag.name for tag in other.tags.all()] == ["Översvämning", "Dagvatten"]
    assert set(Tag.objects.values_list("name", "slug")) == {
        ("Översvämning", "oversvamning"),
        ("Dagvatten", "dagvatten"),
    }


def test_setting_tags_takes_away_what_is_not_there_any_more(lesson: Lesson) -> None:
    lesson.tags.set(["Water", "Waste"])
    lesson.tags.set(["WATER", "Fees"])
    assert sorted(lesson.tags.names()) == ["Fees", "Water"]


def test_what_holds_no_word_is_no_tag(lesson: Lesson) -> None:
    lesson.tags.set(["  ", "c++", "c"])
    assert sorted(lesson.tags.slugs()) == ["c", "c_1"]
