"""Where a question is put: the nearest room that asker and asked share, and the words that the field begins with."""

from urllib.parse import urlencode

from django.conf import settings
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accounts.models import User
from chat.models import Room
from chat.permissions import can_post
from chat.text import encodable
from partnerships.permissions import Reach
from things import Thing

LONGEST = 500
"""Characters that an address may bring into the field of a room."""

NEAREST = (Room.Kind.BODY, Room.Kind.PARTNERSHIP, Room.Kind.SQUARE)


def room_to_ask(asker: User, reach: Reach, person: User | None = None, network: int | None = None) -> Room | None:
    """The smallest room in which ``asker`` writes and ``person`` reads; for a question to nobody in particular the
    widest, that of ``network`` before other squares. None where there is no such room."""
    order = NEAREST if person else NEAREST[::-1]
    rooms = Room.objects.visible_to(asker, reach).with_place().filter(kind__in=order)
    if person:
        rooms = rooms.filter(pk__in=Room.objects.visible_to(person).values("pk"))
    writable = [room for room in rooms.order_by("pk") if can_post(reach, room)]
    return min(writable, key=lambda room: (order.index(Room.Kind(room.kind)), room.network_id != network), default=None)


def question(person: User | None, about: Thing | None, words: str = "") -> str:
    """What the field begins with; the asker writes on."""
    told = {"name": person.name if person else "", "title": about.title if about else words}
    told["address"] = settings.PUBLIC_URL + about.url if about else ""
    if person and about:
        return _("@%(name)s – about “%(title)s” <%(address)s>: ") % told
    if person:
        return f"@{person.name} "
    if about:
        return _("About “%(title)s” <%(address)s>: ") % told
    return _("Who knows about “%(title)s”? ") % told if words else ""


def asking_in(room: Room, words: str) -> str:
    """The address of ``room`` with ``words`` in its field."""
    begun = "?" + urlencode({"draft": words}) if words else ""
    return f"{room.get_absolute_url()}{begun}#latest"


def draft_of(words: str) -> str:
    """What an address brought, as it may stand in the field: plain, bounded, storable."""
    return Truncator(words).chars(LONGEST) if encodable(words) and "\0" not in words else ""
