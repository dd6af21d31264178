"""The button that says: my address works again."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.requests import PersonRequest
from notifications.actions import resume

PAGES = {"me": "accounts:me", "bell": "notifications:home", "choices": "notifications:choices"}
"""Where the button stands, and one comes back to."""


@login_required
@require_POST
def resume_mail(request: PersonRequest) -> HttpResponse:
    """Send mail to the person's address again, from the next thing they are told of. Pressed twice it says the same."""
    resume(request.user)
    messages.success(request, _("Mail goes to your address again, from the next notification on."))
    return redirect(PAGES.get(request.POST.get("from", ""), PAGES["bell"]))
