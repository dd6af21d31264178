"""When a way in ends, what it holds open ends with it; when somebody's clock changes, their mail keeps to it."""

from typing import Any

from django.dispatch import receiver

from accounts.models import User
from accounts.signals import access_lost, zone_changed
from notifications.actions import replan
from realtime.publishing import recheck


@receiver(access_lost, dispatch_uid="realtime")
def ways_in_ended(user: User, **_: Any) -> None:
    """Look at every open socket of theirs again, at once."""
    recheck(user.pk)


@receiver(zone_changed, dispatch_uid="notifications")
def zone_moved(user: User, **_: Any) -> None:
    """Quiet hours and digests are theirs by the new clock."""
    replan(user)
