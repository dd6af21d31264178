"""Where a lesson leads on: related ones, those of municipalities like the reader's, others who know."""

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from knowledge.likeness import compare, hazards_of
from knowledge.models import Lesson
from knowledge.related import Beyond, beyond
from partnerships.actions import remove_membership
from partnerships.models import Organisation
from partnerships.permissions import Reach
from search import work_off
from search.models import Theme
from tests.conftest import World
from tests.knowledge.conftest import Visit, Write


def waste() -> Any:
    """The theme of most lessons here."""
    return Theme.objects.filter(slug="waste")


def from_here(lesson: Lesson, reader: User) -> Beyond:
    """What stands under a lesson for a reader."""
    return beyond(lesson, reader, Reach.of(reader), [lesson.author])


def test_lessons_that_share_most_come_first_and_unlike_ones_not_at_all(world: World, write: Write) -> None:
    lesson = write(themes=waste(), tags=["Market", "Sacks"])
    near = write(title="Near", themes=waste(), tags=["Market", "Sacks"])
    far = write(title="Far", themes=waste())
    write(title="Unlike", tags=["Snow"])
    assert from_here(lesson, world.partner).related == [near, far]


def test_a_lesson_is_related_once_in_the_readers_language_and_never_to_its_own_translation(
    world: World, write: Write
) -> None:
    lesson = write(themes=waste())
    write(themes=waste(), translation_of=lesson, language="sv")
    other = write(title="Other", themes=waste())
    swedish = write(title="Annan", themes=waste(), translation_of=other, language="sv")
    assert from_here(lesson, world.partner).related == [other]
    world.partner.language = "sv"
    assert from_here(lesson, world.partner).related == [swedish]


def test_nothing_is_related_that_the_reader_may_not_see(world: World, write: Write, visit: Visit) -> None:
    lesson = write(themes=waste(), visibility="members")
    hidden = write(title="Hidden words", themes=waste())
    write(title="Hidden words, a draft", themes=waste(), status="draft")
    assert from_here(lesson, world.partner).related == [hidden]
    for reader in (world.outsider, world.stranger):
        assert from_here(lesson, reader) == Beyond([], [], [])
        assert "Hidden words" not in visit(reader).get(lesson.get_absolute_url()).content.decode()


def test_what_the_index_knows_to_be_related_is_read_once_more(world: World, write: Write) -> None:
    lesson = write(themes=waste(), visibility="members")
    near = write(title="Sorting at the market hall", themes=waste(), visibility="members")
    work_off()
    assert from_here(lesson, world.outsider).related == [near]
    Lesson.objects.filter(pk=near.pk).update(visibility="partnership")  # the index does not know yet
    assert from_here(lesson, world.outsider) == Beyond([], [], [])


def test_what_was_related_is_gone_with_the_membership(world: World, write: Write) -> None:
    lesson = write(themes=waste(), visibility="members")
    write(title="Hidden words", themes=waste())
    assert from_here(lesson, world.partner).related
    for seat in world.partner.memberships.all():
        remove_membership(seat)
    assert from_here(lesson, world.partner) == Beyond([], [], [])


def test_municipalities_like_ours_come_with_the_reason(world: World, write: Write, visit: Visit) -> None:
    size = {"population": 70_000, "climate_risks": "Cloudbursts in a flat town; heat."}
    Organisation.objects.filter(pk__in=[world.rombo.pk, world.saldanha_bay.pk]).update(**size)
    world.rombo.refresh_from_db()
    lesson = write(themes=waste(), visibility="network")
    for number in range(4):  # these are related as much, and newer
        write(title=f"Ours {number}", themes=waste(), visibility="network", tags=["Market"])
    Lesson.objects.exclude(pk=lesson.pk).update(organisation=world.rombo)
    lesson.refresh_from_db()
    theirs = write(title="Theirs", organisation=world.saldanha_bay, themes=waste(), visibility="network")
    Lesson.objects.filter(pk=theirs.pk).update(changed_at="2020-01-01T00:00Z")
    found = from_here(lesson, world.outsider).alike
    assert [(one.lesson, one.likeness.ours) for one in found] == [(theirs, world.rombo)]
    page = visit(world.outsider).get(lesson.get_absolute_url()).content.decode()
    assert "Saldanha Bay is like Rombo: about as many inhabitants, floods, heat." in page


@pytest.mark.parametrize(
    ("card", "hazards"),
    [
        ("Torrential rain; heat among the old.", ["flood", "heat"]),
        ("Torka och skogsbrand", ["drought", "fire"]),
        ("Mafuriko na ukame", ["drought", "flood"]),
        ("Storm surge on the beaches", ["sea"]),
        ("", []),
    ],
)
def test_context_cards_speak_of_hazards_in_any_language(card: str, hazards: list[str]) -> None:
    assert hazards_of(card) == hazards


def test_municipalities_that_nobody_counted_are_not_of_one_size() -> None:
    here, there = Organisation(country="SE"), Organisation(country="TZ")
    assert compare(here, there).points == 0


def test_others_who_know_exist_for_the_reader_and_stand_once(world: World, write: Write) -> None:
    lesson = write(themes=waste(), visibility="members")
    for number in range(2):
        write(author=world.partner, title=f"Theirs {number}", themes=waste(), visibility="members")
    assert [one.person for one in from_here(lesson, world.councillor).people] == [world.partner]
    assert len(from_here(lesson, world.stranger).related) == 2
    assert from_here(lesson, world.stranger).people == []
    assert from_here(lesson, world.partner).people == []


@pytest.mark.parametrize("rows", [1, 3])
def test_reading_on_costs_the_same_however_much_there_is(
    world: World, write: Write, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    lesson = write(themes=waste(), visibility="members")
    for number in range(rows):
        write(author=world.partner, title=f"Theirs {number}", themes=waste(), visibility="members")
    work_off()
    lesson, reach = Lesson.objects.with_marks().get(pk=lesson.pk), Reach.of(world.councillor)
    with django_assert_num_queries(10):
        beyond(lesson, world.councillor, reach, [lesson.author])
