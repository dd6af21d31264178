"""What the tests of the Talk pages share: people say things, and a page is read."""

import re
from datetime import datetime, timedelta
from uuid import uuid4

from django.test import Client

from accounts.models import User
from chat.actions import Post, post_messages
from chat.models import Room


def say(room: Room, author: User, *bodies: str, at: datetime | None = None, apart: timedelta = timedelta()) -> None:
    """Messages of one author, ``apart`` from each other."""
    post_messages(
        [
            Post(room.pk, author.pk, uuid4(), body, posted_at=at + apart * place if at else None)
            for place, body in enumerate(bodies)
        ]
    )


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def numbers(html: str) -> list[int]:
    """The numbers of the messages on a page."""
    return [int(number) for number in re.findall(r'data-number="(\d+)"', html)]


def field(html: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', html)
    assert found
    return found[1]
