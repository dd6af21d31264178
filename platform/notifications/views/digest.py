"""How often the digest comes: where its foot leads, signed in or not."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.models import User
from notifications.actions import keep_rhythm
from notifications.digests import rhythm
from notifications.models import Preferences
from notifications.views.links import holder, spoken_to


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def digest(request: HttpRequest, token: str) -> HttpResponse:
    """Say how often it comes, and change that at a POST, which whoever holds the token may send."""
    held = holder(token)
    if held is None or held[0].kind:
        return render(request, "notifications/unsubscribe_bad.html", status=404)
    with spoken_to(held[1], request):
        return answer(request, held[1])


def answer(request: HttpRequest, person: User) -> HttpResponse:
    """The rhythm of now and a way to the other; a POST leads back here."""
    wanted = request.POST.get("rhythm", "")
    if wanted in Preferences.Rhythm:
        keep_rhythm(person, wanted)
        messages.success(request, _("Saved."))
        return redirect(request.path)
    preferences = Preferences.of(person)
    context = {"weekly": preferences.rhythm == Preferences.Rhythm.WEEKLY, "rhythm": rhythm(preferences)}
    return render(request, "notifications/rhythm.html", context)
