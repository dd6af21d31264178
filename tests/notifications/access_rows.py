"""What people are told: each their own; and the way out of a mail, which works for whoever holds its link."""

from notifications.stops import Stop
from tests.access_rows import EVERYONE, Row
from tests.conftest import World


def stop(world: World) -> str:
    """Where the foot of a mail to the owner leads."""
    return "/" + Stop(world.owner.pk, "", "").url.split("/", 3)[3]


ROWS = [
    Row("notifications/unsubscribe/<str:token>/", stop, EVERYONE, visitor=""),
]
