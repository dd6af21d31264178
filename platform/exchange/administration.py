"""Django's admin as our administration: our sign-in, and the strictest policy that its scripts can live with."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.contrib.admin.sites import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models.base import ModelBase
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

POLICY = {
    "style-src-attr": [UNSAFE_INLINE],
    "img-src": [SELF, "data:"],
    "require-trusted-types-for": None,
    "trusted-types": None,
}
"""Where this policy differs from every other page's: Select2, which the admin brings along, writes style attributes and
a data: image, and builds its list from strings of HTML. No inline and no foreign script runs here either."""

UNUSED = {"auth.group", "account.emailaddress", "account.emailconfirmation"}
View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class Administration(AdminSite):
    """The site that every ``admin.py`` registers with."""

    site_header = _("Exchange: administration")
    site_title = _("Administration")
    index_title = _("People, networks, partnerships")

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        """Every page under the policy above."""
        return cast(View, csp_replace(POLICY)(super().admin_view(view, cacheable)))

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Without what django-allauth and Django bring and we do not use: groups, further addresses of a person."""
        models: Any = [model_or_iterable] if isinstance(model_or_iterable, ModelBase) else model_or_iterable
        ours = [model for model in models if model._meta.label_lower not in UNUSED]
        super().register(ours, admin_class, **options)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """There is one sign-in. Who is signed in and still comes here may not enter."""
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next", ""))

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """There is one sign-out too."""
        return redirect("account_logout")

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """And one place to change a password, which tells whoever must know."""
        return redirect("account_change_password")
