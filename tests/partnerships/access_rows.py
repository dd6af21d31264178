"""Invitations: for whoever has a place to invite to."""

from typing import Any

from partnerships.invitations import invite
from partnerships.models import Function, Invitation
from tests.access_rows import EVERYONE, NOBODY, Row
from tests.conftest import World

INVITERS = {"owner": 200, "partner": 200, "outsider": 404, "guest": 404, "officer": 200, NOBODY: 302}
"""A coordinator, the manager of a group, and the officer; a manager without a group has nowhere to invite to."""
THEIRS = {"owner": 302, "partner": 404, "outsider": 404, "guest": 404, "officer": 302, NOBODY: 302}
"""The coordinator's partnership, and the officer's network."""


def invited(world: World) -> tuple[Invitation, str]:
    """Somebody invited to the partnership, and the link."""
    fields: dict[str, Any] = {"function": Function.MENTOR, "organisation": world.icld}
    return invite("mentor@test.example", world.owner, world.partnership, **fields)


def link(world: World) -> str:
    """Where the invited person goes."""
    return "/" + invited(world)[1].split("/", 3)[3]


ROWS = [
    Row("partnerships/invitations/", "/partnerships/invitations/", INVITERS),
    Row("partnerships/invitations/new/", "/partnerships/invitations/new/", INVITERS),
    Row(
        "partnerships/invitations/<int:pk>/resend/",
        lambda world: f"/partnerships/invitations/{invited(world)[0].pk}/resend/",
        THEIRS,
        method="POST",
    ),
    Row(
        "partnerships/invitations/<int:pk>/link/",
        lambda world: f"/partnerships/invitations/{invited(world)[0].pk}/link/",
        THEIRS,
        method="POST",
    ),
    Row(
        "partnerships/invitations/<int:pk>/revoke/",
        lambda world: f"/partnerships/invitations/{invited(world)[0].pk}/revoke/",
        THEIRS,
        method="POST",
    ),
    Row("partnerships/invitations/accept/<str:secret>/", link, EVERYONE, visitor=""),
]
