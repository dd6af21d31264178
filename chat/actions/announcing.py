"""What people's open browsers and markers take from a change of who may see a room."""

from collections.abc import Collection

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from chat.actions.reading import join_rooms
from chat.broadcasts import access_moved
from chat.models import ReadMarker, Room, ThreadMarker
from chat.models.mention import with_mentions
from chat.naming import name_for
from partnerships.permissions import Reach, seats_of
from realtime.publishing import listening


def announce_to_all(room: Room, people: QuerySet[User]) -> None:
    """A room is new or different for many: each has a marker in it, and their open lists hear of it. Of all their
    seats is asked at once."""
    joined = list(people)
    unread = ReadMarker.objects.filter(room=room)
    ReadMarker.objects.bulk_create(
        [ReadMarker(user=one, room=room, last_read_number=room.message_count) for one in joined], ignore_conflicts=True
    )
    if not listening():
        return
    read = dict(unread.values_list("user", "last_read_number"))
    seats = seats_of([one.pk for one in joined])
    for one in joined:
        room.last_read_number = read[one.pk]  # type: ignore[attr-defined]  # as with_unread has it
        room.unread = room.message_count - read[one.pk]  # type: ignore[attr-defined]  # as with_unread has it
        room.mentions = 0  # type: ignore[attr-defined]  # as with_mentions has it
        access_moved(one.pk, Reach.by(one, seats[one.pk]), [room], [])


def announce(rooms: Collection[int], people: Collection[int]) -> None:
    """Each of ``people`` (user ids) gains those of ``rooms`` that they may see now, and loses the others: markers
    begin and end, and after the commit so do the rooms on their open sockets. The rooms' ``access`` has grown. Who
    left a room or is silenced there is so still when a seat brings them back."""
    for person in User.objects.filter(pk__in=people):
        reach = Reach.of(person)
        seen = Room.objects.filter(pk__in=rooms).visible_to(person, reach).with_place().with_unread(person)
        mine = list(with_mentions(seen, person))
        name_for(person, mine)
        join_rooms(person, mine)
        lost = set(rooms) - {room.pk for room in mine}
        kept = Q(left_at__isnull=False) | Q(silenced_until__gt=timezone.now())
        ReadMarker.objects.filter(user=person, room__in=lost).exclude(kept).delete()
        ThreadMarker.objects.filter(user=person, room__in=lost).delete()
        access_moved(person.pk, reach, mine, lost)
