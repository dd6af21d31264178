"""What stands where for the rows of the access tables: rooms, messages, files, and what was begun."""

from collections.abc import Callable
from datetime import time, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from chat.actions import (
    Later,
    Post,
    Refused,
    Stored,
    delete_message,
    post_messages,
    schedule_message,
)
from chat.actions.files import begin_file, bring_file, finish_file, take_piece
from chat.indexing import work_off
from chat.models import File, Message, Room
from tests.access_rows import API_PARTNERSHIP, MEMBERS, NOBODY, Budget
from tests.chat.uploading import picture
from tests.conftest import World

LED_ON = dict.fromkeys(MEMBERS, 302)
LED_ON_IN_THE_PARTNERSHIP = LED_ON | {"outsider": 404, "guest": 404}

ROOM = Budget(later=25_000)
"""Straight from Today, with all of Talk to fetch: also a room of fifty messages."""

SAID = UUID(int=11)
HELLO = {"client_id": "5b6d9a9e-6d0c-4b7e-9a52-0a6f3c1f4d11", "body": "Hello"}


API_POSTED = {person: 201 if status == 200 else status for person, status in API_PARTNERSHIP.items()}


def its_room(world: World) -> Room:
    """The room of Karlskrona–Saldanha Bay, which may have topics beside it."""
    return Room.objects.get(partnership=world.partnership, kind=Room.Kind.PARTNERSHIP)


def room(world: World, after: str = "") -> str:
    """An address of the room of Karlskrona–Saldanha Bay."""
    return f"/chat/{its_room(world).pk}/{after}"


def busy_room(world: World) -> str:
    """The room of its project group, with fifty messages of both sides in it."""
    pk = Room.objects.get(body=world.project).pk
    says = "Week {}: the compost of the market weighed {} kilograms, and **nobody** asked twice. Och det var bra så."
    authors = [world.owner.pk, world.partner.pk]
    post_messages([Post(pk, authors[week % 2], uuid4(), says.format(week, 90 + week * 7)) for week in range(50)])
    return f"/chat/{pk}/"


def found(world: World) -> str:
    """A search that finds more messages of that room than one page holds."""
    busy_room(world)
    work_off()
    return "/chat/search/?q=compost&from=test"


def api(world: World, after: str) -> str:
    """An address of the same room for programs."""
    return f"/chat/api/rooms/{its_room(world).pk}/{after}"


def said(world: World) -> int:
    """A message of the owner's in the room of Karlskrona–Saldanha Bay."""
    room = its_room(world)
    (stored,) = post_messages([Post(room.pk, world.owner.pk, SAID, "Hello")])
    return int(stored.message.pk) if isinstance(stored, Stored) else 0


def at_message(after: str = "") -> Callable[[World], str]:
    """The address of that message for programs."""
    return lambda world: api(world, f"messages/{said(world)}/{after}")


def at_page(after: str = "") -> Callable[[World], str]:
    """The address of its page."""
    return lambda world: room(world, f"{Message.objects.get(pk=said(world)).number}/{after}")


def deleted_by_owner(world: World) -> World:
    """With that message deleted by its author."""
    pk = said(world)
    delete_message(world.owner, Message.objects.get(pk=pk).room_id, pk)
    return world


class Plan(BytesIO):
    """A file in a form, which each of those who send it finds at its beginning."""

    name = "Plan.txt"

    def read(self, size: int | None = -1) -> bytes:
        self.seek(0)
        return super().read(size)


WITH_A_FILE = {**HELLO, "body": "", "files": Plan(b"Plan")}

FILE = {"client_id": "5b6d9a9e-6d0c-4b7e-9a52-0a6f3c1f4d12", "name": "Plan.txt", "bytes": 4}
OWNERS = dict.fromkeys(API_PARTNERSHIP, 404) | {"owner": 200, NOBODY: 401}
"""A file that is not posted is there for nobody but its owner."""


def brought(world: World) -> int:
    """A file of the owner's for that room, not posted."""
    room = its_room(world)
    file = begin_file(world.owner, room.pk, UUID(str(FILE["client_id"])), "Plan.txt", 4)
    if isinstance(file, File) and file.state == File.State.UPLOADING:
        take_piece(world.owner, file.pk, 0, b"Plan")
    return int(file.pk) if isinstance(file, File) else 0


def with_a_file(world: World) -> dict[str, Any]:
    """A post of nothing but a file of the owner's."""
    file = brought(world)
    finish_file(world.owner, file)
    return {"room": number(world), "client_id": str(UUID(int=14)), "body": "", "attachments": [file]}


def hung_up(world: World) -> int:
    """A picture at a message of the owner's there."""
    room = its_room(world)
    brought = bring_file(world.owner, room, UUID(int=12), SimpleUploadedFile("market.png", picture("PNG", (60, 40))))
    file = brought.pk if isinstance(brought, File) else 0
    post_messages([Post(room.pk, world.owner.pk, UUID(int=13), "The market", attachments=(file,))])
    return file


def room_with_files(world: World) -> str:
    """The files of that room: a picture, and what a text is."""
    hung_up(world)
    return room(world, "files/")


def at_file(after: str = "") -> Callable[[World], str]:
    """The address of a file that is not posted, for programs."""
    return lambda world: f"/chat/api/files/{brought(world)}/{after}"


AUTHOR_ONLY = API_PARTNERSHIP | {"partner": 403, "officer": 403}

TOMORROW = (timezone.now() + timedelta(days=2)).date()
LATER = {"body": "Good morning", "day": TOMORROW.isoformat(), "at": "08:00"}
OWNER_ONLY = dict.fromkeys(["partner", "outsider", "guest", "officer"], 404) | {"owner": 200, NOBODY: 302}


def scheduled(world: World) -> int:
    """A message of the owner's that waits there."""
    later = Later(LATER["body"], TOMORROW, time(8), "Africa/Johannesburg")
    one = schedule_message(world.owner, number(world), later)
    return 0 if isinstance(one, Refused) else one.pk


def heard(answer: str, refusal: str, guest: str = "") -> dict[str, str]:
    """What those of the partnership hear, and what the others do."""
    inside = dict.fromkeys(["owner", "partner", "officer"], answer)
    return inside | {"outsider": refusal, "guest": guest or refusal, NOBODY: "4401"}


def number(world: World) -> int:
    """The room of Karlskrona–Saldanha Bay."""
    return int(room(world).split("/")[2])


def at(world: World) -> dict[str, int]:
    """A message of the owner's there."""
    return {"room": number(world), "message": said(world)}
