"""The HTML of a mail as a document of its own: it runs nothing, loads nothing and posts nothing."""

from csp.constants import NONE, UNSAFE_INLINE
from csp.decorators import csp
from django.http import HttpRequest, HttpResponse

POLICY = {
    "default-src": [NONE],
    "style-src": [UNSAFE_INLINE],
    "base-uri": [NONE],
    "form-action": [NONE],
    "frame-ancestors": [NONE],
    "sandbox": ["allow-top-navigation-by-user-activation"],
}
"""Mail programs know no style sheets, so a mail's style stands in its elements; nothing else is inline or loaded."""


def mail_document(request: HttpRequest, html: str) -> HttpResponse:
    """Answer with a mail's HTML."""
    response = HttpResponse(html)
    csp(POLICY)(lambda _request: response)(request)
    return response
