"""Somebody is invited: the form, the link, the mail."""

import re
from typing import Any

from django.core import mail

from notifications.sending import send_due
from partnerships.invitations import invite
from partnerships.models import Function
from tests.conftest import World

NEW = "/partnerships/invitations/new/"
LIST = "/partnerships/invitations/"
PROFILE = {"name": "Nomsa Dlamini", "title": "", "language": "en", "zone": "Africa/Johannesburg"}


def asked(world: World, **changes: Any) -> dict[str, Any]:
    """A filled-in form: a mentor from ICLD for the partnership."""
    return {
        "email": "Nomsa@Test.example",
        "place": f"partnership:{world.partnership.pk}",
        "function": "mentor",
        "organisation": world.saldanha_bay.pk,
        "language": "en",
    } | changes


def invited(world: World, **changes: Any) -> str:
    """The path of a fresh invitation's link."""
    fields: dict[str, Any] = {"function": Function.MENTOR, "organisation": world.icld} | changes
    email = fields.pop("email", "nomsa@test.example")
    return path_of(invite(email, world.owner, fields.pop("place", world.partnership), **fields)[1])


def path_of(text: str) -> str:
    """The path of the link in ``text``."""
    found = re.search(r"https?://[^/]+(/partnerships/invitations/accept/\S+)", text)
    assert found
    return found[1]


def mailed(email: str) -> str:
    """The path of the link in the mail that leaves now."""
    sent = len(mail.outbox)
    send_due()
    (one,) = mail.outbox[sent:]
    assert one.to == [email]
    return path_of(str(one.body))
