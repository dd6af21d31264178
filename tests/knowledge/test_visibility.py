"""Who reads, changes and publishes which lesson; and that the index's scopes say the same as the rows."""

import itertools

import pytest
from django.test import Client

from knowledge.actions import publish_lesson, revise_lesson
from knowledge.documents import scopes_for, scopes_of
from knowledge.models import Lesson
from partnerships.models import Function
from partnerships.permissions import Reach
from search import suggest, work_off
from tests.conftest import World
from tests.knowledge.conftest import Write

PEOPLE = ["owner", "partner", "councillor", "guest", "outsider", "officer", "administrator", "stranger"]
MEMBERS = {"owner", "partner", "councillor", "officer", "administrator"}


def readers(world: World, lesson: Lesson) -> set[str]:
    return {name for name in PEOPLE if Lesson.objects.visible_to(getattr(world, name)).filter(pk=lesson.pk).exists()}


def editors(world: World, lesson: Lesson) -> set[str]:
    return {name for name in PEOPLE if Lesson.objects.editable_by(getattr(world, name)).filter(pk=lesson.pk).exists()}


def publishers(world: World, lesson: Lesson) -> set[str]:
    return {
        name for name in PEOPLE if Lesson.objects.publishable_by(getattr(world, name)).filter(pk=lesson.pk).exists()
    }


def test_a_draft_is_its_authors_alone(world: World, write: Write) -> None:
    lesson = write(status="draft")
    assert readers(world, lesson) == {"owner"}
    assert editors(world, lesson) == {"owner"}
    assert publishers(world, lesson) == {"owner"}


def test_a_partnerships_lesson_stays_in_the_partnership(world: World, write: Write) -> None:
    lesson = write()
    assert readers(world, lesson) == MEMBERS
    assert editors(world, lesson) == MEMBERS
    assert publishers(world, lesson) == MEMBERS


def test_a_networks_lesson_is_read_in_the_network_and_kept_by_its_partnership(world: World, write: Write) -> None:
    lesson = write(visibility="network")
    assert lesson.network == world.network
    assert readers(world, lesson) == MEMBERS | {"outsider"}
    assert editors(world, lesson) == MEMBERS


def test_the_members_lesson_is_read_by_everybody_who_is_signed_in(world: World, write: Write) -> None:
    lesson = write(visibility="members")
    assert readers(world, lesson) == set(PEOPLE)
    assert editors(world, lesson) == MEMBERS
    assert not Lesson.objects.visible_to(None).exists()


def test_a_guest_proposes_and_members_publish(world: World, write: Write) -> None:
    lesson = write(author=world.guest, status="draft")
    assert readers(world, lesson) == editors(world, lesson) == {"guest"}
    assert publishers(world, lesson) == set()
    lesson = write(author=world.guest, status="review")
    assert readers(world, lesson) == editors(world, lesson) == MEMBERS | {"guest"}
    assert publishers(world, lesson) == MEMBERS


def test_a_guests_published_lesson_is_no_longer_changed_by_the_guest(world: World, write: Write) -> None:
    lesson = write(author=world.guest)
    assert readers(world, lesson) == MEMBERS | {"guest"}
    assert editors(world, lesson) == MEMBERS


def test_an_alumnus_keeps_public_lessons_and_those_they_wrote(world: World, write: Write) -> None:
    own = write()
    public = write(author=world.partner, visibility="members")
    write(author=world.partner, visibility="network")
    world.owner.memberships.all().delete()
    world.seat(world.owner, Function.ALUMNUS, world.karlskrona, network=world.network)
    assert set(Lesson.objects.visible_to(world.owner)) == {own, public}
    assert list(Lesson.objects.editable_by(world.owner)) == []


def test_an_observer_only_reads(world: World, write: Write) -> None:
    world.seat(world.stranger, Function.OBSERVER, world.icld, partnership=world.partnership)
    lesson = write()
    own = write(author=world.stranger, status="draft")
    assert set(Lesson.objects.visible_to(world.stranger)) == {lesson, own}
    assert list(Lesson.objects.editable_by(world.stranger)) == []


def test_a_knowledge_editor_publishes_in_the_network(world: World, write: Write) -> None:
    world.seat(world.stranger, Function.KNOWLEDGE_EDITOR, world.icld, network=world.network)
    lesson = write(author=world.outsider, partnership=world.other_partnership, visibility="network", status="review")
    assert list(Lesson.objects.publishable_by(world.stranger)) == [lesson]


@pytest.mark.parametrize("author", ["owner", "guest", "administrator"])
def test_rows_and_scopes_are_one_rule(world: World, write: Write, author: str) -> None:
    for place, visibility, status in itertools.product(
        [world.partnership, world.other_partnership, None],
        Lesson.Visibility.values,
        ["draft", "review", "published"],
    ):
        if place is None and visibility == "partnership":
            continue
        lesson = write(
            author=getattr(world, author),
            partnership=place,
            network=world.network,
            visibility=visibility,
            status=status,
        )
        found = {name for name in PEOPLE if scopes_for(Reach.of(getattr(world, name))) & scopes_of(lesson)}
        assert (place, visibility, status, found) == (place, visibility, status, readers(world, lesson))


def test_words_taken_out_before_more_were_let_in_stay_out(world: World, client: Client, write: Write) -> None:
    lesson = write(problem="The mayor of Saldanha Bay was against it.")
    revise_lesson(lesson, by=world.partner, problem="Not everybody was for it.")
    publish_lesson(lesson, by=world.partner, visibility="network")
    pages = {}
    for name in ("outsider", "partner", "officer"):
        client.force_login(getattr(world, name))
        pages[name] = client.get(f"{lesson.get_absolute_url()}versions/").content.decode()
    assert {name: "mayor" in page for name, page in pages.items()} == {
        "outsider": False,
        "partner": True,
        "officer": True,
    }
    assert "Not everybody was for it." in pages["outsider"]


def test_a_tag_that_only_others_lessons_have_has_no_name(world: World, client: Client, write: Write) -> None:
    write(tags=["Secret Fees"])
    for person, named in [(world.owner, True), (world.outsider, False)]:
        client.force_login(person)
        page = client.get("/knowledge/?tag=secret-fees").content.decode()
        assert (person.name, "Secret Fees" in page) == (person.name, named)


def test_a_title_is_suggested_only_as_far_as_the_lesson_is_shared_now(world: World, write: Write) -> None:
    """Also while the index, which follows a moment later, still knows it otherwise."""
    lesson = write(visibility="network")
    work_off()
    scopes = scopes_for(Reach.of(world.outsider))
    assert suggest("sort", scopes) == [lesson.title]
    publish_lesson(lesson, by=world.owner, visibility="partnership")
    assert suggest("sort", scopes) == []
