"""Show a secret once: it travels to the next page in the person's own browser and is stored nowhere else."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase

COOKIE = "once"
SECONDS = 120


def show_next(response: HttpResponseBase, secret: str, path: str) -> None:
    """Let the page at ``path``, which ``response`` leads to, show ``secret``."""
    response.set_signed_cookie(COOKIE, secret, max_age=SECONDS, path=path, httponly=True, samesite="Strict")


def take(request: HttpRequest) -> str:
    """The secret to show now, or nothing."""
    return str(request.get_signed_cookie(COOKIE, default="", max_age=SECONDS))


def forget(response: HttpResponseBase, path: str) -> None:
    """Do not show it again."""
    response.delete_cookie(COOKIE, path=path, samesite="Strict")
