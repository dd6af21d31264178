"""The texts of everything that people are told, for translators. For administrators; for others it is not there."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts.mail_document import mail_document
from notifications.texts import names, text, title
from work.views import administrators_only

ORIGINAL = "en"
OTHER = "sv"
"""Shown beside the original to whoever reads the original."""


@administrators_only
@never_cache
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Every kind in one language, beside the original."""
    codes = dict(settings.LANGUAGES)
    asked = request.GET.get("language") or get_language() or ORIGINAL
    language = asked if asked in codes and (asked != ORIGINAL or "language" in request.GET) else OTHER
    shown = list(dict.fromkeys([ORIGINAL, language]))
    texts = [(name, title(name), [text(name, each) for each in shown]) for name in names()]
    context = {"texts": texts, "language": language, "codes": codes}
    return render(request, "notifications/texts.html", context)


@administrators_only
@never_cache
@require_GET
def html(request: HttpRequest, name: str, language: str) -> HttpResponse:
    """One mail's HTML, as a document of its own."""
    if name not in names() or language not in dict(settings.LANGUAGES):
        raise Http404
    return mail_document(request, text(name, language).html)
