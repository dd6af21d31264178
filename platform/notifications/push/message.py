"""What a push says: a title, one line, where it leads. Encrypted it has to fit into 4,096 bytes (RFC 8291, 4), and
somebody pays for each of them."""

import json
from base64 import urlsafe_b64encode
from dataclasses import dataclass, replace

from django.utils.crypto import salted_hmac
from django.utils.text import Truncator

from accounts.models import User
from notifications.telling import Told

TITLE = 100
LINE = 140
"""Characters: what a locked screen shows."""
SHORT_TITLE = 50


@dataclass(frozen=True)
class Message:
    """One message, the same for all of a person's devices. ``id`` is the notification's; ``tag`` lets a browser
    replace what it shows of the same cause, and ``topic`` a service what it could not hand over yet (RFC 8030, 5.4):
    it says nothing to the service."""

    id: int
    title: str
    line: str
    url: str
    tag: str
    language: str
    topic: str

    def payload(self) -> bytes:
        """As the service worker reads it (``exchange/worker/push.js``)."""
        said = {"id": self.id, "title": self.title, "body": self.line, "url": self.url, "tag": self.tag}
        return json.dumps({**said, "lang": self.language}, ensure_ascii=False, separators=(",", ":")).encode()

    def short(self) -> bytes:
        """For a service that takes less than the standard asks of it."""
        return replace(self, title=Truncator(self.title).chars(SHORT_TITLE), line="").payload()


def message(told: Told, person: User) -> Message:
    """What ``person`` is told, in the current language. Whoever saves data gets nobody's own words."""
    words, cause = told.words, told.notification.cause
    line = words.text if person.data_saver or not words.quote else words.quote
    return Message(
        id=told.notification.pk,
        title=Truncator(one_line(words.title)).chars(TITLE),
        line=Truncator(one_line(line)).chars(LINE),
        url=told.url,
        tag=cause,
        language=person.language,
        topic=topic(person, cause),
    )


def one_line(text: str) -> str:
    """Without breaks or runs of blanks."""
    return " ".join(text.split())


def topic(person: User, cause: str) -> str:
    """32 characters of base64url that say nothing to who does not hold our secret."""
    digest = salted_hmac("notifications.push.topic", f"{person.pk}:{cause}", algorithm="sha256").digest()
    return urlsafe_b64encode(digest[:24]).decode()
