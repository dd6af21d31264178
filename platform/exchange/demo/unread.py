"""What has been read: everything by everybody, but for the named accounts, for whom something waits."""

from random import Random

from django.db.models import Max, OuterRef, Subquery

from accounts.models import User
from chat.actions import mark_unread
from chat.models import Message, ReadMarker, Room
from exchange.demo.people import Cast

WAITING = {"square": 7, "announcements": 1, "partnership": 4, "body": 3}
"""At most so many messages wait in a room, by its kind."""
QUIET = 0.25
"""How likely a named account has read all of a room; an officer, who has many rooms, has read most of them."""
MANY = 8


def leave_some_unread(cast: Cast) -> None:
    """Move all markers to the end, then those of the named accounts back a little."""
    heads = Room.objects.filter(pk=OuterRef("room")).values("message_count")
    ReadMarker.objects.update(last_read_number=Subquery(heads[:1]))
    for email, person in cast.accounts.items():
        leave_unread(person, Random(f"{cast.day} unread {email}"))


def leave_unread(person: User, chance: Random) -> None:
    """One person's rooms. Nobody has their own words before them as news."""
    rooms = list(Room.objects.visible_to(person).filter(message_count__gt=0).order_by("pk"))
    for room in rooms:
        if chance.random() < (QUIET if len(rooms) < MANY else 1 - QUIET):
            continue
        own = Message.objects.filter(room=room, author=person).aggregate(last=Max("number"))["last"] or 0
        waiting = chance.randint(1, WAITING.get(room.kind, 1))
        if own < room.message_count:
            mark_unread(person, room, max(own, room.message_count - waiting))
