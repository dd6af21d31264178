"""The list under the bell. It works without a script; ``static/notifications`` makes it live."""

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import PersonRequest
from notifications.actions import open_all, opened, reopen, see
from notifications.bell import window
from notifications.models import Notification
from notifications.models.notification import Notifications
from notifications.telling import tell


@login_required
@require_safe
def home(request: PersonRequest) -> HttpResponse:
    """What one was told, the newest first; ``?show=unread``: what one has not been to; ``?before=``: what stands below
    a line. To look at the top is to have seen it."""
    show = "unread" if request.GET.get("show") == "unread" else ""
    notifications = own(request)
    if show:
        notifications = notifications.unopened()
    below = one_of(request, "before")
    shown = window(request.user, notifications.before(below) if below else notifications)
    if not below and request.method == "GET":
        see(request.user)
    context = {"window": shown, "show": show, "below": below, "marked": moment_in(request.GET.get("marked"))}
    return render(request, "notifications/home.html", context)


@login_required
@require_safe
def news(request: PersonRequest) -> HttpResponse:
    """For the page that is open: what stands above the line ``after`` now, and which of those from the line ``from`` on
    are unread. To be shown it is to have seen it."""
    after, start = one_of(request, "after"), one_of(request, "from")
    notifications = own(request)
    shown = window(request.user, notifications.after(after) if after else notifications)
    unread = notifications.unopened().down_to(start) if start else notifications.none()
    if request.method == "GET":
        see(request.user)
    context = {"window": shown, "unread": list(unread.values_list("pk", flat=True))}
    return render(request, "notifications/news.html", context)


@login_required
@require_safe
def go(request: PersonRequest, pk: int) -> HttpResponse:
    """To the thing itself, which opens everything one was told about it. What is gone, or no longer theirs, is 404."""
    notification = get_object_or_404(own(request), pk=pk)
    told = next(iter(tell([notification], request.user)), None)
    if told is None:
        raise Http404
    if request.method == "GET":
        opened(request.user, told.about)
    return redirect(told.url)


@login_required
@require_POST
def read_all(request: PersonRequest) -> HttpResponse:
    """Mark as read what stood on the page (``upto``), not what came since. The next page offers to take it back."""
    upto = one_of(request, "upto")
    moment = open_all(request.user, upto) if upto else None
    address = reverse("notifications:home")
    return redirect(f"{address}?{urlencode({'marked': moment.isoformat()})}" if moment else address)


@login_required
@require_POST
def unread_again(request: PersonRequest) -> HttpResponse:
    """Take that back."""
    if moment := moment_in(request.POST.get("marked")):
        reopen(request.user, moment)
    return redirect("notifications:home")


def own(request: PersonRequest) -> Notifications:
    """What the person was told."""
    return Notification.objects.visible_to(request.user)


def one_of(request: PersonRequest, name: str) -> Notification | None:
    """The line that a parameter names; None where there is no such parameter. Raises ``Http404``."""
    text = (request.POST if request.method == "POST" else request.GET).get(name)
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise Http404
    return get_object_or_404(own(request), pk=int(text))


def moment_in(text: str | None) -> datetime | None:
    """A moment out of an address; None for anything else."""
    try:
        moment = parse_datetime(text or "")
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None
