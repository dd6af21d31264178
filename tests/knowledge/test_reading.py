"""The page of a lesson: who is named on it, whom one can ask, and its versions."""

import pytest
from django.utils import timezone
from django.utils.html import escape

import things
from chat.models import Room
from knowledge.actions import publish_lesson, put_back_lesson, revise_lesson, withdraw_lesson
from knowledge.models import Lesson
from tests.conftest import World
from tests.knowledge.conftest import WORDS, Visit, Write


def test_versions_say_what_changed_and_one_can_stand_again(world: World, write: Write, visit: Visit) -> None:
    lesson = write()
    revise_lesson(lesson, by=world.partner, note="Counted", problem="The market leaves twelve tonnes of waste a day.")
    client = visit(world.owner)
    page = client.get(f"/knowledge/{lesson.pk}/versions/").content.decode()
    assert "<del>" in page
    assert "twelve" in page
    assert "Counted" in page
    first = lesson.history.order_by("history_id").first()
    client.post(f"/knowledge/{lesson.pk}/versions/{first.history_id}/restore/")
    assert Lesson.objects.get().problem == WORDS["problem"]


def test_a_version_stands_once_and_is_compared_only_with_another(world: World, write: Write, visit: Visit) -> None:
    lesson = publish_lesson(write(status="draft"), by=world.owner)
    client = visit(world.owner)
    page = client.get(lesson.get_absolute_url())
    assert [record.version for record in page.context["versions"]] == [1]
    assert "Compare" not in page.content.decode()
    assert client.get(f"{lesson.get_absolute_url()}versions/").content.decode().count("Version 1") == 1
    revise_lesson(lesson, by=world.partner, title="Sorting, counted")
    withdraw_lesson(lesson, by=world.owner)
    put_back_lesson(lesson, by=world.owner)
    page = client.get(lesson.get_absolute_url())
    assert [(record.version, record.by) for record in page.context["versions"]] == [
        (2, world.partner),
        (1, world.owner),
    ]
    assert "Compare" in page.content.decode()


def test_withdrawing_can_be_undone(world: World, write: Write, visit: Visit) -> None:
    lesson = write()
    client = visit(world.owner)
    assert client.post(f"/knowledge/{lesson.pk}/step/", {"step": "withdraw"})["Location"] == "/knowledge/mine/"
    assert "Put back" in client.get("/knowledge/mine/").content.decode()
    assert visit(world.outsider).get(lesson.get_absolute_url()).status_code == 404
    client.post(f"/knowledge/{lesson.pk}/step/", {"step": "put_back"})
    assert Lesson.objects.get().status == "published"
    assert client.post(f"/knowledge/{lesson.pk}/step/", {"step": "burn"}).status_code == 400


def test_the_author_is_named_to_every_reader_and_others_only_to_whom_they_exist_for(
    world: World, write: Write, visit: Visit
) -> None:
    lesson = write(visibility="members", ask="Call in the morning.", contact=world.councillor)
    revise_lesson(lesson, by=world.partner, note="Counted", title="Counted again")
    seen = visit(world.partner).get(lesson.get_absolute_url()).content.decode()
    hidden = visit(world.stranger).get(lesson.get_absolute_url()).content.decode()
    for words in ("Owner Test", "Coordinator, Karlskrona"):
        assert words in seen
        assert words in hidden
    page = f'href="/network/people/{world.owner.pk}/"'
    for words in ("Councillor Test", "Partner Test", page):
        assert words in seen
        assert words not in hidden
    history = visit(world.stranger).get(f"{lesson.get_absolute_url()}versions/").content.decode()
    assert "Partner Test" not in history


def test_a_lesson_of_an_erased_author_is_a_former_members(world: World, write: Write, visit: Visit) -> None:
    lesson = write(visibility="members")
    world.owner.erased_at, world.owner.is_active = timezone.now(), False
    world.owner.save()
    page = visit(world.stranger).get(lesson.get_absolute_url()).content.decode()
    assert "Former member" in page
    assert "Owner" not in page


@pytest.mark.parametrize(
    ("reader", "label"),
    [
        ("partner", "Ask Owner"),
        ("guest", "Ask in your room"),
        ("stranger", None),
    ],
)
def test_who_to_ask_ends_with_something_to_tap_or_says_why_not(
    world: World, write: Write, visit: Visit, reader: str, label: str | None
) -> None:
    author = world.councillor if reader == "guest" else world.owner
    lesson = write(author=author, visibility="members")
    page = visit(getattr(world, reader)).get(lesson.get_absolute_url())
    door = page.context["door"]
    assert (door.label if door else None) == label
    html = page.content.decode()
    assert html.count(f'href="{escape(door.url)}"' if door else "You have no room to ask in yet") == (2 if door else 1)


def test_a_tap_on_ask_leads_to_the_nearest_room_with_the_question_begun(
    world: World, write: Write, visit: Visit
) -> None:
    lesson = write()
    client = visit(world.partner)
    url = client.get(lesson.get_absolute_url()).context["door"].url
    page = client.get(client.get(url)["Location"])
    assert page.context["room"].body == world.project
    begun = f"@Owner Test – about “{lesson.title}” <http://127.0.0.1:8000{lesson.get_absolute_url()}>: "
    assert page.context["form"].initial["body"] == begun


def test_who_cannot_reach_the_author_asks_in_the_square(world: World, write: Write, visit: Visit) -> None:
    world.owner.is_active = False
    world.owner.save()
    client = visit(world.outsider)
    page = client.get(write(visibility="network").get_absolute_url())
    square = Room.objects.get(network=world.network, kind=Room.Kind.SQUARE)
    assert page.context["door"].label == "Ask in the square"
    assert client.get(page.context["door"].url)["Location"].startswith(f"{square.get_absolute_url()}?draft=About")
    assert "Owner Test" in page.content.decode()
    assert things.find("square", world.network.pk, world.stranger) is None


def test_a_translation_is_linked_both_ways_as_far_as_one_may_see_it(world: World, write: Write, visit: Visit) -> None:
    lesson = write(visibility="network")
    swedish = write(visibility="network", language="sv", title="Sortering", translation_of=lesson)
    hidden = write(language="fr", title="Le tri", translation_of=lesson)
    client = visit(world.outsider)
    assert (
        f'href="{swedish.get_absolute_url()}" hreflang="sv"' in client.get(lesson.get_absolute_url()).content.decode()
    )
    page = client.get(swedish.get_absolute_url()).content.decode()
    assert f'href="{lesson.get_absolute_url()}" hreflang="en"' in page
    assert hidden.get_absolute_url() not in page
