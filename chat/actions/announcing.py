"""What people's open browsers and markers take from a change of who may see a room."""

from collections.abc import Collection

from accounts.models import User
from chat.actions.reading import join_rooms
from chat.broadcasts import access_moved
from chat.models import ReadMarker, Room, ThreadMarker
from chat.models.mention import with_mentions
from chat.naming import name_for
from partnerships.permissions import Reach


def announce(rooms: Collection[int], people: Collection[int]) -> None:
    """Each of ``people`` (user ids) gains those of ``rooms`` that they may see now, and loses the others: markers
    begin and end, and after the commit so do the rooms on their open sockets. The rooms' ``access`` has grown."""
    for person in User.objects.filter(pk__in=people):
        reach = Reach.of(person)
        seen = Room.objects.filter(pk__in=rooms).visible_to(person, reach).with_place().with_unread(person)
        mine = list(with_mentions(seen, person))
        name_for(person, mine)
        join_rooms(person, mine)
        lost = set(rooms) - {room.pk for room in mine}
        for markers in (ReadMarker, ThreadMarker):
            markers.objects.filter(user=person, room__in=lost).delete()
        access_moved(person.pk, reach, mine, lost)
