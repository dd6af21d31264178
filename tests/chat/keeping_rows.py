"""Who gets what of questions, of what is kept of a room and for how long."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from chat.actions import Ask, Post, ask, post_messages
from chat.actions.retention import set_retention
from chat.exporting import path_of
from chat.models import Export, Room
from tests.access_rows import API_PARTNERSHIP, PARTNERSHIP, FrameRow, Row
from tests.chat.row_places import (
    AUTHOR_ONLY,
    HELLO,
    LED_ON_IN_THE_PARTNERSHIP,
    api,
    at,
    at_message,
    at_page,
    heard,
    number,
    room,
    said,
)
from tests.conftest import World


def asked(world: World) -> int:
    """The owner's message, as a question to everybody, which the partner has answered by message 2."""
    pk = said(world)
    room = Room.objects.get(partnership=world.partnership)
    ask(world.owner, room.pk, pk, Ask())
    post_messages([Post(room.pk, world.partner.pk, UUID(int=22), "Yes", reply_to=1)])
    return pk


def at_question(after: str = "") -> Callable[[World], str]:
    """The address of that question for programs."""
    return lambda world: api(world, f"messages/{asked(world)}/question/{after}")


def with_a_question(world: World) -> str:
    """The page of the room's questions, with that one."""
    asked(world)
    return room(world, "questions/")


def choosing(world: World) -> str:
    """Where messages of that room are chosen."""
    asked(world)
    return room(world, "keep/?message=1")


def exported(world: World) -> Export:
    """An export of that room that can be fetched."""
    now = timezone.now()
    made = Export.objects.create(
        room_id=number(world),
        by=world.owner,
        asked_at=now,
        upto=0,
        finished_at=now,
        expires_at=now + timedelta(days=7),
        bytes=4,
    )
    path_of(made).parent.mkdir(parents=True, exist_ok=True)
    path_of(made).write_bytes(b"PK..")
    return made


def with_an_export(world: World) -> str:
    """The page with that export, a rule that waits and a preview of another."""
    exported(world)
    set_retention(world.owner, number(world), 3)
    return room(world, "keeping/?years=2")


ROWS = [
    Row("chat/<int:pk>/<int:number>/question/", at_page("question/"), PARTNERSHIP, page=None),
    Row(
        "chat/<int:pk>/<int:number>/question/",
        at_page("question/"),
        LED_ON_IN_THE_PARTNERSHIP | {"partner": 403, "officer": 403},
        method="POST",
        data={"ask": "1"},
    ),
    Row("chat/<int:pk>/questions/", with_a_question, PARTNERSHIP),
    Row(
        "chat/<int:pk>/questions/",
        lambda world: room(world, "questions/"),
        LED_ON_IN_THE_PARTNERSHIP,
        method="POST",
        data=HELLO,
    ),
    Row("chat/<int:pk>/keep/", choosing, PARTNERSHIP),
    Row("chat/<int:pk>/keeping/", with_an_export, PARTNERSHIP),
    Row(
        "chat/<int:pk>/keeping/",
        lambda world: room(world, "keeping/"),
        LED_ON_IN_THE_PARTNERSHIP | {"partner": 403},
        method="POST",
        data={"years": "2"},
    ),
    Row(
        "chat/<int:pk>/exports/<int:export>/",
        lambda world: room(world, f"exports/{exported(world).pk}/"),
        PARTNERSHIP | {"partner": 404},
        page=None,
    ),
    Row("chat/api/rooms/<int:pk>/questions/", lambda world: api(world, "questions/"), API_PARTNERSHIP, page=None),
    Row(
        "chat/api/rooms/<int:pk>/messages/<int:message>/question/",
        at_message("question/"),
        AUTHOR_ONLY,
        method="PUT",
        data={},
        json=True,
    ),
    Row(
        "chat/api/rooms/<int:pk>/messages/<int:message>/question/answer/",
        at_question("answer/"),
        API_PARTNERSHIP | {"partner": 403},
        method="PUT",
        data={"number": 2},
        json=True,
    ),
    Row(
        "chat/api/rooms/<int:pk>/messages/<int:message>/question/closed/",
        at_question("closed/"),
        API_PARTNERSHIP | {"partner": 403},
        method="PUT",
    ),
]

BAD_DAY = heard("forbidden", "not_found") | {"owner": "bad_question"}
SETTLERS = heard("done", "not_found") | {"partner": "forbidden"}


def at_asked(world: World) -> dict[str, int]:
    """The owner's question."""
    return {"room": number(world), "message": asked(world)}


FRAMES = [
    FrameRow("/ws/chat/", "question", lambda world: {**at(world), "on": True, "due": "2099-01-01"}, BAD_DAY),
    FrameRow("/ws/chat/", "accept", lambda world: {**at_asked(world), "on": True, "number": 2}, SETTLERS),
    FrameRow("/ws/chat/", "close", lambda world: {**at_asked(world), "on": True}, SETTLERS),
]
