"""Sign-in, which is django-allauth's, and Me."""

from tests.access_rows import EVERYONE, MEMBERS, NOBODY, Budget, Row

SIGNED_OUT_ONLY = MEMBERS | dict.fromkeys(MEMBERS, 302) | {NOBODY: 200}
"""Whoever is signed in is led on to Today."""
LED_ON = dict.fromkeys(EVERYONE, 302)

ROWS = [
    Row("accounts/login/", "/accounts/login/", visitor="", page=Budget(), **SIGNED_OUT_ONLY),
    Row("accounts/login/code/", "/accounts/login/code/", visitor="", **SIGNED_OUT_ONLY),
    Row("accounts/login/code/confirm/", "/accounts/login/code/confirm/", **LED_ON),
    Row("accounts/logout/", "/accounts/logout/", **MEMBERS),
    Row("accounts/signup/", "/accounts/signup/", visitor="", **SIGNED_OUT_ONLY),
    Row("accounts/inactive/", "/accounts/inactive/", visitor="", **EVERYONE),
    Row("accounts/email/", "/accounts/email/", **MEMBERS),
    Row("accounts/confirm-email/", "/accounts/confirm-email/", visitor="", **EVERYONE),
    Row("accounts/^confirm-email/(?P<key>[-:\\w]+)/$", "/accounts/confirm-email/wrong/", visitor="", **EVERYONE),
    Row("accounts/reauthenticate/", "/accounts/reauthenticate/", **MEMBERS),
    Row("accounts/password/change/", "/accounts/password/change/", **MEMBERS),
    Row("accounts/password/set/", "/accounts/password/set/", **LED_ON),
    Row("accounts/password/reset/", "/accounts/password/reset/", visitor="", **EVERYONE),
    Row("accounts/password/reset/done/", "/accounts/password/reset/done/", visitor="", **EVERYONE),
    Row(
        "accounts/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        "/accounts/password/reset/key/1-wrong/",
        visitor="",
        **EVERYONE,
    ),
    Row("accounts/password/reset/key/done/", "/accounts/password/reset/key/done/", visitor="", **EVERYONE),
    Row("accounts/me/", "/accounts/me/", **MEMBERS),
]
