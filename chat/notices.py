"""What chat tells people: that there is news in the announcements."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.translation import pgettext as _p

from chat.members import members
from chat.models import Message, Room
from chat.things import message as card
from notifications.actions import News, Why, notify_all
from notifications.kinds import Kind, Telling, Words, register
from things import Thing

ANNOUNCEMENT = "announcement"


def tell(messages: Iterable[Message]) -> None:
    """Tell of new messages, in their transaction: those in announcements rooms everybody in the room."""
    announced = [message for message in messages if message.room.kind == Room.Kind.ANNOUNCEMENTS]
    if announced:
        people = members({message.room for message in announced})
        notify_all([News(people[one.room_id], card(one), why(ANNOUNCEMENT, one)) for one in announced])


def why(kind: str, message: Message) -> Why:
    """A message is the cause of one notification a person, whatever else it is; reading it in its room settles that."""
    cause, place = f"message:{message.pk}", f"room:{message.room_id}"
    return Why(kind, cause, place, message.number, by=message.author)


def announcement(telling: Telling) -> Words:
    """Who has news for which network, and what it is."""
    about = of(telling)
    title = _("News from %(author)s for %(network)s") % {
        "author": about.facts["author"],
        "network": about.facts["place"],
    }
    return words(about, title, action=_("Read it in the announcements"))


def words(about: Thing, title: str, action: str) -> Words:
    """The same for all that is told of a message: its own words, and one thread of mail for a room."""
    return Words(
        title, quote=about.summary, quote_language=about.facts["language"], action=action, subject=full_name(about)
    )


def full_name(about: Thing) -> str:
    """``Project group, Karlskrona–Saldanha Bay``: the room of a message, and what it belongs to."""
    place = about.facts["place"]
    if place in {"", about.title}:
        return about.title
    return _p("a room, what it belongs to", "%(room)s, %(place)s") % {"room": about.title, "place": place}


def of(telling: Telling) -> Thing:
    """The message. Raises ``LookupError`` where there is none, which no kind of ours has."""
    if telling.about is None:
        raise LookupError("a message")
    return telling.about


def sample_announcement() -> Telling:
    """Invented: registration for a training."""
    said = _("Registration for the training in Kigali is open until Friday 4 December 2026. Two places a partnership.")
    facts = {"author": "Sara Lindqvist", "number": "12", "place": "Climate", "language": ""}
    return Telling(None, Thing("message", 0, _("Announcements"), "/chat/2/?around=12#m12", said, facts))


def register_kinds() -> None:
    """Called once, when the apps are ready."""
    register(
        Kind(
            ANNOUNCEMENT,
            gettext_lazy("There is news in the announcements"),
            announcement,
            sample_announcement,
            hint=gettext_lazy("What the programme tells everybody in a network."),
        )
    )
