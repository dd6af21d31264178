"""The browsers that take messages for a person: what they are called, and which of them is asking.

A signed cookie says which: it outlives the session, so that whoever signs out of a shared computer, or in after
somebody else, ends what was sent there.
"""

import re

from django.conf import settings
from django.core.signing import BadSignature
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from accounts.models import User
from notifications.models import Subscription

COOKIE = "push"
AGE = 400 * 24 * 60 * 60
"""Seconds: as long as browsers keep a cookie."""

BROWSERS = {
    "Edge": r"Edg(A|iOS)?/",
    "Opera": r"OPR/|Opera",
    "Samsung Internet": r"SamsungBrowser/",
    "Firefox": r"Firefox/|FxiOS/",
    "Chrome": r"Chrome/|Chromium/|CriOS/",
    "Safari": r"Version/.*Safari/",
}
"""How each is recognised in ``User-Agent``, the most particular first: the later ones stand in many of the others."""
SYSTEMS = {
    "Android": r"Android",
    "iPhone": r"iPhone",
    "iPad": r"iPad",
    "Windows": r"Windows",
    "ChromeOS": r"CrOS",
    "Mac": r"Mac OS X|Macintosh",
    "Linux": r"Linux",
}


def name_of(agent: str) -> str:
    """``Firefox/Android`` from the header that a browser sends, the same in every language; parts may be missing."""
    browser = next((name for name, sign in BROWSERS.items() if re.search(sign, agent)), "")
    system = next((name for name, sign in SYSTEMS.items() if re.search(sign, agent)), "")
    return f"{browser}/{system}"


def in_words(name: str) -> str:
    """``Firefox on Android``."""
    browser, _slash, system = name.partition("/")
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("A browser")


def asking(request: HttpRequest) -> QuerySet[Subscription]:
    """The device that this request comes from, whoever it belongs to; none where it takes no messages."""
    try:
        pk = request.get_signed_cookie(COOKIE, default="", max_age=AGE)
    except BadSignature:
        pk = ""
    return Subscription.objects.filter(pk=int(pk)) if pk else Subscription.objects.none()


def remember(response: HttpResponseBase, device: Subscription) -> None:
    """Let later requests of this browser be known as this device's."""
    secure = bool(settings.SESSION_COOKIE_SECURE)
    response.set_signed_cookie(COOKIE, str(device.pk), max_age=AGE, httponly=True, samesite="Lax", secure=secure)


def others(person: User, request: HttpRequest | None) -> QuerySet[Subscription]:
    """Every device of a person's but the one that is asking."""
    mine = Subscription.objects.filter(person=person)
    return mine.exclude(pk__in=asking(request)) if request else mine
