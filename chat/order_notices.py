"""What is told by those who keep order in rooms, and to them."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from chat.broadcasts import topic
from chat.models import Deed, Message
from chat.notices import message_of, sample, words
from chat.things import card as room_card
from chat.things import message as message_card
from chat.times import in_words
from notifications.actions import Why, notify
from notifications.kinds import Kind, Telling, Words, register
from things import Thing

FLAG = "flag"
DEED = "moderation"


def tell_of_flag(keepers: Iterable[User], message: Message) -> None:
    """To those who keep order, once a message, however many flag it."""
    address = f"{message.room.get_absolute_url()}moderation/"
    why = Why(FLAG, f"flag:{message.pk}", topic(message.room_id), message.number, facts={"address": address})
    notify(keepers, message_card(message), why)


def tell_of_deed(people: Iterable[User], deed: Deed) -> None:
    """To whom it concerns, once."""
    facts = {"verb": deed.verb, "reason": deed.reason, "until": deed.until.isoformat() if deed.until else ""}
    facts["who"] = deed.by.name
    notify(people, room_card(deed.room), Why(DEED, f"deed:{deed.pk}", facts=facts))


def flag(telling: Telling) -> Words:
    """That somebody should look at a message."""
    about = message_of(telling)
    said = words(about, _("A message in %(room)s was flagged") % {"room": about.title}, _("Look at it"))
    return Words(**{**said.__dict__, "url": telling.facts.get("address", "")})


def deed(telling: Telling) -> Words:
    """What was done, why, and until when."""
    if telling.about is None:
        raise LookupError("a room")
    facts, room = telling.facts, telling.about.title
    until = in_words(datetime.fromisoformat(facts["until"])) if facts["until"] else ""
    said = {"room": room, "until": until, "who": facts.get("who", "")}
    title = {
        Deed.Verb.REMOVED: _("Your message in %(room)s was removed by the moderators"),
        Deed.Verb.SILENCED: _("You only read in %(room)s until %(until)s"),
        Deed.Verb.LIFTED: _("You can write in %(room)s again"),
        Deed.Verb.ENTERED: _("The administrator %(who)s reads in %(room)s until %(until)s"),
        Deed.Verb.WENT: _("The administrator %(who)s reads in %(room)s no longer"),
    }[Deed.Verb(facts["verb"])]
    text = _("Why: %(reason)s") % {"reason": facts["reason"]} if facts["reason"] else ""
    return Words(title % said, text, action=_("Open the room"), subject=room)


def sample_flag() -> Telling:
    """Invented: a rude message."""
    return sample("Amina Juma", _("Project group"), "Karlskrona–Saldanha Bay", _("You never read what I send you."))


def sample_deed() -> Telling:
    """Invented: a day of silence."""
    until = timezone.now().replace(hour=14, minute=0, second=0, microsecond=0).isoformat()
    facts = {"verb": "silenced", "reason": _("Please come back calmly tomorrow."), "until": until}
    return Telling(None, Thing("room", 0, _("Project group"), "/chat/"), facts)


def register_kinds() -> None:
    """Called once, when the apps are ready."""
    flagged = gettext_lazy("A message in a room that you moderate was flagged")
    register(Kind(FLAG, flagged, flag, sample_flag, icon="warn"))
    moderated = gettext_lazy("Something was moderated that concerns you")
    register(Kind(DEED, moderated, deed, sample_deed, may_choose=False, icon="info"))
