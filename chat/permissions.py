"""Who may do what in a room. Rooms are looked up through ``Room.objects.visible_to``; ``can_see`` is the same for a
room that is at hand, and a person whose reach is: ``tests/chat/test_rooms.py`` holds them equal."""

from django.db.models import Q

from chat.models import Room
from partnerships.models import Body, Function, Membership, Partnership
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
    observers read only, and a closed room stays as it is. ``room`` must be visible to whom ``reach`` is of."""
    if room.is_closed:
        return False
    if room.kind == Room.Kind.ANNOUNCEMENTS:
        return can_run(reach, room.network)
    return not only_observes(reach, room)


def can_moderate(reach: Reach, room: Room) -> bool:
    """Who keeps order: the network's officers in every room that they see, administrators in those of networks; in
    a direct conversation nobody."""
    whole = room.whole
    if whole is None:
        return False
    return can_run(reach, whole.network if isinstance(whole, Partnership) else whole)


def can_keep(reach: Reach, room: Room) -> bool:
    """Who answers for what a room keeps: who keeps order in it, and the coordinators of its partnership or group.
    ``room`` must be visible to whom ``reach`` is of. Asks once, unless it is an officer."""
    if can_moderate(reach, room):
        return True
    coordinates = Membership.objects.current().filter(person=reach.person, function=Function.COORDINATOR)
    whole = room.whole
    if isinstance(whole, Partnership):
        return coordinates.filter(Q(partnership=whole) | Q(body__partnership=whole)).exists()
    return whole is not None and coordinates.filter(network=whole).exists()


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
