"""The list of a person's rooms, grouped as the network is: squares, partnerships with their bodies, the rest."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from chat.models import Room
from chat.models.draft import with_drafts
from chat.models.mention import with_mentions
from chat.naming import name_for
from notifications.models import Choice
from notifications.places import chosen_in
from partnerships.permissions import Reach
from prose import plain

ICONS = {
    Room.Kind.SQUARE: "square",
    Room.Kind.ANNOUNCEMENTS: "horn",
    Room.Kind.PARTNERSHIP: "people",
    Room.Kind.BODY: "lock",
    Room.Kind.TOPIC: "hash",
    Room.Kind.EVENT: "calendar",
    Room.Kind.DIRECT: "person",
}


LAST_WORDS = 80
"""Characters of the newest message in the list."""


@dataclass(frozen=True)
class Entry:
    """A room in the list. ``where`` names its partnership when that has no line of its own above it."""

    room: Room
    icon: str
    where: str = ""
    choice: Choice | None = None
    """How the person wants to be told of it, where that is chosen for it."""

    @property
    def last_words(self) -> str:
        """``Karin: Hej! Vår hälsoekonom …`` of the newest message; nothing in an empty room."""
        author, body = getattr(self.room, "last_author", None), getattr(self.room, "last_body", None)
        body = body or ", ".join(file["name"] for file in getattr(self.room, "last_attachments", None) or ())
        return f"{author.split()[0]}: {Truncator(plain(body)).chars(LAST_WORDS)}" if author and body else ""


FAVOURITES = "favourite"
SECTIONS = {
    -1: FAVOURITES,
    0: "square announcements",
    1: "partnership body",
    2: "event",
    3: "topic",
    4: "direct",
    5: "closed",
    6: "archived",
}
"""The order of the groups, and the kinds of rooms in each, for the script that adds one."""


@dataclass
class Group:
    """A heading and its rooms."""

    title: str
    kinds: str
    entries: list[Entry] = field(default_factory=list)


def room_groups(user: User, reach: Reach, words: str = "") -> list[Group]:
    """All rooms of ``user``, or those whose name or place has ``words`` in it; three queries at most."""
    rooms = Room.objects.visible_to(user, reach).with_place().with_unread(user).with_last_words().by_place()
    mine = list(with_drafts(with_mentions(rooms, user), user))
    name_for(user, mine)
    found = [room for room in mine if words.casefold() in haystack(room)]
    return grouped(found, chosen_in("room", user))


def choice_for(room: Room, groups: Iterable[Group]) -> Choice | None:
    """How the person wants to be told of one of the rooms in their list."""
    return next((entry.choice for group in groups for entry in group.entries if entry.room == room), None)


def haystack(room: Room) -> str:
    """What the filter looks in."""
    return f"{room.name} {room.whole or ''}".casefold()


def grouped(rooms: Iterable[Room], choices: Mapping[int, Choice]) -> list[Group]:
    """Rooms in their groups: favourites first, in the person's own order; what is over stands last."""
    groups: dict[tuple[int, object], list[Room]] = {}
    for room in rooms:
        groups.setdefault(group_key(room), []).append(room)
    for found in groups.values():
        found.sort(key=place_of)
    by_place = sorted(groups.items(), key=lambda group: group[0][0])
    return [Group(title(key, found), SECTIONS[key[0]], entries(found, choices)) for key, found in by_place]


def place_of(room: Room) -> Any:
    """Favourites by their places, topics by their names; the others stay as they came."""
    if favourite_of(room):
        return favourite_of(room)
    return room.title.casefold() if room.kind == Room.Kind.TOPIC else ""


def favourite_of(room: Room) -> int | None:
    """Its place among the reader's favourites."""
    return getattr(room, "favourite", None)


def group_key(room: Room) -> tuple[int, object]:
    """Where a room is listed, and what parts it from others there."""
    if favourite_of(room):
        return -1, ""
    if room.archived_at is not None:
        return 6, ""
    if room.kind in {Room.Kind.SQUARE, Room.Kind.ANNOUNCEMENTS}:
        return 0, room.network_id
    if room.kind in {Room.Kind.PARTNERSHIP, Room.Kind.BODY}:
        return (5 if room.is_closed else 1), ""
    return {Room.Kind.EVENT: 2, Room.Kind.TOPIC: 3}.get(Room.Kind(room.kind), 4), ""


def title(key: tuple[int, object], rooms: list[Room]) -> str:
    """The heading above a group."""
    if key[0] == 0:
        return str(rooms[0].network)
    if key[0] == 1:
        return ngettext("Partnership", "Partnerships", len({str(room.whole) for room in rooms}))
    return {-1: _("Favourites"), 6: _("Archived"), 2: _("Gatherings"), 3: _("Topics"), 4: _("People"), 5: _("Closed")}[
        key[0]
    ]


def where(room: Room, headed: Collection[int | None]) -> str:
    """What a room belongs to, where the lines above it do not say so."""
    if room.kind == Room.Kind.TOPIC:
        return str(room.whole or "")
    return str(room.body.partnership) if room.body and room.body.partnership_id not in headed else ""


def entries(rooms: list[Room], choices: Mapping[int, Choice]) -> list[Entry]:
    """The lines of a group."""
    headed = {room.partnership_id for room in rooms if room.kind == Room.Kind.PARTNERSHIP}
    return [
        Entry(
            room,
            ICONS[Room.Kind(room.kind)],
            where(room, headed),
            choices.get(room.pk),
        )
        for room in rooms
    ]
