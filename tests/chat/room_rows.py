"""Who gets what of conversations, topic rooms and the order of the list."""

from uuid import uuid4

from chat.actions import leave_topic, like, open_conversation, open_topic
from chat.actions.topics import Topic
from chat.models import Room
from tests.access_rows import MEMBERS, PARTNERSHIP, Budget, Row
from tests.conftest import World

LED_ON = dict.fromkeys(MEMBERS, 302)
THE_TWO = MEMBERS | {"outsider": 404, "guest": 404, "officer": 404}
"""A conversation of owner and partner: nobody else's, the officer's neither."""
TENDING = PARTNERSHIP
"""A topic room of the partnership that the partner has opened: they, its coordinator and the officer tend it."""
ROOM = Budget(later=25_000, via="/chat/")


def conversation(world: World, after: str = "") -> str:
    """An address of the conversation of owner and partner."""
    return f"/chat/{open_conversation(world.owner, [world.partner]).pk}/{after}"


def topic(world: World, after: str = "") -> str:
    """An address of a topic room that the partner has opened in the partnership."""
    room = open_topic(world.partner, world.partnership, Topic("Compost and farmers", "Who takes it, and when."))
    return f"/chat/{room.pk}/{after}"


def left(world: World) -> str:
    """The list of rooms that one can join, where the owner has left that room."""
    topic(world)
    leave_topic(world.owner, Room.objects.get(kind="topic"))
    return "/chat/join/"


def favourites(world: World) -> str:
    """The page of favourites, where the owner has two."""
    for one in Room.objects.visible_to(world.owner)[:2]:
        like(world.owner, one, on=True)
    return "/chat/favourites/"


def partnership_room(world: World) -> int:
    """The room of Karlskrona–Saldanha Bay."""
    return Room.objects.get(partnership=world.partnership, kind="partnership").pk


ROWS = [
    Row("chat/new/", "/chat/new/", MEMBERS),
    Row("chat/new/", "/chat/new/?q=partner", MEMBERS),
    # all share a room with the owner, who cannot write to themself
    Row("chat/new/", "/chat/new/", LED_ON | {"owner": 400}, method="POST", data=lambda world: {"with": world.owner.pk}),
    Row("chat/<int:pk>/", conversation, THE_TWO, page=ROOM),
    Row("chat/<int:pk>/leave/", lambda world: conversation(world, "leave/"), THE_TWO),
    Row(
        "chat/<int:pk>/leave/",
        lambda world: conversation(world, "leave/"),
        THE_TWO | {"owner": 302, "partner": 302},
        method="POST",
    ),
    Row("chat/topics/new/", "/chat/topics/new/", MEMBERS),
    Row("chat/topics/new/", "/chat/topics/new/", MEMBERS, visitor="guest"),
    Row(
        "chat/topics/new/",
        "/chat/topics/new/",
        LED_ON | {"outsider": 400, "guest": 400},
        method="POST",
        data=lambda world: {"title": f"Compost {uuid4()}", "place": f"partnership-{world.partnership.pk}"},
    ),
    Row("chat/<int:pk>/", topic, PARTNERSHIP, page=ROOM),
    Row("chat/<int:pk>/topic/", lambda world: topic(world, "topic/"), TENDING),
    Row(
        "chat/<int:pk>/topic/",
        lambda world: topic(world, "topic/"),
        TENDING | dict.fromkeys(["owner", "partner", "officer"], 302),
        method="POST",
    ),
    Row("chat/<int:pk>/leave/", lambda world: topic(world, "leave/"), PARTNERSHIP),
    Row("chat/join/", left, MEMBERS),
    Row("chat/join/", "/chat/join/", MEMBERS),
    Row(
        "chat/join/",
        left,
        LED_ON | dict.fromkeys(["partner", "outsider", "guest", "officer"], 404),
        method="POST",
        data=lambda world: {"room": Room.objects.get(kind="topic").pk},
    ),
    Row("chat/favourites/", favourites, MEMBERS),
    Row("chat/favourites/", "/chat/favourites/", MEMBERS),
    Row(
        "chat/<int:pk>/favourite/",
        lambda world: f"/chat/{partnership_room(world)}/favourite/",
        LED_ON | {"outsider": 404, "guest": 404},
        method="POST",
        data={"favourite": "on"},
    ),
]
