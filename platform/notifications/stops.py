"""What "not again" means in one mail: whose, of which kind and place. Signed, so that it works without signing in."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import timedelta
from urllib.parse import urljoin

from django.conf import settings
from django.core import signing
from django.urls import reverse

SIGNER = signing.Signer(salt="notifications.stop", sep=".")
UNDO = "notifications.stop.undo"
UNDO_FOR = timedelta(days=1)

Chosen = tuple[str, str, str]
"""Kind, place, and what the person had chosen for exactly this; empty where nothing."""


@dataclass(frozen=True)
class Stop:
    """``kind`` in ``place``, or everywhere where there is no place; without a kind the person's whole digest."""

    person: int
    kind: str = ""
    place: str = ""

    @property
    def token(self) -> str:
        """The signed form, of letters, digits, ``-``, ``_`` and one ``.``; it does not run out."""
        return SIGNER.sign_object(list(astuple(self)))

    @property
    def url(self) -> str:
        """The page that asks, and the address for one click (RFC 8058)."""
        return urljoin(settings.PUBLIC_URL, reverse("notifications:unsubscribe", args=[self.token]))


def read(token: str) -> Stop | None:
    """What the token says; None for one that is not ours."""
    try:
        person, kind, place = SIGNER.unsign_object(token)
    except (signing.BadSignature, ValueError):
        return None
    return Stop(person, kind, place)


def undo_token(person: int, before: Sequence[Chosen]) -> str:
    """How it was, for the button that takes it back; good for a day."""
    return signing.dumps([person, before], salt=UNDO, compress=True)


def read_undo(token: str, person: int) -> list[Chosen] | None:
    """How it was; None for a token that is not ours, not this person's or too old."""
    try:
        whose, before = signing.loads(token, salt=UNDO, max_age=UNDO_FOR)
    except (signing.BadSignature, ValueError):
        return None
    return [(kind, place, when) for kind, place, when in before] if whose == person else None
