"""Speak to the person as they asked: their language and their zone, for the length of a request."""

from collections.abc import Awaitable, Callable
from zoneinfo import ZoneInfo

from asgiref.sync import iscoroutinefunction
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.decorators import sync_and_async_middleware

from accounts.models import User

Responder = Callable[[HttpRequest], HttpResponse | Awaitable[HttpResponse]]


@sync_and_async_middleware
def PersonMiddleware(get_response: Responder) -> Responder:  # noqa: N802 (a middleware's name is a class name)
    """Activate language and zone of a signed-in person; LocaleMiddleware has chosen for everybody else."""
    if iscoroutinefunction(get_response):

        async def answer_async(request: HttpRequest) -> HttpResponse:
            person = await request.auser()
            speak_to(person)
            response: HttpResponse = await get_response(request)
            return keep_private(response, person)

        return answer_async

    def answer(request: HttpRequest) -> HttpResponse:
        speak_to(request.user)
        return keep_private(get_response(request), request.user)  # type: ignore[arg-type]

    return answer


def keep_private(response: HttpResponse, person: object) -> HttpResponse:
    """What a signed-in person gets is kept by nobody on the way, and shown again only when asked for again. Not
    ``no-store``: with it, browsers throw away what was typed when one goes back to a form."""
    if isinstance(person, User):
        response.setdefault("Cache-Control", "private, no-cache")
    return response


def speak_to(person: object) -> None:
    """Make ``person``'s language and zone the current ones; the defaults for someone not signed in."""
    if isinstance(person, User):
        translation.activate(person.language)
        timezone.activate(ZoneInfo(person.zone))
    else:
        timezone.activate(ZoneInfo(settings.DEFAULT_ZONE))
