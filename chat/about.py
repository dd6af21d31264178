"""What a room says of itself beside the conversation: what it is, who is in it, and why one only reads."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from chat.models import ReadMarker, Room
from chat.permissions import can_moderate, can_post, can_see, can_tend, is_silenced
from chat.presence import MOST_PEOPLE
from chat.times import in_words
from partnerships.models import Body, Membership, Organisation, Partnership
from partnerships.permissions import Reach, people_visible_to, seats_reaching

SHOWN = 12
"""People named in the column; the rest stand on the network's page."""


@dataclass(frozen=True)
class Seat:
    """A person in the room, with what they are there for."""

    person: User
    function: str
    organisation: Organisation


@dataclass(frozen=True)
class About:
    """The details of a room for one reader."""

    what: str
    purpose: str
    seats: list[Seat]
    read_only: str
    write: str
    partnership: Partnership | None = None
    tends: bool = False
    """Whether the reader may name and archive it."""
    mine: list[str] = field(default_factory=list)
    """The functions and kinds of bodies by which the reader is there: what a message may call them by."""
    moderates: bool = False
    """Whether the reader keeps order there."""

    @property
    def is_small(self) -> bool:
        """Whether it is shown there who is active and who writes."""
        return len(self.seats) <= MOST_PEOPLE

    @property
    def hidden(self) -> int:
        """How many are not named in the column."""
        return max(0, len(self.seats) - SHOWN)

    @property
    def shown(self) -> list[Seat]:
        """The first of the people."""
        return self.seats[:SHOWN]

    @property
    def size(self) -> str:
        """``46 people, 11 municipalities``: not all of the people come from one."""
        municipalities = {seat.organisation.pk for seat in self.seats if seat.organisation.kind in LOCAL}
        people = ngettext("%(n)s person", "%(n)s people", len(self.seats)) % {"n": len(self.seats)}
        if not municipalities:
            return people
        places = ngettext("%(n)s municipality", "%(n)s municipalities", len(municipalities))
        return _("%(people)s, %(places)s") % {"people": people, "places": places % {"n": len(municipalities)}}


LOCAL = {Organisation.Kind.MUNICIPALITY, Organisation.Kind.REGION}


def about(room: Room, reader: User, reach: Reach) -> About:
    """Everything beside the conversation; ``room`` must be visible to ``reader``, with its place."""
    rows = rows_of(room, reader, reach)
    return About(
        what=what(room),
        purpose=purpose(room),
        seats=first_seats(rows),
        mine=sorted(mine_among(rows, reader)),
        read_only=why_read_only(room, reach),
        write=write_to(room),
        partnership=room.body.partnership if room.body else room.partnership,
        tends=can_tend(reach, room),
        moderates=can_moderate(reach, room),
    )


def seats(room: Room, reader: User, reach: Reach) -> list[Seat]:
    """Each person once, by name, in the function that opens the room to them; only whom ``reader`` may see."""
    return first_seats(rows_of(room, reader, reach))


def rows_of(room: Room, reader: User, reach: Reach) -> list[Membership]:
    """The seats that open the room, in the order of their people's names."""
    if room.kind == Room.Kind.DIRECT:
        found: QuerySet[Membership] = Membership.objects.current().filter(person__in=room.party)
    else:
        found = seats_of(room, reader, reach)
    with_places = found.select_related("person", "organisation", "body")
    return list(with_places.order_by("person__name", "person", "begins", "pk"))


def mine_among(rows: Iterable[Membership], reader: User) -> set[str]:
    """The functions of the reader's own seats, and the kinds of bodies that these are in."""
    own = [row for row in rows if row.person == reader]
    return {row.function for row in own} | {row.body.kind for row in own if row.body}


def first_seats(rows: Iterable[Membership]) -> list[Seat]:
    """The oldest of each person's."""
    first: dict[int, Membership] = {}
    for seat in rows:
        first.setdefault(seat.person_id, seat)
    return [Seat(seat.person, seat.get_function_display(), seat.organisation) for seat in first.values()]


def seats_of(room: Room, reader: User, reach: Reach) -> QuerySet[Membership]:
    """The seats that open the room, of whom ``reader`` may see."""
    if room.place is None:
        return Membership.objects.none()
    found = seats_reaching(room.place).filter(person__in=people_visible_to(reader, reach).values("pk"))
    if room.kind != Room.Kind.TOPIC:
        return found
    left = ReadMarker.objects.filter(room=room, left_at__isnull=False)
    return found.exclude(person__in=left.values("user"))


def what(room: Room) -> str:
    """The line under the name."""
    if room.kind == Room.Kind.SQUARE:
        return _("Square of the network %(network)s") % {"network": room.network}
    if room.kind == Room.Kind.ANNOUNCEMENTS:
        return _("News for the network %(network)s") % {"network": room.network}
    if room.kind == Room.Kind.DIRECT:
        return _("Private conversation")
    if room.kind == Room.Kind.TOPIC:
        return _("Topic room in %(place)s") % {"place": room.whole}
    if room.body:
        return str(room.body.partnership)
    if room.partnership and room.partnership.network:
        return _("Partnership in the network %(network)s") % {"network": room.partnership.network}
    return str(room.get_kind_display())


def write_to(room: Room) -> str:
    """What stands in the empty field."""
    if room.title:
        return _("Write to %(room)s") % {"room": room.title}
    if room.kind == Room.Kind.SQUARE:
        return _("Write to the square")
    if room.body:
        return str(TO_A_BODY[Body.Kind(room.body.kind)])
    return _("Write to %(room)s") % {"room": room.name}


TO_A_BODY = {
    Body.Kind.INCEPTION: gettext_lazy("Write to the inception team"),
    Body.Kind.STEERING: gettext_lazy("Write to the steering group"),
    Body.Kind.PROJECT: gettext_lazy("Write to the project group"),
    Body.Kind.TRAINING: gettext_lazy("Write to the training team"),
}


def purpose(room: Room) -> str:
    """What it is for and who reads it, in a sentence or two."""
    if room.kind == Room.Kind.DIRECT:
        return _("Only those who are in this conversation read and write here. Nobody else sees that it exists.")
    if room.kind == Room.Kind.TOPIC:
        everybody = _("Everybody in %(place)s reads and writes here.") % {"place": room.whole}
        return f"{room.purpose} {everybody}".strip()
    if room.kind == Room.Kind.SQUARE:
        return _("Where all partnerships of the network meet. All its members read and write here.")
    if room.kind == Room.Kind.ANNOUNCEMENTS:
        return _("News from the programme. Programme officers write; all of the network reads.")
    if room.body and room.body.kind == Body.Kind.STEERING:
        return _("Only the steering group reads and writes here.")
    if room.body:
        return _("Only this group and the network’s programme officers read and write here.")
    if room.partnership:
        return _("Both sides of the partnership and the network’s programme officers read and write here.")
    return ""


def why_read_only(room: Room, reach: Reach) -> str:
    """Why there is no field to write in; nothing where there is one."""
    if can_post(reach, room):
        return until_when(room) if is_silenced(room) else ""
    if not can_see(reach, room):
        return _("You read here as an administrator, for a time. Everybody in the room knows it.")
    if room.kind == Room.Kind.DIRECT:
        return _("Nobody else reads here any more. What was said stays here to read.")
    if room.archived_at is not None:
        return _("This room is archived. What was said stays here to read.")
    if room.is_closed:
        return _("This partnership is closed. What was said stays here to read.")
    if room.kind == Room.Kind.ANNOUNCEMENTS:
        return _("Programme officers write here. To ask or answer, use the network’s square.")
    return _("You are here as an observer: you read what the others write.")


def until_when(room: Room) -> str:
    """That the reader is silenced, and so long."""
    until = in_words(room.silenced_until)  # type: ignore[attr-defined]  # annotated by with_unread
    return _("The moderators of this room let you only read until %(until)s.") % {"until": until}
