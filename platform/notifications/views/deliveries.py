"""How mails, pushes and digests get on. For administrators; for others it is not there."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from notifications import numbers
from notifications.models import MailServer
from notifications.models.server import LONG
from work.views import administrators_only


@administrators_only
@never_cache
@require_safe
def deliveries(request: HttpRequest) -> HttpResponse:
    """In aggregate: no person is named, and nobody's address."""
    now = timezone.now()
    server, queues = MailServer.known(), numbers.queues(now)
    context = {
        "server": server,
        "is_long": server.is_long_away(now),
        "is_left_lying": server.failing_since is None
        and any(queue.next and now - queue.next > LONG for queue in queues),
        "queues": queues,
        "oldest": min((queue.oldest for queue in queues if queue.oldest), default=None),
        "channels": numbers.ended(now),
        "reasons": numbers.reasons(now),
        "paused": numbers.paused(),
    }
    return render(request, "notifications/deliveries.html", context)
