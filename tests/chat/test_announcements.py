"""News in the announcements is told to everybody in the room, once, in words that are made when they are read."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone, translation
from pytest_django import DjangoAssertNumQueries, Settings

import things
from chat.actions import Outcome, Post, Stored, post_message, post_messages
from chat.models import Message, Room
from notifications.composing import compose
from notifications.envelope import Mail
from notifications.models import Delivery, Notification
from notifications.telling import tell
from partnerships.actions import end_membership, found_network
from partnerships.models import Function, Membership
from tests.conftest import BEGUN, World


@pytest.fixture
def announcements(world: World) -> Room:
    """The announcements of the network Climate."""
    return Room.objects.get(kind=Room.Kind.ANNOUNCEMENTS)


def post(room: Room, author: object, body: str = "Registration is **open**.", **fields: object) -> Post:
    return Post(room.pk, author.pk, uuid4(), body, **fields)  # type: ignore[arg-type]


def stored(outcome: Outcome) -> Message:
    assert isinstance(outcome, Stored)
    return outcome.message


def test_news_reaches_everybody_in_the_room_but_its_writer(world: World, announcements: Room) -> None:
    message = stored(post_message(post(announcements, world.officer)))
    told = Notification.objects.all()
    assert {one.person for one in told} == {world.owner, world.partner, world.councillor, world.outsider}
    assert {(one.kind, one.cause, one.place, one.position) for one in told} == {
        ("announcement", f"message:{message.pk}", f"room:{announcements.pk}", 1)
    }
    assert Delivery.objects.filter(channel="mail").count() == 4


def test_news_is_told_once_however_often_it_is_sent(world: World, announcements: Room) -> None:
    once = post(announcements, world.officer)
    post_messages([once, once])
    post_message(once)
    assert Notification.objects.filter(person=world.owner).count() == 1


def test_what_is_said_elsewhere_and_what_was_said_long_ago_is_told_to_nobody(world: World, announcements: Room) -> None:
    square = Room.objects.get(kind=Room.Kind.SQUARE)
    post_message(post(square, world.officer))
    post_message(post(announcements, world.officer, posted_at=timezone.now() - timedelta(days=300)))
    assert Message.objects.count() == 2
    assert not Notification.objects.exists()


def test_the_words_name_the_writer_and_the_network_and_quote_what_was_said(world: World, announcements: Room) -> None:
    message = stored(post_message(post(announcements, world.officer, "**Open**\n\n- one\n- two", language="sv")))
    (one,) = tell(Notification.objects.filter(person=world.owner), world.owner)
    assert one.words.title == "News from Officer Test for Climate"
    assert (one.words.quote, one.words.quote_language) == ("Open\n• one\n• two", "sv")
    assert one.words.subject == "Announcements, Climate"
    assert one.url == message.get_absolute_url()
    with translation.override("sv"):
        (one,) = tell(Notification.objects.filter(person=world.owner), world.owner)
        assert one.about.title == str(announcements.name)


def test_news_that_is_gone_or_no_longer_theirs_is_told_to_nobody(world: World, announcements: Room) -> None:
    gone, kept = (stored(post_message(post(announcements, world.officer))) for _ in range(2))
    Message.objects.filter(pk=gone.pk).update(deleted_at=timezone.now(), body="", html="")
    mine = Notification.objects.filter(person=world.outsider)
    assert [one.about.id for one in tell(mine, world.outsider)] == [kept.pk]
    end_membership(Membership.objects.get(person=world.outsider))
    assert (mine.count(), tell(mine, world.outsider)) == (2, [])


def test_a_message_is_a_thing_of_those_who_may_read_its_room(world: World) -> None:
    room = Room.objects.get(partnership=world.partnership)
    message = stored(post_message(post(room, world.owner, "Bonjour & bienvenue")))
    found = things.find("message", message.pk, world.partner)
    assert found is not None
    assert (found.title, found.summary) == ("Karlskrona–Saldanha Bay", "Bonjour & bienvenue")
    assert found.facts == {
        "author": "Owner Test",
        "number": "1",
        "place": "Karlskrona–Saldanha Bay",
        "language": world.owner.language,
        "author_id": str(world.owner.pk),
        "organisation_id": str(message.organisation_id),
        "said_at": message.posted_at.isoformat(),
    }
    assert things.find("message", message.pk, world.outsider) is None
    assert things.find("message", message.pk, world.guest) is None


def test_a_batch_of_news_takes_no_more_queries_than_one(
    world: World, announcements: Room, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    other = found_network(name="Water", slug="water", begins=BEGUN)
    for person in (world.officer, world.stranger):
        world.seat(person, Function.PROGRAMME_OFFICER, world.icld, network=other)
    elsewhere = Room.objects.get(kind=Room.Kind.ANNOUNCEMENTS, network=other)
    for rooms in ([announcements], [announcements, announcements, elsewhere]):
        with django_assert_num_queries(21):
            post_messages([post(room, world.officer) for room in rooms])
    assert Notification.objects.filter(person=world.owner).count() == 3
    assert Notification.objects.filter(person=world.stranger).count() == 1


def test_only_who_may_write_there_is_offered_to_answer_by_mail(
    world: World, announcements: Room, settings: Settings
) -> None:
    settings.REPLY_ADDRESS = "exchange@test.example"
    message = stored(post_message(post(announcements, world.administrator)))
    offered = {}
    for person in (world.owner, world.officer):
        mail = compose(list(Delivery.objects.filter(person=person, notification__cause=f"message:{message.pk}")))
        assert isinstance(mail, Mail)
        offered[person] = (bool(mail.reply_to), "You can answer this mail" in mail.body)
    assert offered == {world.owner: (False, False), world.officer: (True, True)}
