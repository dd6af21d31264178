"""Topic rooms: members open them in a network or a partnership, and leave and join them as they like."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from chat.actions.announcing import announce, announce_to_all
from chat.actions.reading import join_rooms
from chat.broadcasts import room_changed
from chat.models import ReadMarker, Room
from chat.permissions import can_open_topic
from partnerships.models import Network, Partnership
from partnerships.permissions import Reach
from search.models import Theme

TWICE = timedelta(minutes=2)
"""Somebody who opens a room of the same name again within this time has pressed the button twice."""

Place = Network | Partnership


@dataclass(frozen=True)
class Topic:
    """What a topic room is called and about."""

    title: str
    purpose: str = ""
    theme: Theme | None = None


class NameTaken(Exception):  # noqa: N818 (it says what is so, as Http404 does)
    """There is an open topic room of this name in that place: ``room``."""

    def __init__(self, room: Room) -> None:
        super().__init__(room.title)
        self.room = room


def twin(place: Place, title: str, but: Room | None = None) -> Room | None:
    """The open topic room of that name there, whatever its capitals."""
    name = title.casefold()
    rooms = Room.objects.in_places([place]).filter(kind=Room.Kind.TOPIC, archived_at=None)
    return next((room for room in rooms if room != but and room.title.casefold() == name), None)


def open_topic(opener: User, place: Place, topic: Topic) -> Room:
    """A new room for everybody in ``place``. Raises ``NameTaken``, and ``PermissionError`` for whom the place does
    not let; who does it twice at once gets the room of the first time."""
    if not can_open_topic(Reach.of(opener), place):
        raise PermissionError
    room = twin(place, topic.title)
    if room is None:
        try:
            return begin(opener, place, topic)
        except IntegrityError:  # somebody did at the same moment
            room = twin(place, topic.title)
    if room is None:
        raise PermissionError
    if room.opened_by_id == opener.pk and room.created_at > timezone.now() - TWICE:
        return room
    raise NameTaken(room)


@transaction.atomic
def begin(opener: User, place: Place, topic: Topic) -> Room:
    """The room, in everybody's list."""
    room = Room(kind=Room.Kind.TOPIC, opened_by=opener)
    room.title, room.purpose, room.theme = topic.title, topic.purpose, topic.theme
    if isinstance(place, Network):
        room.network = place
    else:
        room.partnership = place
    room.save()
    announce_to_all(room, room.people())
    return room


def change_topic(room: Room, topic: Topic) -> None:
    """Call it otherwise, or say otherwise what it is about. Raises ``NameTaken``."""
    keep(room, title=topic.title, purpose=topic.purpose, theme=topic.theme)


def archive_topic(room: Room) -> None:
    """Nobody writes in it any more; it is read and found as before."""
    keep(room, archived_at=timezone.now())


def reopen_topic(room: Room) -> None:
    """It is written in again. Raises ``NameTaken``."""
    keep(room, archived_at=None)


def keep(room: Room, **fields: object) -> None:
    """Store these fields, spend a version on them, and tell all who see the room. Raises ``NameTaken``."""
    place = room.partnership or room.network
    title = str(fields.get("title", room.title))
    stays_shut = room.archived_at is not None and "archived_at" not in fields
    if place and not stays_shut and not fields.get("archived_at") and (found := twin(place, title, room)):
        raise NameTaken(found)
    with transaction.atomic():
        locked = Room.objects.with_place().select_for_update(of=("self",)).get(pk=room.pk)
        if all(getattr(locked, name) == value for name, value in fields.items()):
            return
        for name, value in fields.items():
            setattr(locked, name, value)
        locked.version += 1
        locked.state_version = locked.version
        locked.save(update_fields=[*fields, "version", "state_version"])
        room_changed(locked)
        announce_to_all(locked, locked.people())


@transaction.atomic
def leave_topic(user: User, room: Room) -> None:
    """It is in the person's list no more, and tells them nothing, until they join it again."""
    join_rooms(user, [room])
    moved(user, room, left_at=timezone.now(), favourite=None)


@transaction.atomic
def join_topic(user: User, room: Room) -> None:
    """A room that one has left is there again; what was said meanwhile counts as read."""
    moved(user, room, left_at=None, last_read_number=room.message_count)


def moved(user: User, room: Room, **fields: object) -> None:
    """Who may see the room is different for one person: under its lock, so the number of access grows with it."""
    Room.objects.select_for_update().get(pk=room.pk)
    ReadMarker.objects.filter(user=user, room=room).update(**fields)
    Room.objects.filter(pk=room.pk).update(access=F("access") + 1)
    announce([room.pk], [user.pk])
