"""Messages go to push services, several at once: each encrypted for its browser, with what the service answers.

No answer is followed elsewhere, read at length or waited for long.
"""

import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import Enum, auto
from http import HTTPStatus
from http.cookiejar import DefaultCookiePolicy

import requests
from pywebpush import WebPusher
from requests.adapters import HTTPAdapter

from notifications.models import Subscription
from notifications.push.hosts import host_of, is_known
from notifications.push.message import Message
from notifications.push.vapid import authorization

TIMEOUT = (5, 5)
"""Seconds to connect, and to wait for an answer."""
SIDE_BY_SIDE = 8
LIFE = 24 * 60 * 60
"""Seconds that a service keeps a message for a device that is off. What is older stands under the bell."""
BODY = 1000
"""Bytes of an answer that are read; what is longer ends the connection."""
LONGEST_WAIT = timedelta(hours=6)
"""However long a service asks to be left alone."""


logger = logging.getLogger("exchange.push")


class Outcome(Enum):
    """What became of one message to one browser."""

    TAKEN = auto()
    GONE = auto()
    """The browser takes none any more."""
    LATER = auto()
    REFUSED = auto()


@dataclass(frozen=True)
class Answer:
    """An outcome, in the service's own words, and how long it asks to be left alone."""

    outcome: Outcome
    words: str = ""
    wait: timedelta = timedelta()


@dataclass(frozen=True)
class Push:
    """One message on its way to one browser."""

    subscription: Subscription
    message: Message


def post_all(pushes: Sequence[Push]) -> list[Answer]:
    """Hand them over; the answers in their order. Touches no database."""
    with Line() as line, ThreadPoolExecutor(SIDE_BY_SIDE, "push") as threads:
        return list(threads.map(line.post, pushes))


class Line:
    """The connections of one round. A service that does not answer is not asked again in it."""

    def __init__(self) -> None:
        self.session = requests.Session()
        self.session.mount("https://", HTTPAdapter(pool_maxsize=SIDE_BY_SIDE))
        self.session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        self.silent: dict[str, Answer] = {}

    def __enter__(self) -> "Line":
        return self

    def __exit__(self, *_: object) -> None:
        self.session.close()

    def post(self, push: Push) -> Answer:
        """Hand one over, shorter if it is too long for the service."""
        host = host_of(push.subscription.endpoint)
        if not is_known(push.subscription.endpoint):
            return Answer(Outcome.REFUSED, f"{host or 'the address'} is no push service that is known here")
        if host in self.silent:
            return self.silent[host]
        try:
            answer = self.hand_over(push, push.message.payload())
            if answer.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
                answer = self.hand_over(push, push.message.short())
        except requests.RequestException as problem:
            return self.silent.setdefault(host, Answer(Outcome.LATER, f"{host}: {type(problem).__name__}"))
        except Exception as problem:  # one message that cannot be encrypted must not keep the others
            logger.exception("A push could not be written (device %d).", push.subscription.pk)
            return Answer(Outcome.REFUSED, f"{type(problem).__name__}: {problem}")
        return read(answer, host)

    def hand_over(self, push: Push, payload: bytes) -> requests.Response:
        """One request. The answer's status says everything; a short body is read so that the connection can go on."""
        answer = self.session.post(
            push.subscription.endpoint,
            data=encrypted(push.subscription, payload),
            headers=headers(push),
            auth=lambda request: request,  # else a .netrc could replace our own authorization
            timeout=TIMEOUT,
            allow_redirects=False,
            stream=True,
        )
        answer.raw.read(BODY, decode_content=False)
        answer.close()
        return answer


def encrypted(subscription: Subscription, payload: bytes) -> bytes:
    """So that only this browser can read it."""
    keys = {"p256dh": subscription.p256dh, "auth": subscription.auth}
    return bytes(WebPusher({"endpoint": subscription.endpoint, "keys": keys}).encode(payload)["body"])


def headers(push: Push) -> dict[str, str]:
    """Urgency *normal* is what RFC 8030 has for chat and calendar messages: a sleeping phone wakes for it, one that is
    about to run out of power does not."""
    return {
        "Authorization": authorization(push.subscription.endpoint),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(LIFE),
        "Topic": push.message.topic,
        "Urgency": "normal",
    }


def read(answer: requests.Response, host: str) -> Answer:
    """What a service's answer means (RFC 8030, 5 and 7.3)."""
    status, words = answer.status_code, f"{host}: {answer.status_code} {answer.reason or ''}".strip()
    if status < 300:
        return Answer(Outcome.TAKEN)
    if status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
        return Answer(Outcome.GONE, words)
    if status == HTTPStatus.TOO_MANY_REQUESTS or status >= 500:
        return Answer(Outcome.LATER, words, wait(answer.headers.get("Retry-After", "")))
    return Answer(Outcome.REFUSED, words)


def wait(asked: str) -> timedelta:
    """``Retry-After``: seconds, or a moment (RFC 9110, 10.2.3)."""
    try:
        if asked.isascii() and asked.isdigit():
            found = timedelta(seconds=int(asked[:9]))
        else:
            found = parsedate_to_datetime(asked) - datetime.now(UTC)
    except (TypeError, ValueError):
        return timedelta()
    return min(max(found, timedelta()), LONGEST_WAIT)
