"""One mail taken apart, whatever it is: its headers, its own words, whether files came with it.

The standard library's older interface (``compat32``) is used on purpose: it hands out headers as they are, where the
newer one interprets them and fails on broken ones.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from functools import cached_property
from hashlib import sha256

from notifications.incoming.hypertext import text_of_html
from notifications.incoming.texts import decode, tidy, unflowed

MOST_PARTS = 200
MOST_LEVELS = 40
OVERLONG = re.compile(rb"^content-type:(?:[^\n]|\n[ \t]){5000}", re.IGNORECASE | re.MULTILINE)
"""The parser takes the square of the length of such a header."""
MOST_HEADERS = 2000
LONGEST_HEADER = 20_000
DEEPEST = 20
LOGO = 60_000
"""Characters (base64) up to which a picture within the text is taken for a logo, and not for something sent along."""
CHANGED_BY_READERS = re.compile(
    rb"^(status|x-status|x-keywords|x-uid|x-imap|x-mozilla[a-z0-9-]*)\s*:.*\r?\n", re.I | re.M
)
SIGNATURES = {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"}


@dataclass(frozen=True)
class Body:
    """The words of one part, and whether they were plain."""

    text: str
    is_plain: bool


class Mail:
    """A mail as it came in; making one never fails."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.message, self.readable = parse(raw)

    @cached_property
    def headers(self) -> dict[str, list[str]]:
        """Header name in small letters → its values on one line each, in their order."""
        found: dict[str, list[str]] = defaultdict(list)
        for name, value in list(self.message.items())[:MOST_HEADERS]:
            found[name.lower()].append(one_line(value))
        return found

    def all(self, *names: str) -> list[str]:
        """Every value of these headers."""
        return [value for name in names for value in self.headers.get(name.lower(), [])]

    def first(self, name: str) -> str:
        """The uppermost value, or nothing."""
        return next(iter(self.all(name)), "")

    @property
    def message_id(self) -> str:
        """``<…@…>``, or empty."""
        found = re.search(r"<[!-;=?-~]{1,250}>", self.first("Message-ID"))
        return found.group() if found else ""

    @cached_property
    def identity(self) -> str:
        """What makes it the same mail, however often and from wherever it is read: its Message-ID, or else every byte
        that programs do not change while it lies in a mailbox."""
        if not self.message_id:
            return sha256(CHANGED_BY_READERS.sub(b"", self.raw)).hexdigest()
        return f"{self.message_id} {self.first('From')} {self.first('Date')}"

    @cached_property
    def text(self) -> str:
        """Its own words as plain text, quotes and all."""
        bodies = list(bodies_of(self.message)) if self.readable else []
        return tidy("\n\n".join(body.text for body in bodies if body.text.strip()))

    @cached_property
    def has_attachments(self) -> bool:
        """True when a file came with it, as far as it was read."""
        return self.readable and any(is_attachment(part, parent) for part, parent in leaves(self.message))


def parse(raw: bytes) -> tuple[Message, bool]:
    """The message, and whether its parts can be used. Parts within parts beyond any sense are not looked at."""
    parser = BytesParser(policy=compat32)
    if is_sane(raw):
        with suppress(Exception):  # the parser fails in many ways on what is no mail
            return parser.parsebytes(raw), True
    return parser.parsebytes(raw, headersonly=True), False


def is_sane(raw: bytes) -> bool:
    """Whether a person's program may have made it: the parser looks at each line once for every level."""
    kinds = re.findall(rb"^content-type:\s*([a-z]*)", raw, re.IGNORECASE | re.MULTILINE)
    levels = sum(kind.lower() == b"multipart" for kind in kinds)
    return len(kinds) <= MOST_PARTS and levels <= MOST_LEVELS and not OVERLONG.search(raw)


def one_line(value: object) -> str:
    """A header's value without its folds, of a length that may be searched: the beginning and the end."""
    text = " ".join(str(value).split())
    half = LONGEST_HEADER // 2
    return text if len(text) <= LONGEST_HEADER else f"{text[:half]} {text[-half:]}"


def children(part: Message) -> list[Message]:
    """The parts of a part that are mails or parts themselves."""
    payload = part.get_payload()
    return [child for child in payload if isinstance(child, Message)] if isinstance(payload, list) else []


def leaves(part: Message, parent: str = "", depth: int = 0) -> Iterator[tuple[Message, str]]:
    """Every part that holds no others, with the type of what holds it. A mail within the mail is one."""
    if part.get_content_maintype() != "multipart" or depth > DEEPEST:
        yield part, parent
        return
    for child in children(part):
        yield from leaves(child, part.get_content_subtype(), depth + 1)


def is_attachment(part: Message, parent: str) -> bool:
    """True for what somebody has put beside their words. A small picture that the words show is a logo."""
    if part.get_content_disposition() == "attachment":
        return part.get_content_type() not in SIGNATURES
    if part.get_content_maintype() in {"text", "multipart"} or part.get_content_type() in SIGNATURES:
        return False
    return parent != "related" or len(str(part.get_payload())) > LOGO


def bodies_of(part: Message, depth: int = 0) -> Iterator[Body]:
    """The words of a part: of alternatives the plain one, of a picture with its page the page, otherwise all."""
    kind, subtype = part.get_content_maintype(), part.get_content_subtype()
    if kind == "multipart":
        if depth < DEEPEST:
            choices = [list(bodies_of(child, depth + 1)) for child in children(part)]
            yield from chosen(choices, subtype)
    elif kind == "text" and subtype in {"plain", "html"} and part.get_content_disposition() != "attachment":
        yield Body(words_of(part), subtype == "plain")


def chosen(choices: list[list[Body]], subtype: str) -> list[Body]:
    """Of the children of a part those whose words count."""
    spoken = [bodies for bodies in choices if any(body.text.strip() for body in bodies)]
    if subtype in {"alternative", "related", "signed"}:
        plain = [bodies for bodies in spoken if any(body.is_plain and body.text.strip() for body in bodies)]
        return next(iter(plain or spoken), [])
    return [body for bodies in spoken for body in bodies]


def words_of(part: Message) -> str:
    """The text of one part."""
    kind = one_line(part.get("Content-Type", "")).lower()
    text = decode(content(part), kind)
    if part.get_content_subtype() == "html":
        return text_of_html(text)
    if re.search(r"format\s*=\s*\"?flowed", kind):
        return unflowed(text, re.search(r"delsp\s*=\s*\"?yes", kind) is not None)
    return text


def content(part: Message) -> bytes:
    """The bytes of a part, its transfer encoding undone as far as it is one."""
    try:
        data = part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError):
        data = None
    return data if isinstance(data, bytes) else b""
