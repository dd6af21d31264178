"""The service worker: one script for the whole site, put together from the files in ``worker/``, a subject each."""

import json
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.http import condition, require_safe

from exchange.staticfiles import COMMENTS

FILES = Path(__file__).with_name("worker")


def script() -> str:
    """What every browser gets, the same for all: the facts that the files need, then the files."""
    with translation.override(settings.LANGUAGE_CODE):
        facts = {
            "name": gettext("Exchange"),
            "icon": static("exchange/icon-192.png"),
            "badge": static("exchange/badge-96.png"),
            "bell": reverse("notifications:home"),
            "push": reverse("notifications:push"),
            "login": reverse("account_login"),
            "readable": f"^{reverse('chat:home')}(\\d+/)?$",
            "files": settings.STATIC_URL,
            "styles": [static(f"exchange/{name}.css") for name in ("tokens", "base", "components")],
            "offline": {language: offline_words(language) for language, _name in settings.LANGUAGES},
        }
    return f"const EXCHANGE = {json.dumps(facts)};\n{source()}"


def offline_words(language: str) -> list[str]:
    """What the page says that stands in for one that cannot be had: its title, its button, above what is kept."""
    with translation.override(language):
        return [gettext("No connection"), gettext("Try again"), gettext("You can read on this device:")]


@cache
def source() -> str:
    """The files, one after the other, without what only their readers need."""
    return b"\n".join(COMMENTS.sub(b"", path.read_bytes()) for path in sorted(FILES.glob("*.js"))).decode()


def version(request: HttpRequest) -> str:
    """Changes with the script."""
    return f'"{sha256(script().encode()).hexdigest()[:20]}"'


@require_safe
@condition(etag_func=version)
def worker(request: HttpRequest) -> HttpResponse:
    """At the root, since a worker serves what lies below its address; asked for again each time (``no-cache``), so
    that a mended one is in use within a day of coming back."""
    headers = {"Cache-Control": "no-cache"}
    return HttpResponse(script(), content_type="text/javascript; charset=utf-8", headers=headers)
