"""Who gets what of chat."""

from collections.abc import Callable
from datetime import time, timedelta
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
from chat.actions.files import begin_file, bring_file, take_piece
from chat.indexing import work_off
from chat.models import File, Message, Room
from tests.access_rows import API_MEMBERS, API_PARTNERSHIP, MEMBERS, NOBODY, PARTNERSHIP, Budget, FrameRow, Row
from tests.chat.thread_rows import THREADS
from tests.chat.uploading import picture
from tests.conftest import World

LED_ON = dict.fromkeys(MEMBERS, 302)
LED_ON_IN_THE_PARTNERSHIP = LED_ON | {"outsider": 404, "guest": 404}

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


FILE = {"client_id": "5b6d9a9e-6d0c-4b7e-9a52-0a6f3c1f4d12", "name": "Plan.txt", "bytes": 4}
OWNERS = dict.fromkeys(API_PARTNERSHIP, 404) | {"owner": 200, NOBODY: 401}
"""A file that is not posted is there for nobody but its owner."""


def brought(world: World) -> int:
    """A file of the owner's for that room, not posted."""
    room = its_room(world)
    file = begin_file(world.owner, room.pk, UUID(FILE["client_id"]), "Plan.txt", 4)
    if isinstance(file, File) and file.state == File.State.UPLOADING:
        take_piece(world.owner, file.pk, 0, b"Plan")
    return int(file.pk) if isinstance(file, File) else 0


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


ROWS = [
    Row(
        "chat/api/rooms/<int:pk>/messages/<int:message>/",
        at_message(),
        AUTHOR_ONLY,
        method="PATCH",
        data={"body": "Hello again"},
        json=True,
    ),
    Row(
        "chat/api/rooms/<int:pk>/messages/<int:message>/",
        at_message(),
        API_PARTNERSHIP | {"partner": 403},
        method="DELETE",
    ),
    Row(
        "chat/api/rooms/<int:pk>/messages/<int:message>/undelete/",
        lambda world: at_message("undelete/")(deleted_by_owner(world)),
        AUTHOR_ONLY,
        method="POST",
    ),
    Row(
        "chat/api/rooms/<int:pk>/messages/<int:message>/language/",
        at_message("language/"),
        AUTHOR_ONLY,
        method="PUT",
        data={"language": "sv"},
        json=True,
    ),
    Row("chat/api/rooms/<int:pk>/messages/<int:message>/pin/", at_message("pin/"), API_PARTNERSHIP, method="PUT"),
    Row(
        "chat/api/rooms/<int:pk>/messages/<int:message>/reactions/<str:emoji>/",
        at_message("reactions/👍/"),
        API_PARTNERSHIP,
        method="PUT",
    ),
    Row(
        "chat/api/rooms/<int:pk>/files/",
        lambda world: api(world, "files/"),
        API_POSTED,
        method="POST",
        data=FILE,
        json=True,
    ),
    Row("chat/api/files/<int:file>/", at_file(), OWNERS, page=None),
    Row("chat/api/files/<int:file>/", at_file("?offset=0"), OWNERS, method="PATCH"),
    Row("chat/api/files/<int:file>/", at_file(), OWNERS, method="DELETE"),
    Row("chat/api/files/<int:file>/finish/", at_file("finish/"), OWNERS, method="POST"),
    Row(
        "chat/files/<int:file>/<str:name>",
        lambda world: f"/chat/files/{hung_up(world)}/market.png",
        PARTNERSHIP,
        page=None,
    ),
    Row("chat/files/<int:file>/small/", lambda world: f"/chat/files/{hung_up(world)}/small/", PARTNERSHIP, page=None),
    Row("chat/<int:pk>/files/", room_with_files, PARTNERSHIP),
    Row("chat/<int:pk>/files/", lambda world: room(world, "files/?page=2"), PARTNERSHIP),
    Row("chat/files/parts/", "/chat/files/parts/", MEMBERS, page=None),
    Row("chat/", "/chat/", MEMBERS),
    Row("chat/search/", "/chat/search/", MEMBERS),
    Row("chat/search/", found, MEMBERS, page=Budget(via="/chat/")),
    Row("chat/search/", "/chat/search/?q=in:nowhere&from=nobody", MEMBERS),
    *THREADS,
    Row("chat/ask/", "/chat/ask/", LED_ON),
    Row("chat/ask/", "/chat/ask/", LED_ON | {"stranger": 200}, visitor="stranger"),
    Row("chat/read/", "/chat/read/", LED_ON, method="POST"),
    Row("chat/<int:pk>/", room, PARTNERSHIP, page=Budget(later=25_000)),
    Row("chat/<int:pk>/", busy_room, MEMBERS | {"outsider": 404}, page=Budget(later=25_000, via="/chat/")),
    Row("chat/<int:pk>/", room, LED_ON_IN_THE_PARTNERSHIP, method="POST", data=HELLO),
    Row("chat/<int:pk>/<int:number>/", at_page(), PARTNERSHIP),
    Row("chat/<int:pk>/<int:number>/", at_page(), LED_ON_IN_THE_PARTNERSHIP, method="POST", data={"on": "👍"}),
    Row("chat/<int:pk>/<int:number>/history/", at_page("history/"), PARTNERSHIP),
    Row("chat/<int:pk>/verbs/", lambda world: room(world, "verbs/"), PARTNERSHIP, page=None),
    Row("chat/<int:pk>/read/", lambda world: room(world, "read/"), LED_ON_IN_THE_PARTNERSHIP, method="POST"),
    Row(
        "chat/<int:pk>/telling/",
        lambda world: room(world, "telling/"),
        LED_ON_IN_THE_PARTNERSHIP,
        method="POST",
        data={"when": "digest"},
    ),
    Row("chat/<int:pk>/unread/", lambda world: room(world, "unread/"), LED_ON_IN_THE_PARTNERSHIP, method="POST"),
    Row("chat/api/search/", "/chat/api/search/?q=compost", API_MEMBERS, page=None),
    Row("chat/api/rooms/", "/chat/api/rooms/", API_MEMBERS, page=None),
    Row("chat/api/rooms/<int:pk>/people/", lambda world: api(world, "people/"), API_PARTNERSHIP, page=None),
    Row("chat/api/rooms/<int:pk>/messages/", lambda world: api(world, "messages/"), API_PARTNERSHIP, page=None),
    Row(
        "chat/api/rooms/<int:pk>/messages/",
        lambda world: api(world, "messages/"),
        API_POSTED,
        method="POST",
        data=HELLO,
        json=True,
    ),
    Row("chat/later/", "/chat/later/", MEMBERS),
    Row("chat/later/", lambda world: scheduled(world) and "/chat/later/", MEMBERS),
    Row("chat/later/<int:pk>/", lambda world: f"/chat/later/{scheduled(world)}/", OWNER_ONLY),
    Row(
        "chat/later/<int:pk>/",
        lambda world: f"/chat/later/{scheduled(world)}/",
        {person: 302 if status == 200 else status for person, status in OWNER_ONLY.items()},
        method="POST",
        data={"send": "now"},
    ),
    Row("chat/<int:pk>/later/", lambda world: room(world, "later/"), PARTNERSHIP),
    Row(
        "chat/<int:pk>/later/",
        lambda world: room(world, "later/"),
        LED_ON_IN_THE_PARTNERSHIP,
        method="POST",
        data=LATER | {"clock": "Africa/Johannesburg", "client_id": HELLO["client_id"]},
    ),
    Row("chat/api/later/", "/chat/api/later/", API_MEMBERS, page=None),
    Row(
        "chat/api/later/<int:pk>/",
        lambda world: f"/chat/api/later/{scheduled(world)}/",
        OWNER_ONLY | {NOBODY: 401},
        method="DELETE",
    ),
    Row(
        "chat/api/later/<int:pk>/send/",
        lambda world: f"/chat/api/later/{scheduled(world)}/send/",
        OWNER_ONLY | {NOBODY: 401},
        method="POST",
    ),
    Row(
        "chat/api/rooms/<int:pk>/later/",
        lambda world: api(world, "later/"),
        API_POSTED,
        method="POST",
        data=LATER | {"zone": "Africa/Johannesburg"},
        json=True,
    ),
    Row("chat/api/rooms/<int:pk>/draft/", lambda world: api(world, "draft/"), API_PARTNERSHIP, page=None),
    Row(
        "chat/api/rooms/<int:pk>/draft/",
        lambda world: api(world, "draft/"),
        API_PARTNERSHIP,
        method="PUT",
        data={"body": "Begun"},
        json=True,
    ),
    Row("chat/api/rooms/<int:pk>/changes/", lambda world: api(world, "changes/"), API_PARTNERSHIP, page=None),
    Row(
        "chat/api/rooms/<int:pk>/read/",
        lambda world: api(world, "read/"),
        API_PARTNERSHIP,
        method="PUT",
        data={"number": 1},
        json=True,
    ),
    Row(
        "chat/api/rooms/<int:pk>/unread/",
        lambda world: api(world, "unread/"),
        API_PARTNERSHIP,
        method="PUT",
        data={"number": 0},
        json=True,
    ),
]


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


AUTHORS = heard("forbidden", "not_found") | {"owner": "done"}

FRAMES = [
    FrameRow("/ws/chat/", "hello", lambda world: {"have": {number(world): None}}, heard("welcome", "denied")),
    FrameRow("/ws/chat/", "watch", lambda world: {"count": [number(world)]}, heard("welcome", "denied")),
    FrameRow("/ws/chat/", "unwatch", lambda world: {"rooms": [number(world)]}, heard("nothing", "nothing")),
    FrameRow("/ws/chat/", "changes", lambda world: {"room": number(world), "since": 0}, heard("changes", "not_found")),
    FrameRow("/ws/chat/", "post", lambda world: {"room": number(world), **HELLO}, heard("ack", "not_found")),
    FrameRow("/ws/chat/", "edit", lambda world: {**at(world), "body": "Hello again"}, AUTHORS),
    FrameRow("/ws/chat/", "delete", at, AUTHORS | {"officer": "done"}),
    FrameRow("/ws/chat/", "language", lambda world: {**at(world), "language": "sv"}, AUTHORS),
    FrameRow("/ws/chat/", "undelete", lambda world: at(deleted_by_owner(world)), AUTHORS | {"officer": "done"}),
    FrameRow("/ws/chat/", "react", lambda world: {**at(world), "emoji": "👍", "on": True}, heard("done", "not_found")),
    FrameRow("/ws/chat/", "pin", lambda world: {**at(world), "on": True}, heard("done", "not_found")),
    FrameRow("/ws/chat/", "read", lambda world: {"room": number(world), "number": 0}, heard("done", "not_found")),
    FrameRow("/ws/chat/", "unread", lambda world: {"room": number(world), "number": 0}, heard("done", "not_found")),
    FrameRow(
        "/ws/chat/",
        "follow",
        lambda world: {"room": number(world), "thread": Message.objects.get(pk=said(world)).number, "on": True},
        heard("done", "not_found"),
    ),
    FrameRow("/ws/chat/", "draft", lambda world: {"room": number(world), "body": "Begun"}, heard("draft", "not_found")),
    FrameRow("/ws/chat/", "typing", lambda world: {"room": number(world)}, heard("nothing", "nothing")),
    FrameRow("/ws/chat/", "ping", lambda world: {}, heard("beat", "beat")),
]
