"""What the pages behind the links of a mail's foot share: whose link it is, and in which language they answer."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from django.conf import settings
from django.http import HttpRequest

from accounts.models import User
from notifications import stops
from notifications.stops import Stop
from notifications.telling import as_read_by


def holder(token: str) -> tuple[Stop, User] | None:
    """What the link is about and to whom it was written; None for one that opens nothing. Whoever holds it may use it,
    signed in or not."""
    what = stops.read(token)
    person = User.objects.filter(pk=what.person, erased_at=None).first() if what else None
    return (what, person) if what and person else None


@contextmanager
def spoken_to(person: User, request: HttpRequest) -> Iterator[None]:
    """The person's language, unless the browser was told another."""
    with nullcontext() if settings.LANGUAGE_COOKIE_NAME in request.COOKIES else as_read_by(person):
        yield
