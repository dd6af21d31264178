"""The few words of an earlier message that stand above an answer to it, and lead there."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import User
from chat.models import Message, Room
from chat.models.rows import EPOCH
from chat.text import words_of

LONGEST = 140
"""Characters of a quote."""
MOST_PINNED = 10
"""Pinned messages listed beside a room."""


@dataclass(frozen=True)
class Quote:
    """What ``who`` said in message ``number``; ``near`` where that stands on the same page."""

    number: int
    who: str
    words: str
    language: str = ""
    near: bool = False

    @property
    def href(self) -> str:
        """The way to the message, seen from its room."""
        return f"#m{self.number}" if self.near else f"?around={self.number}#m{self.number}"


def quotes(room: Room, messages: Sequence[Message], reader: User) -> dict[int, Quote]:
    """What these messages answer, by number; one query for all that do not stand among them."""
    shown = {message.number: message for message in messages}
    wanted = {message.reply_to for message in messages if message.reply_to and not message.deleted_at}
    far = wanted - shown.keys()
    rows = Message.objects.filter(room=room, number__in=far, number__gt=room.floor).with_author() if far else ()
    near = {number: quote_of(shown[number], reader, near=True) for number in wanted & shown.keys()}
    return near | {row.number: quote_of(row, reader) for row in rows}


def quote(room: Room, number: int | None, reader: User) -> Quote | None:
    """One of them, if it is there and has words."""
    rows = Message.objects.filter(room=room, number__gt=room.floor, deleted_at=None).with_author()
    found = rows.filter(number=number).first() if number else None
    return quote_of(found, reader) if found else None


def pinned(room: Room, reader: User) -> list[Quote]:
    """The messages that are kept in sight, the last one pinned first. SQLite takes their index for a range, not for
    what is not null."""
    rows = Message.objects.filter(room=room, pinned_at__gt=EPOCH).with_author()
    return [quote_of(row, reader) for row in rows.order_by("-pinned_at")[:MOST_PINNED]]


def quote_of(message: Message, reader: User, *, near: bool = False) -> Quote:
    """The first words of a message, and whose they are."""
    if message.deleted_at:
        return Quote(message.number, who(message.author, reader), gone(message), near=near)
    words = " ".join(words_of(message.body, message.html).split()) or message.names_of_files
    short = words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
    return Quote(message.number, who(message.author, reader), short, message.language, near)


def gone(message: Message) -> str:
    """What stands where the words were."""
    if message.removed_at:
        return _("This message was removed by the moderators.")
    return _("This message was deleted.")


def who(person: User, reader: User) -> str:
    """A person, as this reader knows them."""
    return _("You") if person.pk == reader.pk else person.shown_name
