"""Fixtures of those who answer: the mailbox, a room with a question in it, and the mail that told of it."""

from uuid import uuid4

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

import things
from accounts.models import User
from chat.actions import Post, Stored, post_message
from chat.models import Message, Room
from notifications.actions import Why, notify
from notifications.kinds import Kind
from notifications.marks import message_id
from notifications.models import Delivery
from tests.conftest import World


@pytest.fixture
def mailbox(settings: Settings) -> None:
    """The mailbox that answers go to."""
    settings.REPLY_ADDRESS = "exchange@test.example"
    settings.DEFAULT_FROM_EMAIL = "Exchange <exchange@test.example>"


@pytest.fixture
def room(world: World) -> Room:
    """The room of Karlskrona–Saldanha Bay."""
    return Room.objects.get(partnership=world.partnership)


@pytest.fixture
def asked(world: World, room: Room) -> Message:
    """What the partner asks there."""
    outcome = post_message(Post(room.pk, world.partner.pk, uuid4(), "When do you come?"))
    assert isinstance(outcome, Stored)
    return outcome.message


def sent(person: User, message: Message, channel: str = "mail") -> Delivery:
    """The mail that told ``person`` of ``message``, gone a moment ago."""
    about = things.find("message", message.pk, person)
    assert about
    notify([person], about, Why("note", f"message:{message.pk}", place=f"room:{message.room_id}"))
    delivery = Delivery.objects.get(notification__cause=f"message:{message.pk}", person=person)
    delivery.state, delivery.channel, delivery.ended_at = Delivery.State.SENT, channel, timezone.now()
    delivery.address, delivery.message_id = person.email, message_id(delivery)
    delivery.save()
    return delivery


@pytest.fixture
def told(world: World, mailbox: None, asked: Message, kind: Kind) -> Delivery:
    """The owner was told by mail."""
    return sent(world.owner, asked)
