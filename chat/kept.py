"""What came of a room: the things elsewhere that quote its messages, as far as a reader may see them."""

from collections import defaultdict

import things
from accounts.models import User
from chat.models import Kept, Message, Room
from things import Thing

MOST = 100


def came_of(room: Room, reader: User) -> list[Thing]:
    """Everything that quotes messages of the room, the newest first; nothing is asked where none is kept."""
    if not room.kept_count:
        return []
    rows = Kept.objects.filter(room=room).order_by("-thing").values_list("kind", "thing").distinct()
    return seen(list(rows[:MOST]), reader)


def came_of_message(message: Message, reader: User) -> list[Thing]:
    """The same for one message."""
    if message.kept_at is None:
        return []
    return seen(list(message.kept_in.order_by("-thing").values_list("kind", "thing")), reader)


def seen(rows: list[tuple[str, int]], reader: User) -> list[Thing]:
    """Those that the reader may see, in their order; one query for each kind."""
    ids: dict[str, list[int]] = defaultdict(list)
    for kind, pk in rows:
        ids[kind].append(pk)
    found = {
        (kind, pk): thing for kind, pks in ids.items() for pk, thing in things.find_many(kind, pks, reader).items()
    }
    return [found[row] for row in rows if row in found]
