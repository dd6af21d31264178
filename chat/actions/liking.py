"""The rooms that a person wants on top of their list, in their own order."""

from django.db import transaction

from accounts.models import User
from chat.actions.reading import join_rooms
from chat.models import ReadMarker, Room


@transaction.atomic
def like(user: User, room: Room, *, on: bool) -> None:
    """Put a room at the end of one's favourites, or take it away from them."""
    order = favourites(user)
    if on == (room.pk in order):
        return
    join_rooms(user, [room])
    keep(user, [*order, room.pk] if on else [pk for pk in order if pk != room.pk])
    if not on:
        ReadMarker.objects.filter(user=user, room=room).update(favourite=None)


@transaction.atomic
def move_favourite(user: User, room: Room, *, up: bool) -> None:
    """One place up or down; the first and the last stay where they are."""
    order = favourites(user)
    if room.pk not in order:
        return
    place = order.index(room.pk)
    other = place + (-1 if up else 1)
    if 0 <= other < len(order):
        order[place], order[other] = order[other], order[place]
        keep(user, order)


def favourites(user: User) -> list[int]:
    """The ids of the person's favourites, in their order."""
    own = ReadMarker.objects.filter(user=user, favourite__isnull=False).select_for_update()
    return list(own.order_by("favourite", "room").values_list("room", flat=True))


def keep(user: User, order: list[int]) -> None:
    """Number them anew."""
    places = {room: place for place, room in enumerate(order, 1)}
    markers = list(ReadMarker.objects.filter(user=user, room__in=order))
    for one in markers:
        one.favourite = places[one.room_id]
    ReadMarker.objects.bulk_update(markers, ["favourite"])
