"""Sign-in through django-allauth, with one rule of our own: nobody signs up uninvited."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class InvitedOnly(DefaultAccountAdapter):
    """Sign-up is closed; an account begins with an invitation (``accounts/actions.py``)."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
