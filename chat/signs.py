"""The signs that the page offers as an answer, each with its name in words; any other sign is shown as it came."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chat.models import Message

SIGNS: dict[str, Promise] = {
    "👍": _("Thumbs up"),
    "✅": _("Done"),
    "❤️": _("Heart"),
    "🎉": _("Celebration"),
    "👀": _("I am looking at it"),
    "🙏": _("Thank you"),
}


@dataclass(frozen=True)
class Sign:
    """One sign at a message: how often, by whom (the first fifty ids), and whether the reader is among them."""

    emoji: str
    name: str
    count: int
    users: list[int]
    mine: bool


def signs_at(message: Message, reader: User) -> list[Sign]:
    """The signs that stand at a message, the first one first."""
    return [
        Sign(one["emoji"], name_of(one["emoji"]), one["count"], one["users"], reader.pk in one["users"])
        for one in message.reactions
    ]


def name_of(emoji: str) -> str:
    """What a sign is called; one that the page does not offer is its own name."""
    return str(SIGNS.get(emoji, emoji))
