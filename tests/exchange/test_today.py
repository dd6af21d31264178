"""Today gathers what waits, what is new and what comes next, for one person and nobody else."""

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any
from uuid import uuid4

from django.test import Client
from django.utils import timezone

from accounts.models import User
from chat.actions import Post, post_message
from chat.models import Room
from events.models import Event
from exchange.models import SITTING, Visit, last_visit
from knowledge.models import Lesson
from tests.conftest import World


def today(user: User) -> str:
    client = Client()
    client.force_login(user)
    response = client.get("/")
    assert response.status_code == 200
    return str(response.content.decode())


def training(world: World, **fields: Any) -> Event:
    """A training of the network in ten days."""
    day = timezone.localdate() + timedelta(days=10)
    fields = {"title": "Counting what we reach", "kind": Event.Kind.TRAINING, "network": world.network} | fields
    return Event.objects.create(first_day=day, last_day=day, organiser=world.officer, **fields)


def lesson(world: World, **fields: Any) -> Lesson:
    """A lesson of Rombo's."""
    fields = {"title": "Biogas in the school kitchen", "status": Lesson.Status.PUBLISHED} | fields
    return Lesson.objects.create(
        author=fields.pop("author", world.outsider),
        organisation=world.rombo,
        network=world.network,
        partnership=world.other_partnership,
        published_at=timezone.now(),
        **fields,
    )


def test_an_invitation_waits_until_it_is_answered(world: World) -> None:
    event = training(world)
    assert "Counting what we reach" in today(world.owner)
    client = Client()
    client.force_login(world.owner)
    assert client.post(f"/events/{event.pk}/answer/", {"choice": "yes", "next": "/"}).url == "/"
    assert "no-store" in client.get("/").headers["Cache-Control"]
    text = today(world.owner)
    assert "You said yes." in text
    assert "Nothing is waiting for you" in text


def test_the_number_that_waits_is_the_calendars_own_however_many_are_listed(world: World) -> None:
    events = [training(world, title=f"Training {number}") for number in range(8)]
    assert '<span class="badge badge-wait">8</span>' in today(world.owner)
    client = Client()
    client.force_login(world.owner)
    client.post(f"/events/{events[0].pk}/answer/", {"choice": "no", "next": "/"})
    text = client.get("/").content.decode()
    assert "You answered no to “Training 0”." in text
    assert '<span class="badge badge-wait">7</span>' in text
    assert ">All 7 invitations</a>" in text
    assert client.get("/events/").context["waiting"] == 7


def test_a_visit_of_several_days_says_from_what_hour(world: World) -> None:
    first = timezone.localdate() + timedelta(days=10)
    visit = {"kind": Event.Kind.VISIT, "zone": "Europe/Stockholm", "opens": time(9), "closes": time(16)}
    training(world, **visit)
    Event.objects.update(last_day=first + timedelta(days=2))
    Event.objects.get().save()
    assert "<b>3 days, from 09:00</b>" in today(world.owner)


def test_new_lessons_are_those_that_one_may_read(world: World) -> None:
    lesson(world)
    lesson(world, title="Only for Rombo", visibility=Lesson.Visibility.PARTNERSHIP)
    text = today(world.owner)
    assert "Biogas in the school kitchen" in text
    assert "Only for Rombo" not in text
    assert "Biogas in the school kitchen" not in today(world.guest)


def test_a_lesson_in_two_languages_is_new_once_in_the_readers(world: World) -> None:
    english = lesson(world, language="en")
    lesson(world, title="Biogas i skolköket", language="sv", translation_of=english)
    lesson(world, title="Le biogaz", language="fr", translation_of=english)
    world.owner.language = "sv"
    world.owner.save()
    seen = {person: today(person) for person in (world.owner, world.partner)}
    titles = ["Biogas i skolköket", "Biogas in the school kitchen", "Le biogaz"]
    assert [title in seen[world.owner] for title in titles] == [True, False, False]
    assert [title in seen[world.partner] for title in titles] == [False, True, False]


def test_ones_own_draft_waits_and_nobody_elses_does(world: World) -> None:
    lesson(world, title="Half a thought", author=world.owner, status=Lesson.Status.DRAFT)
    assert "Half a thought" in today(world.owner)
    assert "Half a thought" not in today(world.partner)


def test_unread_rooms_stand_with_their_last_words(world: World) -> None:
    room = Room.objects.get(partnership=world.partnership)
    reader = Client()
    reader.force_login(world.owner)
    reader.get(room.get_absolute_url())
    post_message(Post(room.pk, world.partner.pk, uuid4(), "The bus **left** without us"))
    assert "The bus left without us" in today(world.owner)
    assert "The bus left without us" not in today(world.outsider)


def test_new_begins_at_the_visit_before_this_one(world: World) -> None:
    start = timezone.now()
    assert last_visit(world.owner, start) is None
    assert last_visit(world.owner, start + timedelta(minutes=5)) is None
    later = start + SITTING + timedelta(minutes=10)
    assert last_visit(world.owner, later) == start + timedelta(minutes=5)
    assert last_visit(world.owner, later + timedelta(minutes=1)) == start + timedelta(minutes=5)
    assert Visit.objects.count() == 1


def test_someone_new_without_a_seat_is_greeted_by_an_empty_but_whole_page(world: World) -> None:
    text = today(world.stranger)
    assert "Nothing is planned." in text
    assert "Nothing is waiting for you" in text


def test_today_takes_the_same_queries_with_one_of_each_and_with_three(
    world: World, django_assert_num_queries: Callable[..., Any]
) -> None:
    client = Client()
    client.force_login(world.owner)
    for number in range(3):
        training(world, title=f"Training {number}")
        lesson(world, title=f"Lesson {number}")
        if number == 0:
            client.get("/")
            with django_assert_num_queries(QUERIES):
                client.get("/")
    with django_assert_num_queries(QUERIES):
        client.get("/")


QUERIES = 33
