"""What people do with lessons, what it leaves in the history, and what the index hears of it."""

import uuid

import pytest

from knowledge.actions import (
    OutdatedError,
    propose_lesson,
    publish_lesson,
    put_back_lesson,
    restore_version,
    revise_lesson,
    withdraw_lesson,
    write_lesson,
)
from knowledge.documents import documents, scopes_for
from knowledge.models import Lesson
from partnerships.models import Partnership
from partnerships.permissions import Reach
from partnerships.signals import partnership_changed
from search import find
from search.models import Change, Theme
from tests.conftest import World
from tests.knowledge.conftest import WORDS, Write


def found(person: object, query: str = "") -> list[int]:
    return [hit.id for hit in find(query, scopes=scopes_for(Reach.of(person))).hits]


def test_one_form_makes_one_lesson(world: World, write: Write) -> None:
    form = uuid.uuid4()
    first, again = write(client_id=form), write(client_id=form, title="Sent twice")
    assert first == again
    assert [lesson.title for lesson in Lesson.objects.all()] == [WORDS["title"]]


def test_a_lesson_has_its_first_version_from_the_beginning(write: Write, world: World) -> None:
    lesson = write(tags=["Market"], themes=Theme.objects.filter(slug="waste"), status="draft")
    assert [(v.title, v.tag_names, v.history_user) for v in lesson.history.all()] == [
        (WORDS["title"], ["Market"], world.owner)
    ]


def test_a_change_of_a_published_lesson_is_a_version_with_its_note(write: Write, world: World) -> None:
    lesson = write()
    revise_lesson(lesson, by=world.partner, note="Counted again", title="Sorting, counted again")
    assert [(v.version, v.title, v.history_change_reason, v.history_user) for v in lesson.history.all()] == [
        (2, "Sorting, counted again", "Counted again", world.partner),
        (1, WORDS["title"], "", world.owner),
    ]


def test_a_draft_stays_at_version_one_and_what_changes_nothing_is_no_version(write: Write, world: World) -> None:
    lesson = write(status="draft", tags=["Market"])
    revise_lesson(lesson, by=world.owner, problem="Twelve tonnes.")
    revise_lesson(lesson, by=world.owner, problem="Twelve tonnes.", tags=["MARKET"])
    lesson.refresh_from_db()
    assert (lesson.version, lesson.history.count()) == (1, 2)


def test_a_change_of_tags_alone_is_a_version(write: Write, world: World) -> None:
    lesson = write(tags=["Market"])
    assert revise_lesson(lesson, by=world.owner, tags=["Market", "Fees"]).version == 2
    assert [v.tag_names for v in lesson.history.all()] == [["Market", "Fees"], ["Market"]]


def test_who_opened_an_older_version_is_told(write: Write, world: World) -> None:
    lesson = write()
    revise_lesson(lesson, by=world.partner, seen=1, title="Partner was first")
    with pytest.raises(OutdatedError) as told:
        revise_lesson(lesson, by=world.owner, seen=1, title="Owner was second")
    assert told.value.lesson.title == "Partner was first"


def test_restoring_a_version_is_a_new_version(write: Write, world: World) -> None:
    themes = Theme.objects.all()[:2]
    lesson = write(tags=["Market"], themes=themes[:1])
    revise_lesson(lesson, by=world.owner, title="Another", tags=["Fees"], themes=themes)
    restored = restore_version(lesson, lesson.history.get(version=1), by=world.partner)
    assert (restored.version, restored.title, list(restored.tags.names())) == (3, WORDS["title"], ["Market"])
    assert list(restored.themes.all()) == [themes[0]]


def test_proposing_publishing_withdrawing_and_putting_back(write: Write, world: World) -> None:
    lesson = write(author=world.guest, status="draft")
    propose_lesson(lesson, by=world.guest)
    published = publish_lesson(lesson, by=world.officer, visibility="network")
    assert (published.status, published.visibility) == ("published", "network")
    assert published.published_at is not None
    assert publish_lesson(lesson, by=world.officer, visibility="network").history.count() == 3
    assert withdraw_lesson(lesson, by=world.officer).status == "withdrawn"
    assert put_back_lesson(lesson, by=world.officer).status == "published"
    assert put_back_lesson(write(status="draft"), by=world.owner).status == "draft"


def test_the_index_follows_publication_visibility_and_withdrawal(write: Write, world: World) -> None:
    lesson = write(status="draft")
    assert (found(world.owner), found(world.outsider), found(world.officer)) == ([lesson.pk], [], [])
    publish_lesson(lesson, by=world.owner)
    assert (found(world.partner), found(world.officer), found(world.outsider)) == ([lesson.pk], [lesson.pk], [])
    publish_lesson(lesson, by=world.owner, visibility="network")
    assert (found(world.outsider), found(world.stranger)) == ([lesson.pk], [])
    publish_lesson(lesson, by=world.owner, visibility="members")
    assert found(world.stranger) == [lesson.pk]
    withdraw_lesson(lesson, by=world.owner)
    assert found(world.owner) == []


def test_a_membership_that_ends_ends_the_finding(write: Write, world: World) -> None:
    write(author=world.partner)
    assert len(found(world.councillor)) == 1
    world.councillor.memberships.all().delete()
    assert found(world.councillor) == []


def test_a_rebuild_reads_every_lesson_that_is_not_withdrawn(write: Write, world: World) -> None:
    kept = write(themes=Theme.objects.filter(slug__startswith="waste"), tags=["Market"])
    withdraw_lesson(write(), by=world.owner)
    made = list(documents())
    assert [document.id for document in made] == [kept.pk]
    assert made[0].facets["country"] == ["SE"]
    assert "Two sacks under each table" in made[0].text
    assert Change.objects.filter(kind="lesson", key=kept.pk).exists()


def test_a_new_lesson_and_its_place_in_the_index_stand_or_fall_together(world: World) -> None:
    with pytest.raises(ValueError):
        write_lesson(
            author=world.owner, organisation=world.karlskrona, visibility="members", themes=[Theme(slug="not-there")]
        )
    assert (Lesson.objects.count(), Change.objects.count()) == (0, 0)


def test_a_partnership_takes_its_lessons_to_another_network(write: Write, world: World) -> None:
    lesson = write(visibility="network")
    world.partnership.network = None
    world.partnership.save()
    partnership_changed.send(Partnership, partnership=world.partnership)
    assert (found(world.owner), found(world.outsider), found(world.officer)) == ([lesson.pk], [], [])
