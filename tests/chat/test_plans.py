"""Opening a room and catching up look into indexes only, so that a million messages cost what a hundred do."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from chat.models import Room
from chat.pages import changes
from tests.chat.reading import say
from tests.conftest import World

READ: dict[str, Callable[[Client, Room], object]] = {
    "the page": lambda client, room: client.get(room.get_absolute_url()),
    "an earlier page": lambda client, room: client.get(f"{room.get_absolute_url()}?before=9"),
    "around one message": lambda client, room: client.get(f"{room.get_absolute_url()}?around=3"),
    "the newest over the API": lambda client, room: client.get(f"/chat/api/rooms/{room.pk}/messages/"),
    "the list": lambda client, room: client.get("/chat/api/rooms/"),
    "what was missed": lambda client, room: changes(room.pk, 1),
}
LONG = re.compile(r"SCAN (?:chat_message|chat_mention|chat_reaction|newest)\b")
SORTED = re.compile(r"USE TEMP B-TREE FOR ORDER BY")
"""Of messages themselves: whoever sorts them has read them all."""


@pytest.mark.parametrize("name", READ)
def test_no_message_is_read_that_is_not_shown(world: World, client: Client, name: str) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL reads a small table whole; bench/history.py has a large one")
    room = Room.objects.get(partnership=world.partnership)
    say(room, world.partner, "One", "@Owner Test", "three")
    client.force_login(world.owner)
    with CaptureQueriesContext(connection) as queries:
        READ[name](client, room)
    asked = [query["sql"] for query in queries if query["sql"].startswith("SELECT") and "chat_message" in query["sql"]]
    with connection.cursor() as cursor:
        for sql in asked:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            plan = [row[3] for row in cursor.fetchall()]
            assert not [step for step in plan if LONG.match(step)], sql
            assert 'FROM "chat_message"' not in sql or not any(SORTED.match(step) for step in plan), sql
