"""Who gets what of threads."""

from collections.abc import Callable
from uuid import UUID

from chat.actions import Post, Stored, post_messages
from chat.models import Room
from tests.access_rows import API_MEMBERS, API_PARTNERSHIP, MEMBERS, PARTNERSHIP, Budget, Row
from tests.chat.row_places import ROOM, WITH_A_FILE
from tests.conftest import World

LED_ON_IN_THE_PARTNERSHIP = dict.fromkeys(MEMBERS, 302) | {"outsider": 404, "guest": 404}
HELLO = {"client_id": "5b6d9a9e-6d0c-4b7e-9a52-0a6f3c1f4d13", "body": "Hello"}


def answered(world: World) -> str:
    """The thread that the owner began in the room of Karlskrona–Saldanha Bay, with an answer of each side's in it."""
    room = Room.objects.get(partnership=world.partnership, kind=Room.Kind.PARTNERSHIP)
    (began,) = post_messages([Post(room.pk, world.owner.pk, UUID(int=11), "Hello")])
    root = began.message.number if isinstance(began, Stored) else 0
    authors = [world.partner.pk, world.owner.pk]
    post_messages([Post(room.pk, pk, UUID(int=20 + pk), "And **again**?", thread=root) for pk in authors])
    return f"{room.get_absolute_url()}{root}/thread/"


def answered_list(world: World) -> str:
    """The list of threads, when there is one."""
    answered(world)
    return "/chat/threads/"


def at_thread(after: str = "") -> Callable[[World], str]:
    """The address of that thread for programs."""
    return lambda world: "/chat/api/rooms/{2}/threads/{3}/".format(*answered(world).split("/")) + after


THREADS = [
    Row("chat/presence/", "/chat/presence/", dict.fromkeys(MEMBERS, 302), method="POST", data={"show": "off"}),
    Row("chat/threads/", "/chat/threads/", MEMBERS),
    Row("chat/threads/", answered_list, MEMBERS, page=Budget(via="/chat/")),
    Row("chat/<int:pk>/<int:number>/thread/", answered, PARTNERSHIP, page=ROOM),
    Row(
        "chat/<int:pk>/<int:number>/thread/",
        answered,
        LED_ON_IN_THE_PARTNERSHIP,
        method="POST",
        data=HELLO,
    ),
    Row(
        "chat/<int:pk>/<int:number>/thread/",
        answered,
        LED_ON_IN_THE_PARTNERSHIP,
        method="POST",
        data=WITH_A_FILE,
    ),
    Row(
        "chat/<int:pk>/<int:number>/follow/",
        lambda world: answered(world).replace("thread", "follow"),
        LED_ON_IN_THE_PARTNERSHIP,
        method="POST",
        data={"follow": "on"},
    ),
    Row("chat/api/threads/", "/chat/api/threads/", API_MEMBERS, page=None),
    Row("chat/api/rooms/<int:pk>/threads/<int:root>/", at_thread(), API_PARTNERSHIP, page=None),
    Row(
        "chat/api/rooms/<int:pk>/threads/<int:root>/follow/",
        at_thread("follow/"),
        API_PARTNERSHIP,
        method="PUT",
    ),
]
