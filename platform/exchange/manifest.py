"""What a telephone needs to put the exchange on its home screen; iPhones take push messages only from there."""

from django.http import HttpRequest, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

ACCENT, PAPER = "#0b5a60", "#fbfaf6"
"""As in ``tokens.css``: the bar above the pages, and the first screen before one of them is there."""


@require_safe
@cache_control(private=True, max_age=86_400)
def manifest(request: HttpRequest) -> JsonResponse:
    """A web application manifest (W3C), in the reader's language."""
    said = {
        "id": "/",
        "name": gettext("Exchange"),
        "short_name": gettext("Exchange"),
        "lang": get_language(),
        "dir": "ltr",
        "start_url": reverse("today"),
        "scope": "/",
        "display": "standalone",
        "theme_color": ACCENT,
        "background_color": PAPER,
        "icons": [
            {"src": static("exchange/icon-192.png"), "sizes": "192x192", "type": "image/png"},
            {"src": static("exchange/icon.svg"), "sizes": "any", "type": "image/svg+xml"},
        ],
    }
    return JsonResponse(said, content_type="application/manifest+json")
