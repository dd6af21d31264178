"""Who may do what in a room. Rooms are looked up through ``Room.objects.visible_to``; ``can_see`` is the same for a
room that is at hand, and a person whose reach is: ``tests/chat/test_rooms.py`` holds them equal."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from chat.models import Room
from partnerships.models import Body, Network, Partnership
from partnerships.permissions import Reach, can_run


def can_see(reach: Reach, room: Room) -> bool:
    """Who is in its place; administrators in networks' rooms; officers of the network, except in steering rooms. In
    direct conversations nobody but those who are in them."""
    if room.kind == Room.Kind.DIRECT:
        return bool(reach.organisations) and reach.person in room.party
    return (
        (room.network_id is not None and (reach.administrator or room.network_id in reach.networks))
        or room.partnership_id in reach.partnerships
        or room.body_id in reach.bodies
        or is_run(reach, room.partnership)
        or (room.body is not None and room.body.kind != Body.Kind.STEERING and is_run(reach, room.body.partnership))
    )


def is_run(reach: Reach, partnership: Partnership | None) -> bool:
    """True for officers of the partnership's network."""
    return partnership is not None and partnership.network_id in reach.officer


def can_post(reach: Reach, room: Room) -> bool:
    """Whoever sees a room writes in it, except: announcements come from officers and administrators,
    observers and visiting administrators read only, and a closed room stays as it is. ``room`` must be visible to
    whom ``reach`` is of."""
    if room.is_closed or not can_see(reach, room):
        return False
    if room.kind == Room.Kind.ANNOUNCEMENTS:
        return can_run(reach, room.network)
    return not only_observes(reach, room)


def is_silenced(one: Any, now: datetime | None = None) -> bool:
    """True while the person only reads: of their marker in the room, or of the room as they see it
    (``with_unread``)."""
    until = getattr(one, "silenced_until", None)
    return until is not None and until > (now or timezone.now())


def can_open_topic(reach: Reach, place: Network | Partnership) -> bool:
    """Members of the place and those who run it, while work goes on there."""
    if isinstance(place, Network):
        return reach.administrator or place.pk in reach.full
    return not place.is_closed and (place.pk in reach.full_partnerships or place.network_id in reach.officer)


def can_tend(reach: Reach, room: Room) -> bool:
    """Who names, archives and reopens a topic room: who opened it, and who keeps order there."""
    return room.kind == Room.Kind.TOPIC and (room.opened_by_id == reach.person or can_moderate(reach, room))


def can_call_everyone(reach: Reach, room: Room) -> bool:
    """Who may tell everybody in a room at once, among those who write there: whoever belongs to it or runs it, but no
    guest of it. In a conversation everybody may."""
    whole = room.whole
    if whole is None:
        return room.kind == Room.Kind.DIRECT
    network, partnership = (whole.network, whole.pk) if isinstance(whole, Partnership) else (whole, None)
    belongs = partnership in reach.full_partnerships if partnership else whole.pk in reach.full
    return belongs or can_run(reach, network)


def can_moderate(reach: Reach, room: Room) -> bool:
    """Who keeps order: the network's officers in every room that they see, a partnership's coordinators in those of
    the partnership that they see, administrators in those of networks; in a direct conversation nobody."""
    whole = room.whole
    if whole is None:
        return False
    if isinstance(whole, Partnership):
        return whole.pk in reach.coordinates or whole.network_id in reach.officer
    return can_run(reach, whole)


def keeps_order(reach: Reach) -> bool:
    """Whether there may be rooms in which ``can_moderate`` is true."""
    return bool(reach.is_officer or reach.coordinates)


def only_observes(reach: Reach, room: Room) -> bool:
    """True when an observer's seat is all that opens the room."""
    if room.kind == Room.Kind.DIRECT:
        return False
    if room.body_id:
        return ("body", room.body_id) in reach.silent
    if room.partnership_id:
        return (
            "partnership",
            room.partnership_id,
        ) in reach.silent and room.partnership_id not in reach.full_partnerships
    return ("network", room.network_id) in reach.silent and room.network_id not in reach.full
