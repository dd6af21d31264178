"""Sign-in, which is django-allauth's, Me, tokens, and what only the demonstration has."""

from accounts.actions import create_token
from tests.access_rows import EVERYONE, MEMBERS, NOBODY, Row
from tests.conftest import World

SIGNED_OUT_ONLY = MEMBERS | dict.fromkeys(MEMBERS, 302) | {NOBODY: 200}
"""Whoever is signed in is led on to Today."""
LED_ON = dict.fromkeys(EVERYONE, 302)
NOT_THERE = dict.fromkeys(EVERYONE, 404)


def revoke_own(world: World) -> str:
    """The address that revokes a token of the owner."""
    return f"/accounts/me/tokens/{create_token(world.owner, 'script')[0].pk}/revoke/"


ROWS = [
    Row("accounts/login/", "/accounts/login/", SIGNED_OUT_ONLY, visitor=""),
    Row("accounts/login/code/", "/accounts/login/code/", SIGNED_OUT_ONLY, visitor=""),
    Row("accounts/login/code/confirm/", "/accounts/login/code/confirm/", LED_ON),
    Row("accounts/logout/", "/accounts/logout/", MEMBERS),
    Row("accounts/signup/", "/accounts/signup/", EVERYONE, visitor=""),
    Row("accounts/inactive/", "/accounts/inactive/", EVERYONE, visitor=""),
    Row("accounts/language/", "/accounts/language/", LED_ON, method="POST", data={"language": "sv"}),
    Row("accounts/password/change/", "/accounts/password/change/", MEMBERS),
    Row("accounts/password/set/", "/accounts/password/set/", LED_ON),
    Row("accounts/password/reset/", "/accounts/password/reset/", EVERYONE, visitor=""),
    Row("accounts/password/reset/done/", "/accounts/password/reset/done/", EVERYONE, visitor=""),
    Row(
        "accounts/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        "/accounts/password/reset/key/1-wrong/",
        EVERYONE,
        visitor="",
    ),
    Row("accounts/password/reset/key/done/", "/accounts/password/reset/key/done/", EVERYONE, visitor=""),
    Row("accounts/me/", "/accounts/me/", MEMBERS),
    Row("accounts/me/tokens/", "/accounts/me/tokens/", LED_ON, method="POST", data={"name": "script"}),
    Row(
        "accounts/me/tokens/<int:pk>/revoke/",
        revoke_own,
        dict.fromkeys(MEMBERS, 404) | {"owner": 302, NOBODY: 302},
        method="POST",
    ),
    Row("accounts/me/sessions/end/", "/accounts/me/sessions/end/", LED_ON, method="POST"),
    Row("demo/mail/", "/demo/mail/", NOT_THERE),
    Row("demo/mail/<slug:name>/", "/demo/mail/20260101-120000-1-0/", NOT_THERE),
    Row("demo/mail/<slug:name>/html/", "/demo/mail/20260101-120000-1-0/html/", NOT_THERE),
]
