"""Rooms mirror the structure: they open with their place, and open and close for people with their seats."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import F

from chat.actions.announcing import announce
from chat.actions.direct import look_again
from chat.broadcasts import room_changed
from chat.models import Room
from partnerships.models import Body, Network, Partnership


def open_network_rooms(network: Network) -> None:
    """A network has its square and its announcements."""
    for kind in (Room.Kind.SQUARE, Room.Kind.ANNOUNCEMENTS):
        Room.objects.get_or_create(kind=kind, network=network)


def open_partnership_room(partnership: Partnership) -> None:
    """A partnership has one room."""
    Room.objects.get_or_create(kind=Room.Kind.PARTNERSHIP, partnership=partnership)


def open_body_room(body: Body) -> None:
    """A body has one room."""
    Room.objects.get_or_create(kind=Room.Kind.BODY, body=body)


@transaction.atomic
def announce_access(places: Collection[Network | Partnership | Body], people: Collection[int]) -> None:
    """Who may enter these places changed, for ``people`` (user ids): their rooms' ``access`` grows under the lock,
    markers begin and end, and after the commit their open sockets gain and lose the rooms."""
    rooms = Room.objects.in_places(places)
    ids = list(rooms.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))
    Room.objects.filter(pk__in=ids).update(access=F("access") + 1)
    announce([*ids, *look_again(people)], people)


@transaction.atomic
def announce_state(partnership: Partnership) -> None:
    """The partnership's name or status changed: each of its rooms spends a version on it."""
    rooms = Room.objects.filter(partnership=partnership) | Room.objects.filter(body__partnership=partnership)
    for room in rooms.with_place().order_by("pk").select_for_update(of=("self",)):
        room.version += 1
        room.state_version = room.version
        room.save(update_fields=["version", "state_version"])
        room_changed(room)
