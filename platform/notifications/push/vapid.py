"""This installation, as push services know it: a key pair, and a token signed with it for each service (RFC 8292)."""

import time
from email.utils import parseaddr
from functools import cache

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from py_vapid import Vapid02
from py_vapid.utils import b64urlencode

from notifications.push.hosts import host_of

LIFE = 12 * 60 * 60
"""Seconds that a token holds. At most a day, and clocks differ."""


@cache
def signer(private_key: str) -> Vapid02:
    """What signs with this key."""
    return Vapid02.from_raw(private_key.encode())


def public_key() -> str:
    """What a browser is told when it subscribes (``applicationServerKey``): 65 bytes, base64url."""
    key = signer(settings.VAPID_PRIVATE_KEY).public_key
    return str(b64urlencode(key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)))


def authorization(endpoint: str) -> str:
    """The header for one message to this endpoint. The contact is the sender of our mails."""
    _name, contact = parseaddr(settings.DEFAULT_FROM_EMAIL)
    claims = {"aud": f"https://{host_of(endpoint)}", "exp": int(time.time()) + LIFE, "sub": f"mailto:{contact}"}
    return str(signer(settings.VAPID_PRIVATE_KEY).sign(claims)["Authorization"])
