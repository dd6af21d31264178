"""Sign-in, which is django-allauth's, and Me."""

from tests.access_rows import EVERYONE, MEMBERS, NOBODY, Row

SIGNED_OUT_ONLY = MEMBERS | dict.fromkeys(MEMBERS, 302) | {NOBODY: 200}
"""Whoever is signed in is led on to Today."""
LED_ON = dict.fromkeys(EVERYONE, 302)

ROWS = [
    Row("accounts/login/", "/accounts/login/", SIGNED_OUT_ONLY, visitor=""),
    Row("accounts/login/code/", "/accounts/login/code/", SIGNED_OUT_ONLY, visitor=""),
    Row("accounts/login/code/confirm/", "/accounts/login/code/confirm/", LED_ON),
    Row("accounts/logout/", "/accounts/logout/", MEMBERS),
    Row("accounts/signup/", "/accounts/signup/", SIGNED_OUT_ONLY, visitor=""),
    Row("accounts/inactive/", "/accounts/inactive/", EVERYONE, visitor=""),
    Row("accounts/email/", "/accounts/email/", MEMBERS),
    Row("accounts/confirm-email/", "/accounts/confirm-email/", EVERYONE, visitor=""),
    Row("accounts/^confirm-email/(?P<key>[-:\\w]+)/$", "/accounts/confirm-email/wrong/", EVERYONE, visitor=""),
    Row("accounts/reauthenticate/", "/accounts/reauthenticate/", MEMBERS),
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
]
