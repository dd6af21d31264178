"""What a message's words must be before anything is done with them, and whether they need HTML at all."""

import re
from html import unescape

from django.utils.html import strip_tags

from prose import Mark, render

LONGEST = 8000
"""Characters in one message."""

BREAKS = re.compile(r"(?:</(?:p|li|tr|pre|blockquote|h[34])>|<br\s*/?>|<hr\s*/?>)\n?")
MOST_JOINED = 16
PICTURE = "[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
TINGE = "[\U0001f3fb-\U0001f3ff\ufe0f\u20e3\U000e0020-\U000e007f]*"
EMOJI = re.compile(f"(?:[0-9#*]\ufe0f?\u20e3|{PICTURE}{TINGE}(?:\u200d{PICTURE}{TINGE})*|[\U0001f1e6-\U0001f1ff]{{2}})")

SIGNS = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"  # controls, other spaces
    r"\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff*_~`\[\]<>&\\|@#]|//|:\S"
)
BEGINNINGS = re.compile(r"^ *(?:[-+=]|\d+[.)])|^ {4}", re.MULTILINE)
"""What Markdown, an address or a mention may begin with, or an HTML parser changes: without these words are only words.
Two patterns, one of them without ``^``: so Python looks for each first character alone, six times as quick."""

LINES = re.compile(r"</?p>|<br\s*/?>")


def problem(body: str) -> str:
    """The code of what is wrong with ``body``: ``bad_text`` (U+0000 or a lone surrogate, which JSON lets through
    and no database takes), ``empty``, ``too_long``; or nothing."""
    if "\x00" in body or not encodable(body):
        return "bad_text"
    if not body.strip():
        return "empty"
    return "too_long" if len(body) > LONGEST else ""


def is_emoji(text: str) -> bool:
    """True for one sign, joined and coloured as it may be (Unicode TS 51, loosely): a symbol or a key, its modifiers,
    and what these are joined to."""
    return 0 < len(text) <= MOST_JOINED and EMOJI.fullmatch(text) is not None and any(ord(one) > 0xA8 for one in text)


def encodable(body: str) -> bool:
    """False with a lone surrogate."""
    try:
        body.encode()
    except UnicodeEncodeError:
        return False
    return True


def is_plain(body: str) -> bool:
    """True for words that HTML would only say again; not for all of these."""
    return SIGNS.search(body) is None and BEGINNINGS.search(body) is None


def html_of(body: str, mark: Mark | None = None, zone: str = "") -> str:
    """Clean HTML of a message, with what ``mark`` finds standing out and times by the clock of ``zone``; empty when it
    would only say what the plain text says. Most messages are plain; a look at their signs spares these the work,
    which is most of that of a message."""
    if is_plain(body):
        return ""
    made = render(body, headings=False, mark=mark, zone=zone)
    return "" if unescape(LINES.sub(" ", made)).split() == body.split() else str(made)


def words_of(body: str, html: str) -> str:
    """The plain words of a message, line by line; ``html`` is what ``html_of`` made of it."""
    if not html:
        return body.strip()
    bullets = BREAKS.sub("\n", html.replace("<li>", "• ").replace("</td>", " ").replace("</th>", " "))
    lines = (" ".join(line.split()) for line in unescape(strip_tags(bullets)).splitlines())
    return "\n".join(line for line in lines if line and line != "•")
