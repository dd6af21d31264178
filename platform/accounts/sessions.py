"""Hear from Django and django-allauth when a way in ends, and tell it in our words (``signals.py``)."""

from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest

from accounts.models import User
from accounts.signals import access_lost, signed_out


@receiver(user_logged_out)
def tell_sign_out(sender: type, request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    """Django sends this before the session is flushed, so its key is still there."""
    if user is not None:
        signed_out.send(User, user=user, session_key=request.session.session_key)


@receiver([password_changed, password_reset, password_set])
def tell_new_password(sender: type, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Every other session died with the old password; so must what they hold open."""
    access_lost.send(User, user=user, request=request)
