"""The registry gives a thing only to those who may see it, and says nothing to the others."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db.models import Model
from django.utils import timezone

import things
from chat.actions import Post, Stored, post_message
from chat.models import Message, Room
from events.models import Event
from knowledge.models import Lesson, Quote
from partnerships.models import Membership
from tests.conftest import World


def lesson(world: World) -> Lesson:
    return Lesson.objects.create(
        title="Young people count the fares",
        author=world.owner,
        organisation=world.karlskrona,
        network=world.network,
        partnership=world.partnership,
        visibility=Lesson.Visibility.PARTNERSHIP,
        status=Lesson.Status.PUBLISHED,
    )


def event(world: World) -> Event:
    day = timezone.localdate() + timedelta(days=3)
    return Event.objects.create(
        title="Visit", kind=Event.Kind.VISIT, partnership=world.partnership, first_day=day, last_day=day
    )


def message(world: World) -> Message:
    room = Room.objects.get(partnership=world.partnership)
    outcome = post_message(Post(room.pk, world.owner.pk, uuid4(), "Habari"))
    assert isinstance(outcome, Stored)
    return outcome.message


def quote(world: World) -> Quote:
    row = lesson(world)
    return Quote.objects.create(
        lesson=row, author=world.owner, words="Habari", said_at=timezone.now(), source="message", source_id=0
    )


THINGS: dict[str, Callable[[World], Model]] = {
    "person": lambda world: world.guest,
    "organisation": lambda world: world.karlskrona,
    "network": lambda world: world.network,
    "partnership": lambda world: world.partnership,
    "body": lambda world: world.project,
    "room": lambda world: Room.objects.get(partnership=world.partnership),
    "square": lambda world: world.network,  # a square is found by its network
    "message": message,
    "membership": lambda world: Membership.objects.filter(person=world.owner).first() or Membership(),
    "lesson": lesson,
    "quote": quote,
    "event": event,
}


def test_every_registered_kind_is_tried() -> None:
    assert set(things.kinds) == set(THINGS)


@pytest.mark.parametrize("kind", sorted(THINGS))
def test_a_thing_has_a_title_and_an_address_for_those_who_may_see_it(world: World, kind: str) -> None:
    row = THINGS[kind](world)
    thing = things.find(kind, row.pk, world.owner)
    assert thing is not None
    assert (thing.kind, thing.id) == (kind, row.pk)
    assert thing.title
    assert thing.url.startswith("/")


@pytest.mark.parametrize("kind", sorted(THINGS))
def test_for_a_stranger_it_is_not_there(world: World, kind: str) -> None:
    row = THINGS[kind](world)
    assert things.find(kind, row.pk, world.stranger) is None
    assert things.find(kind, row.pk + 999, world.owner) is None


def test_two_apps_cannot_have_one_kind() -> None:
    with pytest.raises(ValueError, match="person"):
        things.register(
            "person", visible_to=lambda user: Room.objects.none(), card=lambda row: things.Thing("", 0, "", "")
        )
