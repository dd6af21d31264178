"""When a way in ends: what it holds open ends with it."""

from typing import Any

from django.dispatch import receiver

from accounts.models import User
from accounts.signals import access_lost
from realtime.publishing import recheck


@receiver(access_lost, dispatch_uid="realtime")
def ways_in_ended(user: User, **_: Any) -> None:
    """Look at every open socket of theirs again, at once."""
    recheck(user.pk)
