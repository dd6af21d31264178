"""What must hold when a round is over: the end of docs/chat-protocol.md, held against the database."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from django.db.models import Count

from chat.models import Mention, Message, Room
from chat.payloads import message_payload
from tests.faults.talk.device import Device
from tests.faults.talk.holding import Frame
from tests.faults.talk.judge import Judge
from tests.faults.talk.seats import Seats

Stored = dict[int, list[Frame]]
"""Room → its messages as every transport shows them, by number."""


def give(judge: Judge, devices: Iterable[Device], seats: Seats) -> None:
    """Everything that can only be said at the end."""
    clients = list(devices)
    stored = {room: messages_of(room) for room in seats.ground.rooms}
    equal(judge, clients, seats, stored)
    once(judge, clients)
    order(judge)
    committed(judge)
    access(judge, seats)


def messages_of(room: int) -> list[Frame]:
    """All of a room."""
    found = list(Message.objects.filter(room=room).with_author().order_by("number"))
    Mention.objects.load(found)
    return [message_payload(message) for message in found]


def equal(judge: Judge, clients: list[Device], seats: Seats, stored: Stored) -> None:
    """Every member holds exactly the messages of their rooms, as they are now, each once, in the order of numbers."""
    heads = dict(Room.objects.values_list("pk", "version"))
    for client in clients:
        mine = seats.rooms_of(client.person.pk)
        judge.holds("equal", set(client.rooms) == mine, f"{client} follows {set(client.rooms)}, theirs are {mine}")
        for room in mine & set(client.rooms):
            holding = client.rooms[room]
            held = sorted(holding.messages.values(), key=number)
            facts = f"{client} has room {room} up to {holding.have} of {heads[room]}: {difference(held, stored[room])}"
            judge.holds("equal", held == stored[room] and holding.have == heads[room], facts)


def number(message: Frame) -> int:
    """Its place in the room."""
    return int(message["number"])


def difference(held: list[Frame], stored: list[Frame]) -> str:
    """In what a client's messages differ from the database's, in a few words."""
    mine: dict[int, Any] = {number(message): message for message in held}
    theirs = {number(message): message for message in stored}
    other = [one for one in mine if one in theirs and mine[one] != theirs[one]]
    doubled = len(held) - len(mine)
    missing, more = sorted(set(theirs) - set(mine)), sorted(set(mine) - set(theirs))
    return f"without {missing[:9]}, besides {more[:9]}, otherwise {other[:9]}, {doubled} twice"


def once(judge: Judge, clients: list[Device]) -> None:
    """Each post is stored once: those that were acknowledged where the ack says, and none that was refused."""
    several = Message.objects.values("client_id", "author").annotate(times=Count("pk")).filter(times__gt=1)
    for row in several.order_by():
        judge.breaks("once", f"{row['client_id']} is stored {row['times']} times")
    stored = {
        (author, client_id): place
        for author, client_id, *place in Message.objects.values_list("author", "client_id", "room", "pk", "number")
    }
    for key, ack in judge.acks.items():
        judge.holds("once", stored.get(key) == list(ack), f"{key[1]} was acked as {ack}, it is {stored.get(key)}")
    for author, client_id in set(stored) - set(judge.acks):
        judge.breaks("once", f"{client_id} of {author} is stored, and nobody was ever told")
    for client in clients:
        for task in client.tasks.values():
            judge.breaks("once", f"{client} was never answered {task.frame}")


def order(judge: Judge) -> None:
    """In each room numbers have no holes, no version comes twice, and time runs with the numbers."""
    for room in Room.objects.all():
        rows = list(room.messages.order_by("number").values_list("number", "version", "posted_at"))
        judge.holds(
            "order", [row[0] for row in rows] == [*range(1, room.message_count + 1)], f"room {room.pk} has holes"
        )
        judge.holds("order", len({row[1] for row in rows}) == len(rows), f"room {room.pk} has a version twice")
        backwards = [later[0] for earlier, later in pairwise(rows) if earlier[2] > later[2]]
        judge.holds("order", not backwards, f"room {room.pk} goes back in time at {backwards[:9]}")


def committed(judge: Judge) -> None:
    """Every change that anybody received is in the database, at that version or a later one."""
    newest = {pk: (room, version) for pk, room, version in Message.objects.values_list("pk", "room", "version")}
    for (room, version), message in judge.changes.items():
        where = newest.get(message)
        known = where is not None and where[0] == room and where[1] >= version
        judge.holds("committed", known, f"version {version} of room {room} was message {message}: now {where}")


def access(judge: Judge, seats: Seats) -> None:
    """Nobody received anything of a room from after their seat had ended, or before one began."""
    for heard in judge.heard:
        right = seats.allowed(heard.person, heard.room, heard.version, heard.at)
        spans = seats.spans[heard.person, heard.room]
        judge.holds("access", right, f"{heard} with {spans}")
