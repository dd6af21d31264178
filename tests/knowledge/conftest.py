"""A lesson of the owner's, written by the template."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from knowledge.actions import write_lesson
from knowledge.models import Lesson
from tests.conftest import World

WORDS = {
    "title": "Sorting at the market stall",
    "summary": "Two sacks under each table made market waste cheaper to collect.",
    "language": "en",
    "problem": "The market leaves eleven tonnes of waste a day.",
    "did": "1. Counted.\n2. Gave two sacks to each stall.",
    "failed": "- The first sacks were plastic.",
}

Write = Callable[..., Lesson]
Visit = Callable[[User], Client]


@pytest.fixture
def write(world: World) -> Write:
    """``write(author=…, status=…, …)``: a lesson of Karlskrona–Saldanha Bay by the owner, published, unless told."""

    def made(author: User | None = None, **fields: Any) -> Lesson:
        told = {
            **WORDS,
            "organisation": world.karlskrona,
            "partnership": world.partnership,
            "visibility": "partnership",
            "status": "published",
            **fields,
        }
        return write_lesson(author=author or world.owner, **told)

    return made


@pytest.fixture
def visit() -> Visit:
    """``visit(person)``: a browser in which they are signed in."""

    def made(person: User) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return made
