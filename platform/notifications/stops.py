"""What "not again" means in one mail: whose, of which kind and place. Signed, so that it works without signing in."""

from dataclasses import astuple, dataclass
from urllib.parse import urljoin

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

SIGNER = Signer(salt="notifications.stop", sep=".")


@dataclass(frozen=True)
class Stop:
    """``kind`` in ``place``, or everywhere where there is no place; without a kind the person's digest."""

    person: int
    kind: str = ""
    place: str = ""

    @property
    def token(self) -> str:
        """The signed form, made of letters, digits, ``-``, ``_`` and ``.``; it does not run out."""
        return SIGNER.sign_object(list(astuple(self)))

    @property
    def url(self) -> str:
        """The page that asks, and the address for one click (RFC 8058)."""
        return urljoin(settings.PUBLIC_URL, reverse("notifications:unsubscribe", args=[self.token]))


def read(token: str) -> Stop | None:
    """What the token says; None for one that is not ours."""
    try:
        person, kind, place = SIGNER.unsign_object(token)
    except (BadSignature, ValueError):
        return None
    return Stop(person, kind, place)
