"""What a mail says, as text and as HTML: small, plain, without pictures, readable where colours are turned round."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from textwrap import wrap
from urllib.parse import urljoin

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator

from notifications.kinds import Words
from prose import render

SUBJECT = 120
QUOTE = 1200
"""Characters of somebody's words in a mail of its own; the rest is behind the link."""
QUOTE_IN_DIGEST = 280
WIDTH = 72
"""Columns of the text (RFC 3676 asks for at most 78)."""
TURNED = {*range(0x202A, 0x202F), *range(0x2066, 0x206A)}
"""Signs that turn the direction of what follows them, beyond the end of their own name."""


@dataclass(frozen=True)
class Entry:
    """One thing that is told."""

    words: Words
    url: str
    """On this site, or whole."""
    when: datetime | None = None

    @property
    def link(self) -> str:
        """The address in full."""
        return urljoin(settings.PUBLIC_URL, self.url)

    @property
    def title(self) -> str:
        """One line."""
        return line(self.words.title)

    @property
    def quoted(self) -> str:
        """The quote as lines of a text mail, each after ``> ``."""
        lines = [part for whole in self.words.quote.splitlines() for part in folded(whole)]
        return "\n".join(f"> {each}".rstrip() for each in lines)

    @property
    def quote(self) -> SafeString:
        """The quote as clean HTML. Addresses of this site are made whole: a mail stands elsewhere."""
        return mark_safe(render(self.words.quote, headings=False).replace('href="/', f'href="{settings.PUBLIC_URL}/'))


@dataclass(frozen=True)
class Sheet:
    """A whole mail. ``label`` is the kind's; ``stop`` and ``choices`` are the links of its foot, empty where there is
    nothing to choose. ``heading`` stands above the entries of a digest."""

    subject: str
    entries: Sequence[Entry]
    label: str
    stop: str = ""
    choices: str = ""
    answerable: bool = False
    heading: str = ""

    def text(self) -> str:
        """The plain part, in the current language."""
        made = render_to_string("notifications/mail.txt", {"sheet": self})
        return re.sub(r"\n{3,}", "\n\n", made).strip() + "\n"

    def html(self) -> str:
        """The HTML part, in the current language."""
        return render_to_string("notifications/mail.html", {"sheet": self}).strip() + "\n"


def entry(words: Words, url: str, when: datetime | None = None, longest: int = QUOTE) -> Entry:
    """One thing, its quote shortened to ``longest`` characters and without signs that are no text."""
    text, quote = clean(words.text), Truncator(clean(words.quote)).chars(longest)
    return Entry(replace(words, text=text, quote=quote), words.url or url, when)


def line(text: str, longest: int = SUBJECT) -> str:
    """One line of at most ``longest`` characters, whatever stands in a name or a title."""
    return Truncator(" ".join(clean(text).split())).chars(longest)


def clean(text: str) -> str:
    """Text without control characters, halves of characters, and signs that turn the direction of what follows."""
    kept = (sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in {"Cc", "Cs"})
    return "".join(sign for sign in kept if ord(sign) not in TURNED)


def folded(whole: str) -> list[str]:
    """A line as lines of a mail; addresses stay whole."""
    return wrap(whole, WIDTH, break_long_words=False, break_on_hyphens=False) or [""]
