"""What chat tells people: that they are mentioned or answered, and of news in threads and announcements."""

from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.translation import pgettext as _p

from accounts.models import User
from chat.answering import Told
from chat.broadcasts import topic
from chat.members import Members
from chat.models import Message, Room
from chat.things import message as card
from notifications.actions import News, Why, notify_all, settle_things
from notifications.kinds import Kind, Telling, When, Words, register
from things import Thing

MENTION = "mention"
REPLY = "reply"
THREAD = "thread"
ANNOUNCEMENT = "announcement"
DIRECT = "direct"
READ_FIRST = timedelta(minutes=10)
"""So long a mail waits for the person to read it here."""


def tells_everybody(room: Room) -> bool:
    """True where each message is news for all in the room."""
    return room.kind in {Room.Kind.ANNOUNCEMENTS, Room.Kind.DIRECT}


def tell(messages: Iterable[Message], people: Members, threads: Mapping[Message, Told] | None = None) -> None:
    """Tell of new messages, in their transaction: whom each mentions or answers, of announcements everybody else, and
    those who follow its thread. ``people`` are those of the rooms where anybody is told."""
    if not people:
        return
    news: list[News] = []
    for message in messages:
        told = (threads or {}).get(message, Told())
        inside = people.get(message.room_id, [])
        for kind, heard in (
            (MENTION, message.reached),
            (told_as(message.room), [one.pk for one in inside] if tells_everybody(message.room) else []),
            (REPLY, [told.answered] if told.answered else []),
            (THREAD, told.followers),
        ):
            if heard:
                news.append(News(among(inside, heard), card(message), why(kind, message)))
    if news:
        notify_all(news)


def among(people: Iterable[User], ids: Collection[int]) -> list[User]:
    """Those of the room's people who are to hear of it: nobody else is told, whatever the ids say."""
    wanted = set(ids)
    return [one for one in people if one.pk in wanted]


def thread_read(user: User, room: Room, root: int, upto: int) -> None:
    """What ``user`` was told of a thread's messages up to ``upto`` is settled."""
    said = Message.objects.filter(room=room, number__lte=upto).filter(Q(thread=root) | Q(number=root))
    settle_things(user, "message", said.values_list("pk", flat=True))


def told_as(room: Room) -> str:
    """The kind of what is told to everybody."""
    return DIRECT if room.kind == Room.Kind.DIRECT else ANNOUNCEMENT


def why(kind: str, message: Message) -> Why:
    """A message is told to a person once, whatever it is to them; reading it in its room settles that."""
    return Why(kind, f"message:{message.pk}", topic(message.room_id), message.number, by=message.author)


def mention(telling: Telling) -> Words:
    """Who calls the person, and where."""
    about = message_of(telling)
    said = {"author": about.facts["author"], "room": full_name(about)}
    return words(about, _("%(author)s mentioned you in %(room)s") % said, _("Read and answer"))


def direct(telling: Telling) -> Words:
    """Who writes to the person."""
    about = message_of(telling)
    return words(about, _("%(author)s wrote to you") % {"author": about.facts["author"]}, _("Read and answer"))


def reply(telling: Telling) -> Words:
    """Who answers the person's own words, and where."""
    about = message_of(telling)
    said = {"author": about.facts["author"], "room": full_name(about)}
    return words(about, _("%(author)s replied to you in %(room)s") % said, _("Read and answer"))


def thread(telling: Telling) -> Words:
    """Who says something in a thread that the person follows."""
    about = message_of(telling)
    said = {"author": about.facts["author"], "room": full_name(about)}
    return words(about, _("%(author)s wrote in a thread that you follow in %(room)s") % said, _("Read and answer"))


def announcement(telling: Telling) -> Words:
    """Who has news for which network."""
    about = message_of(telling)
    said = {"author": about.facts["author"], "network": about.facts["place"]}
    return words(about, _("News from %(author)s for %(network)s") % said, _("Read the announcements"))


def words(about: Thing, title: str, action: str) -> Words:
    """The same for all that is told of a message: its own words, and one thread of mail for a room."""
    language = about.facts["language"]
    return Words(title, quote=about.summary, quote_language=language, action=action, subject=full_name(about))


def full_name(about: Thing) -> str:
    """``Project group, Karlskrona–Saldanha Bay``: the room of a message, and what it belongs to."""
    place = about.facts["place"]
    if place in {"", about.title}:
        return about.title
    return _p("a room, what it belongs to", "%(room)s, %(place)s") % {"room": about.title, "place": place}


def message_of(telling: Telling) -> Thing:
    """The message. Raises ``LookupError`` where there is none, which is never so in these kinds."""
    if telling.about is None:
        raise LookupError("a message")
    return telling.about


def sample_mention() -> Telling:
    """Invented: a question to somebody in a project group."""
    said = _("@Erik Lund, can you send me the figures for March? We need them for the report.")
    return sample("Amina Juma", _("Project group"), "Karlskrona–Saldanha Bay", said)


def sample_direct() -> Telling:
    """Invented: a word beforehand."""
    said = _("Can we speak for ten minutes before the meeting? I have a question about the budget.")
    return sample("Amina Juma", _("Private conversation"), "", said)


def sample_reply() -> Telling:
    """Invented: an answer in a project group."""
    said = _("The figures for March are in the report of last week, on page four.")
    return sample("Erik Lund", _("Project group"), "Karlskrona–Saldanha Bay", said)


def sample_announcement() -> Telling:
    """Invented: a training."""
    said = _("You can now register for the training in Kigali. Each partnership has two places.")
    return sample("Sara Lindqvist", _("Announcements"), "Climate", said)


def sample(author: str, room: str, place: str, said: str) -> Telling:
    """A telling of a message that nobody wrote."""
    facts = {"author": author, "number": "12", "place": place, "language": ""}
    return Telling(None, Thing("message", 0, room, "/chat/", said, facts))


def register_kinds() -> None:
    """Called once, when the apps are ready."""
    register(
        Kind(
            MENTION,
            gettext_lazy("Somebody mentions you"),
            mention,
            sample_mention,
            mail_after=READ_FIRST,
            hint=gettext_lazy("A mail comes only if you have not read it here after ten minutes."),
            icon="talk",
        )
    )
    register(
        Kind(
            REPLY,
            gettext_lazy("Somebody replies to you"),
            reply,
            sample_reply,
            mail_after=READ_FIRST,
            hint=gettext_lazy("A mail comes only if you have not read it here after ten minutes."),
            icon="reply",
        )
    )
    register(
        Kind(
            THREAD,
            gettext_lazy("News in a thread that you follow"),
            thread,
            sample_reply,
            when=When.DIGEST,
            mail_after=READ_FIRST,
            hint=gettext_lazy("You follow what you begin or answer, until you leave it."),
            icon="reply",
        )
    )
    register(
        Kind(
            ANNOUNCEMENT,
            gettext_lazy("News in the announcements"),
            announcement,
            sample_announcement,
            hint=gettext_lazy("What the programme tells everybody in a network."),
            icon="horn",
        )
    )
    register(
        Kind(
            DIRECT,
            gettext_lazy("Somebody writes to you alone or in a small group"),
            direct,
            sample_direct,
            mail_after=READ_FIRST,
            hint=gettext_lazy("A mail comes only if you have not read it here after ten minutes."),
            icon="person",
        )
    )
