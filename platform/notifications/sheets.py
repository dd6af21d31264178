"""What the mail of one thing says, as text and as HTML: small, plain, readable where colours are turned round."""

import re
import unicodedata
from dataclasses import dataclass, replace
from textwrap import wrap
from urllib.parse import urljoin

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.text import Truncator

from notifications.kinds import Words

SUBJECT = 120
QUOTE = 1200
"""Characters of somebody's words in a mail of its own; the rest is behind the link."""
WIDTH = 72
"""Columns of the text (RFC 3676 asks for at most 78)."""
TURNING = {*range(0x202A, 0x202F), *range(0x2066, 0x206A)}
"""Signs that turn the direction of what follows them, beyond the end of a name."""
NO_TEXT = {"Cc", "Cs"}
"""Controls and halves of characters (Unicode's general categories)."""


@dataclass(frozen=True)
class Entry:
    """What is told, and where it leads."""

    words: Words
    link: str

    @property
    def quoted(self) -> str:
        """The quote as lines of a text mail, each after ``> ``."""
        lines = [part for whole in self.words.quote.splitlines() for part in folded(whole)]
        return "\n".join(f"> {each}".rstrip() for each in lines)


@dataclass(frozen=True)
class Sheet:
    """A whole mail. ``label`` says why it came; ``stop`` and ``choices`` are the links of its foot, empty where there
    is nothing to choose."""

    subject: str
    entry: Entry
    label: str
    stop: str = ""
    choices: str = ""
    answerable: bool = False

    def text(self) -> str:
        """The plain part, in the current language."""
        made = render_to_string("notifications/mail.txt", {"sheet": self})
        return re.sub(r"\n{3,}", "\n\n", made).strip() + "\n"

    def html(self) -> str:
        """The HTML part, in the current language."""
        made = render_to_string("notifications/mail.html", {"sheet": self})
        return re.sub(r"\n\s*\n", "\n", made).strip() + "\n"


def entry(words: Words, url: str) -> Entry:
    """One thing, its quote cut short, everything without what is no text. ``url`` is on this site or whole; the words
    may know a better one."""
    quote = Truncator(clean(words.quote).strip()).chars(QUOTE)
    said = replace(words, title=line(words.title), text=clean(words.text), quote=quote, action=line(words.action))
    return Entry(said, urljoin(settings.PUBLIC_URL, words.url or url))


def line(text: str, longest: int = SUBJECT) -> str:
    """One line of at most ``longest`` characters, whatever stands in a name or a title."""
    return Truncator(" ".join(clean(text).split())).chars(longest)


def clean(text: str) -> str:
    """Text without control characters, halves of characters, and signs that turn the direction of what follows."""
    return "".join(sign for sign in text if is_text(sign))


def is_text(sign: str) -> bool:
    """Whether a character may stand in a mail."""
    return sign in "\n\t" or (unicodedata.category(sign) not in NO_TEXT and ord(sign) not in TURNING)


def folded(whole: str) -> list[str]:
    """A line as lines of a mail; addresses stay whole."""
    return wrap(whole, WIDTH, break_long_words=False, break_on_hyphens=False) or [""]
