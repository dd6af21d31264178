"""The door every API address stands behind: who asks, may they use this method, and errors as JSON.

    @api("GET", "POST")
    def rooms(request):          # or async def
        return {"rooms": …}      # a dict or list becomes JSON; a response is passed on

A signed-in browser (with its CSRF token on unsafe methods) or ``Authorization: Bearer <personal token>`` (RFC 6750)
may come in, and ``request.user`` is the person. A page that may be older than the session says in ``X-Person`` whose it
is, and acts for nobody else. Every error is ``{"code": …, "detail": …}``.
"""

import json
import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from asgiref.sync import iscoroutinefunction, sync_to_async
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from accounts.middleware import speak_to
from accounts.models import Token, User

log = logging.getLogger(__name__)

SOON = 2
"""Seconds after which one asks again while the database does not answer."""

View = Callable[..., Any]


class ApiError(Exception):
    """Ends a request with ``status`` and a JSON body; ``more`` goes into it too (``fields={"body": ["…"]}``)."""

    def __init__(self, status: int, code: str, detail: str, **more: Any) -> None:
        super().__init__(detail)
        self.status = status
        self.headers: dict[str, str] = {}
        self.body = {"code": code, "detail": detail, **more}


def api(*methods: str) -> Callable[[View], View]:
    """Make a view an API address for these methods (``HEAD`` comes with ``GET``)."""
    allowed = {*methods, "HEAD"} if "GET" in methods else set(methods)

    def decorate(view: View) -> View:
        if iscoroutinefunction(view):

            @wraps(view)
            async def answer_async(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
                try:
                    await sync_to_async(admit)(request, allowed)
                    return respond(await view(request, *args, **kwargs))
                except ERRORS as error:
                    return refuse(error)

            return csrf_exempt(answer_async)

        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            try:
                admit(request, allowed)
                return respond(view(request, *args, **kwargs))
            except ERRORS as error:
                return refuse(error)

        return csrf_exempt(answer)

    return decorate


def payload(request: HttpRequest) -> dict[str, Any]:
    """The request's JSON object. Raises ``ApiError`` 400 for anything else, 413 for more than Django's limit."""
    try:
        data = json.loads(request.body)
    except RequestDataTooBig:
        raise ApiError(413, "too_large", _("This is too much at once.")) from None
    except (ValueError, RecursionError):
        raise ApiError(400, "bad_json", _("This is not JSON.")) from None
    if not isinstance(data, dict):
        raise ApiError(400, "bad_json", _("A JSON object is expected."))
    return data


def admit(request: HttpRequest, allowed: set[str]) -> None:
    """Set ``request.user`` to whoever asks, or raise ``ApiError`` 401, 403 or 405."""
    if request.method not in allowed:
        raise wrong_method(allowed)
    scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
    person = bearer(secret.strip()) if scheme.lower() == "bearer" else request.user
    if not isinstance(person, User) or request.headers.get("X-Person", str(person.pk)) != str(person.pk):
        raise nobody()
    if scheme.lower() == "bearer":
        become(request, person)
    else:
        check_csrf(request)


def wrong_method(allowed: set[str]) -> ApiError:
    """405, with the methods that are taken."""
    error = ApiError(405, "method_not_allowed", _("This address does not take that method."))
    error.headers["Allow"] = ", ".join(sorted(allowed))
    return error


def nobody() -> ApiError:
    """401, with the scheme that would be taken."""
    error = ApiError(401, "unauthenticated", _("Sign in, or send a personal token."))
    error.headers["WWW-Authenticate"] = "Bearer"
    return error


def bearer(secret: str) -> User | None:
    """Whose token this is, noting its use."""
    token = Token.objects.bearing(secret)
    if token is None:
        return None
    token.note_use()
    return token.person


def become(request: HttpRequest, person: User) -> None:
    """Let the rest of the request be ``person``'s, as the middleware does for a session."""

    async def auser() -> User:
        return person

    request.user = person
    request.auser = auser
    speak_to(person)


class CsrfCheck(CsrfViewMiddleware):
    """Django's own check, run by us: a session needs it, a token does not (no browser sends one unasked)."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        raise ApiError(403, "csrf", _("This page is too old. Load it again."))


def check_csrf(request: HttpRequest) -> None:
    """Raise ``ApiError`` 403 when an unsafe request lacks the token of its session."""
    check = CsrfCheck(lambda request: HttpResponse())
    check.process_request(request)
    check.process_view(request, lambda request: HttpResponse(), (), {})


def respond(answer: Any) -> HttpResponseBase:
    """JSON out of what a view returned; nothing in between keeps it. It goes without the policy of pages, which
    would be most of a short answer and says nothing of data."""
    response = answer if isinstance(answer, HttpResponseBase) else as_json(answer)
    if isinstance(response, JsonResponse):
        response._csp_exempt = True  # type: ignore[attr-defined]  # as django-csp's own decorator sets it
    patch_vary_headers(response, ["Authorization", "Cookie"])
    response.setdefault("Cache-Control", "private, no-store")
    return response


def as_json(data: Any, status: int = 200) -> JsonResponse:
    """Compact JSON in UTF-8: every byte is someone's money."""
    return JsonResponse(
        data, safe=False, status=status, json_dumps_params={"ensure_ascii": False, "separators": (",", ":")}
    )


ERRORS = (ApiError, Http404, PermissionDenied, OperationalError)


def refuse(error: Exception) -> HttpResponseBase:
    """An error as JSON, with the headers that its status asks for (RFC 9110)."""
    told = tell(error)
    response = respond(as_json(told.body, told.status))
    for name, value in told.headers.items():
        response[name] = value
    return response


def tell(error: Exception) -> ApiError:
    """Django's own refusals in our words."""
    if isinstance(error, ApiError):
        return error
    if isinstance(error, OperationalError):
        return unavailable(error)
    if isinstance(error, Http404):
        return ApiError(404, "not_found", _("There is no such thing here."))
    return ApiError(403, "denied", _("You may not do this."))


def unavailable(problem: OperationalError) -> ApiError:
    """503: the database does not answer, and whether anything was stored nobody knows."""
    log.error("The database does not answer.", exc_info=problem)
    words = _(
        "It has been noted and is not your doing. Wait a minute and try again; what you have sent before is kept."
    )
    error = ApiError(503, "unavailable", words)
    error.headers["Retry-After"] = str(SOON)
    return error
