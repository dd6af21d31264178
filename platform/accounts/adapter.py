"""Sign-in through django-allauth, with rules of our own: nobody signs up uninvited, and it speaks our words."""

import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import demo

logger = logging.getLogger("exchange.accounts")


class InvitedOnly(DefaultAccountAdapter):
    """Sign-up is closed; an account begins with an invitation (``partnerships/invitations.py``)."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The e-mail and the password do not belong together. Try again, or take a code."),
        "too_many_login_attempts": _("Too many attempts. Wait five minutes and try again, or take a code by mail."),
        "incorrect_code": _("This is not the code. Look at the newest mail."),
        "incorrect_password": _("This is not the password you have now."),
        "enter_current_password": _("This is not the password you have now."),
        "rate_limited": _("Too many attempts. Wait a few minutes and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """The demonstration's password is known to all: it opens nothing from elsewhere, nor once the demonstration is
        switched off."""
        if credentials.get("password") == demo.PASSWORD and not demo.is_offered_to(request):
            return None
        return super().authenticate(request, **credentials)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send, and say so plainly when the mail server refuses: whoever waits for a code must know."""
        try:
            super().send_mail(template_prefix, email, context)
        except (SMTPException, OSError):
            logger.exception("mail %s was refused", template_prefix)
            messages.error(self.request, _("The mail could not be sent just now. Try again in a few minutes."))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:me")
