"""What a browser says of its subscription, checked: an address that this server will go to, and keys that hold."""

import base64
import re
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from notifications.actions.subscribing import Browser
from notifications.push.devices import name_of
from notifications.push.hosts import is_known

AUTH = 16
"""Bytes of the authentication secret (RFC 8291, 3.2)."""


def known(endpoint: str) -> None:
    """Refuse an address that is not at a push service."""
    if not is_known(endpoint):
        raise ValidationError(_("This browser's push service is not known here."), code="unknown_service")


def public_key(text: str) -> None:
    """Refuse what is no point of P-256."""
    try:
        EllipticCurvePublicKey.from_encoded_point(SECP256R1(), decoded(text))
    except ValueError as problem:
        raise ValidationError(_("This is no key.")) from problem


def secret(text: str) -> None:
    """Refuse what is no secret of the length that it has to have."""
    if len(decoded(text)) != AUTH:
        raise ValidationError(_("This is no key."))


def decoded(text: str) -> bytes:
    """The bytes of base64url without padding; none for anything else."""
    if not re.fullmatch(r"[A-Za-z0-9_-]*", text) or len(text) % 4 == 1:
        return b""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class BrowserForm(forms.Form):
    """``PushSubscription.toJSON()`` (Push API), and the header by which the browser names itself."""

    endpoint = forms.CharField(max_length=500, strip=False, validators=[known])
    p256dh = forms.CharField(max_length=120, strip=False, validators=[public_key])
    auth = forms.CharField(max_length=60, strip=False, validators=[secret])

    def __init__(self, said: dict[str, Any], agent: str) -> None:
        keys = said.get("keys")
        keys = keys if isinstance(keys, dict) else {}
        super().__init__({"endpoint": said.get("endpoint"), "p256dh": keys.get("p256dh"), "auth": keys.get("auth")})
        self.agent = agent

    @property
    def browser(self) -> Browser:
        """What is to be stored, once the form is valid."""
        return Browser(**self.cleaned_data, device=name_of(self.agent))
