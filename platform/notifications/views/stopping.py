"""Not again: the page that a mail's foot leads to, and the one click of mail programs (RFC 8058), signed in or not."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.models import User
from notifications import stops
from notifications.actions.stopping import stop


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Ask at a GET, since scanners open links; switch off at a POST."""
    what = stops.read(token)
    person = User.objects.filter(pk=what.person).first() if what else None
    if what is None or person is None:
        return render(request, "notifications/unsubscribe_bad.html", status=404)
    before = stop(person, what) if request.method == "POST" else None
    return render(request, "notifications/unsubscribe.html", {"stop": what, "before": before})
