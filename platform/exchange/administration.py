"""Django's admin as our administration: our sign-in, and the strictest policy that its scripts can live with."""

from collections.abc import Callable
from typing import Any, TypeVar

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.contrib.admin.sites import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

POLICY = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    "style-src-attr": [UNSAFE_INLINE],
    "img-src": [SELF, "data:"],
    "connect-src": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
    "frame-ancestors": [NONE],
}
"""Select2, which the admin brings along, writes style attributes and a data: image, and builds its list from strings
of HTML: the pages of people keep Trusted Types, this one cannot. No inline script runs here either."""

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class Administration(AdminSite):
    """The site that every ``admin.py`` registers with."""

    site_header = _("Exchange: administration")
    site_title = _("Administration")
    index_title = _("People, networks, partnerships")

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Callable[..., Any]:
        """Every page under the policy above."""
        guarded: Callable[..., Any] = csp_replace({"DIRECTIVES": POLICY}["DIRECTIVES"])(
            super().admin_view(view, cacheable)
        )
        return guarded

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """There is one sign-in. Who is signed in and still comes here may not enter."""
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next", ""))
