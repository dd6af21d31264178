"""For types only: a request whose person is known, as every view behind ``@login_required`` or ``@api`` gets it."""

from django.http import HttpRequest

from accounts.models import User


class PersonRequest(HttpRequest):
    """``request.user`` is a User."""

    user: User

    async def auser(self) -> User:
        """The same person, for asynchronous views."""
        raise NotImplementedError
