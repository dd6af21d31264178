"""Who gets what of chat."""

from chat.models import Room
from tests.access_rows import MEMBERS, PARTNERSHIP, Budget, Row
from tests.conftest import World

LED_ON = dict.fromkeys(MEMBERS, 302)
LED_ON_IN_THE_PARTNERSHIP = LED_ON | {"outsider": 404, "guest": 404}

HELLO = {"client_id": "5b6d9a9e-6d0c-4b7e-9a52-0a6f3c1f4d11", "body": "Hello"}


def room(world: World, after: str = "") -> str:
    """An address of the room of Karlskrona–Saldanha Bay."""
    return f"/chat/{Room.objects.get(partnership=world.partnership).pk}/{after}"


ROWS = [
    Row("chat/", "/chat/", MEMBERS),
    Row("chat/read/", "/chat/read/", LED_ON, method="POST"),
    Row("chat/<int:pk>/", room, PARTNERSHIP, page=Budget(later=25_000)),
    Row("chat/<int:pk>/", room, LED_ON_IN_THE_PARTNERSHIP, method="POST", data=HELLO),
    Row("chat/<int:pk>/read/", lambda world: room(world, "read/"), LED_ON_IN_THE_PARTNERSHIP, method="POST"),
    Row("chat/<int:pk>/unread/", lambda world: room(world, "unread/"), LED_ON_IN_THE_PARTNERSHIP, method="POST"),
]
