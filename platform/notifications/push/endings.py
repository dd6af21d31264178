"""Who signs out of a browser gets no more messages there; nor does whoever was there before somebody else signs in."""

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest

from accounts.models import User
from accounts.signals import access_lost
from notifications.push.devices import asking, others


@receiver(user_logged_out, dispatch_uid="push")
def signed_out(request: HttpRequest, user: User | None, **_: Any) -> None:
    """The computer may be a shared one."""
    asking(request).delete()


@receiver(user_logged_in, dispatch_uid="push")
def signed_in(request: HttpRequest, user: User, **_: Any) -> None:
    """Somebody else's session may have run out here without their signing out."""
    asking(request).exclude(person=user).delete()


@receiver(access_lost, dispatch_uid="push")
def ways_in_ended(user: User, request: HttpRequest | None = None, **_: Any) -> None:
    """Every other browser is signed out; a lost phone shows nothing more."""
    others(user, request).delete()
