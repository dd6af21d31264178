"""Who is in which room, for many rooms at once: whom a message there may tell."""

from collections.abc import Collection

from django.db.models import Value

from accounts.models import User
from chat.models import ReadMarker, Room
from partnerships.models import Membership
from partnerships.permissions import seats_reaching

Members = dict[int, list[User]]
"""Room id → everybody in it by a seat, in the order of their names."""


def members(rooms: Collection[Room]) -> Members:
    """The people of each room (``with_place``), administrators apart: three queries for all, none for none."""
    if not rooms:
        return {}
    seated = in_places(rooms) - left(rooms) | {(pk, room.pk) for room in rooms for pk in room.party}
    people = User.objects.filter(pk__in={person for person, _ in seated}).order_by("name", "pk")
    return {room.pk: [one for one in people if (one.pk, room.pk) in seated] for room in rooms}


def left(rooms: Collection[Room]) -> set[tuple[int, int]]:
    """Person and room, of those who have left a topic room; no query where there is none."""
    topics = [room.pk for room in rooms if room.kind == Room.Kind.TOPIC]
    gone = ReadMarker.objects.filter(room__in=topics, left_at__isnull=False)
    return set(gone.values_list("user", "room")) if topics else set()


def in_places(rooms: Collection[Room]) -> set[tuple[int, int]]:
    """Person and room, of everybody whom a seat brings into one of these."""
    hung = {room.pk: room.place for room in rooms if room.place is not None}
    if not hung:
        return set()
    current = Membership.objects.current()
    seats = [
        seats_reaching(place, current).order_by().values_list("person", Value(pk)).distinct()
        for pk, place in hung.items()
    ]
    return set(seats[0].union(*seats[1:]))
