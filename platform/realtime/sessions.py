"""Who is behind a socket, and whether that still holds: the session cookie, looked at again once a minute."""

from collections.abc import Collection
from dataclasses import dataclass
from hashlib import sha256
from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from types import SimpleNamespace
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, get_user, get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import constant_time_compare


@dataclass(frozen=True)
class Who:
    """A signed-in person and the session that says so."""

    user: Any
    session_key: str


def digest(session_key: str) -> str:
    """What stands for a session where its key should not be seen, as on the bus."""
    return sha256(session_key.encode()).hexdigest()


def session_key_of(headers: Collection[tuple[bytes, bytes]]) -> str:
    """The session cookie of a request, or nothing."""
    for name, value in headers:
        if name == b"cookie":
            try:
                cookie = SimpleCookie(value.decode("latin1")).get(settings.SESSION_COOKIE_NAME)
            except CookieError:
                return ""
            return cookie.value if cookie else ""
    return ""


def who_has(session_key: str) -> Who | None:
    """The person whose session this is, by Django's own rules (signed hash, active account)."""
    if not session_key:
        return None
    session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    user = get_user(cast(Any, SimpleNamespace(session=session)))
    return Who(user, session_key) if isinstance(user, AbstractBaseUser) and user.is_active else None


def still_signed_in(session_keys: Collection[str]) -> dict[str, Any]:
    """The sessions that still hold, each with its user as they are now, in two queries whatever their number."""
    rows = Session.objects.filter(session_key__in=session_keys, expire_date__gt=timezone.now())
    sessions = {row.session_key: row.get_decoded() for row in rows}
    users = get_user_model()._default_manager.filter(is_active=True)
    found = {str(user.pk): user for user in users.filter(pk__in={data.get(SESSION_KEY) for data in sessions.values()})}
    people = {key: (data, found.get(data.get(SESSION_KEY, ""))) for key, data in sessions.items()}
    return {key: user for key, (data, user) in people.items() if holds(data, user)}


def holds(data: dict[str, Any], user: AbstractBaseUser | None) -> bool:
    """False for somebody who may no longer sign in, and after a change of password."""
    return user is not None and constant_time_compare(data.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash())
