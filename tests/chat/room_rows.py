"""Who gets what of conversations, topic rooms and the order of the list."""

from uuid import UUID, uuid4

from chat.actions import Post, leave_topic, like, open_conversation, open_topic, post_messages
from chat.actions.moderating import flag_message, silence
from chat.actions.topics import Topic
from chat.models import Message, Room
from tests.access_rows import MEMBERS, NOBODY, PARTNERSHIP, Budget, Row
from tests.chat.row_places import ROOM
from tests.conftest import World

LED_ON = dict.fromkeys(MEMBERS, 302)
THE_TWO = MEMBERS | {"outsider": 404, "guest": 404, "officer": 404}
"""A conversation of owner and partner: nobody else's, the officer's neither."""
TENDING = PARTNERSHIP
"""A topic room of the partnership that the partner has opened: they, its coordinator and the officer tend it."""
INSIDE = PARTNERSHIP
"""The partnership's coordinator is the owner; the partner is none."""
KEEPERS = MEMBERS | {"partner": 404, "outsider": 404, "guest": 404}
"""Who keeps order in some room: the partnership's coordinator and the network's officer."""


def conversation(world: World, after: str = "") -> str:
    """An address of the conversation of owner and partner."""
    return f"/chat/{open_conversation(world.owner, [world.partner]).pk}/{after}"


def topic(world: World, after: str = "") -> str:
    """An address of a topic room that the partner has opened in the partnership."""
    room = open_topic(world.partner, world.partnership, Topic("Compost and farmers", "Who takes it, and when."))
    return f"/chat/{room.pk}/{after}"


def left(world: World) -> str:
    """The list of rooms that one can join, where the owner has left that room."""
    leave_topic(world.owner, open_topic(world.partner, world.partnership, Topic("Buses and bicycles")))
    return "/chat/join/"


def favourites(world: World) -> str:
    """The page of favourites, where the owner has two."""
    for one in Room.objects.visible_to(world.owner)[:2]:
        like(world.owner, one, on=True)
    return "/chat/favourites/"


def partnership_room(world: World) -> int:
    """The room of Karlskrona–Saldanha Bay."""
    return Room.objects.get(partnership=world.partnership, kind="partnership").pk


def said(world: World, after: str) -> str:
    """An address of the room of Karlskrona–Saldanha Bay, in which the partner has said something."""
    pk = partnership_room(world)
    post_messages([Post(pk, world.partner.pk, UUID(int=31), "You never read what I send.")])
    number = Message.objects.get(client_id=UUID(int=31)).number
    return f"/chat/{pk}/{after.format(number)}"


def flagged(world: World) -> str:
    """The page of those who keep order there, where that is flagged, and somebody was silenced."""
    address = said(world, "moderation/")
    message = Message.objects.get(client_id=UUID(int=31))
    flag_message(world.councillor, message, "rude", "Not for the first time")
    silence(world.officer, message.room, world.councillor, "day", "Come back calmly.")
    return address


def many_flagged(world: World) -> str:
    """The second page of what is flagged in all rooms of those who keep order."""
    pk = partnership_room(world)
    post_messages([Post(pk, world.partner.pk, uuid4(), f"You never read what I send. {n}") for n in range(21)])
    for one in Message.objects.with_room().filter(room=pk).exclude(author=world.owner):
        flag_message(world.councillor, one, "rude", "Not for the first time")
    return "/chat/flags/?page=2"


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
        data=lambda world: {"room": Room.objects.get(title="Buses and bicycles").pk},
    ),
    Row("chat/<int:pk>/<int:number>/flag/", lambda world: said(world, "{}/flag/"), INSIDE | {"partner": 404}),
    Row(
        "chat/<int:pk>/<int:number>/flag/",
        lambda world: said(world, "{}/flag/"),
        INSIDE | {"owner": 302, "partner": 404, "officer": 302},
        method="POST",
        data={"reason": "rude"},
    ),
    Row("chat/<int:pk>/moderation/", flagged, INSIDE | {"partner": 404}),
    Row("chat/<int:pk>/moderation/", lambda world: said(world, "moderation/?message={}"), INSIDE | {"partner": 404}),
    Row(
        "chat/<int:pk>/moderation/",
        flagged,
        INSIDE | {"owner": 302, "partner": 404, "officer": 302},
        method="POST",
        data=lambda world: {"person": world.councillor.pk, "span": "hour", "reason": "Calm down."},
    ),
    Row("chat/flags/", many_flagged, KEEPERS, page=Budget(via="/chat/")),
    Row("chat/flags/", "/chat/flags/", KEEPERS, visitor="officer"),
    Row("chat/visits/", "/chat/visits/", dict.fromkeys(MEMBERS, 404) | {NOBODY: 302}),
    Row("chat/visits/", "/chat/visits/", dict.fromkeys(MEMBERS, 404) | {NOBODY: 302}, method="POST"),
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
