"""The accounts of the demonstration: who may try the exchange, and the one password. In demo mode, on loopback only."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PASSWORD = "exchange-demo"
ACCOUNTS: dict[str, str | Promise] = {
    "coordinator@karlskrona.example": _("coordinator, Karlskrona–Saldanha Bay"),
    "councillor@karlskrona.example": _("councillor in its steering group"),
    "official@saldanhabay.example": _("the partner in Saldanha Bay"),
    "official@rombo.example": _("another partnership of the same network"),
    "researcher@university.example": _("guest of one project room"),
    "officer@icld.example": _("programme officer"),
    "admin@icld.example": _("administrator"),
}
"""E-mail → who that is, as the sign-in page and ``make run`` list them."""


def is_offered_to(request: HttpRequest) -> bool:
    """Whether whoever asks may use the demonstration's accounts and read its mails: in demo mode, from this computer.

    Behind a proxy on the same computer everybody seems to come from it, so nothing that was forwarded counts.
    """
    host = urlsplit(f"//{request.get_host()}").hostname or ""
    direct = "X-Forwarded-For" not in request.headers and "Forwarded" not in request.headers
    return settings.DEMO and direct and is_loopback(host) and is_loopback(request.META.get("REMOTE_ADDR", ""))


def is_loopback(host: str) -> bool:
    """True for ``localhost`` and the addresses of this computer."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
