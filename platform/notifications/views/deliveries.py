"""How mails, pushes and digests get on. For administrators; for others it is not there."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from notifications import numbers
from notifications.models import MailServer
from work.views import administrators_only

LONG = timedelta(hours=1)
"""A server that is away for longer needs somebody."""


@administrators_only
@never_cache
@require_safe
def deliveries(request: HttpRequest) -> HttpResponse:
    """In aggregate: no person is named, and nobody's address."""
    now = timezone.now()
    server, queues = MailServer.known(), numbers.queues(now)
    since = server.failing_since
    context = {
        "server": server,
        "is_long": since is not None and now - since > LONG,
        "is_left_lying": since is None and any(queue.next and now - queue.next > LONG for queue in queues),
        "queues": queues,
        "oldest": min((queue.oldest for queue in queues if queue.oldest), default=None),
        "channels": numbers.ended(now),
        "reasons": numbers.reasons(now),
        "paused": numbers.paused(),
    }
    return render(request, "notifications/deliveries.html", context)
