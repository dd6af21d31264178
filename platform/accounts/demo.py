"""The accounts of the demonstration: who may try the exchange, and the one password. In demo mode, on loopback only."""

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
