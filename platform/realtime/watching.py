"""A socket outlives its request: when somebody signs out, is switched off or changes their password, it must end."""

from typing import Any

from django.conf import settings
from django.contrib.auth.signals import user_logged_out
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.http import HttpRequest

from realtime.publishing import recheck, sign_out

GUARDED = {"password", "is_active"}


@receiver(user_logged_out, dispatch_uid="realtime")
def signed_out(request: HttpRequest | None, **_: Any) -> None:
    """Close the sockets of this session at once."""
    if request is not None and request.session.session_key:
        sign_out(request.session.session_key)


@receiver(post_save, sender=settings.AUTH_USER_MODEL, dispatch_uid="realtime")
def account_changed(instance: Any, created: bool, update_fields: frozenset[str] | None, **_: Any) -> None:
    """Look again whether the account's sessions still hold, after the commit."""
    if not created and (update_fields is None or GUARDED & update_fields):
        recheck(instance.pk)
