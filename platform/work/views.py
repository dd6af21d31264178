"""The page of background work: what was given up, runs and waits. For administrators; for others it is not there."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from work import actions
from work.overview import STATES, Line, counts, tasks, workers

PAGE = 25


def administrators_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Everybody else gets 404; who is not signed in, the sign-in page."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, **arguments: object) -> HttpResponse:
        if not getattr(request.user, "is_superuser", False):
            raise Http404
        return view(request, **arguments)

    return guarded


@administrators_only
@never_cache
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The tasks in one state, and how many are in each; at first what needs somebody."""
    numbers = counts()
    state = request.GET.get("state", "")
    state = state if state in STATES else next((name for name in STATES if numbers[name]), "failed")
    page = Paginator(tasks(state), PAGE).get_page(request.GET.get("page"))
    context = {
        "state": state,
        "states": [(name, label, numbers[name]) for name, (_status, label) in STATES.items()],
        "page": page,
        "lines": [Line(row) for row in page],
        "workers": workers(),
    }
    return render(request, "work/home.html", context)


@administrators_only
@require_POST
def retry(request: HttpRequest, task: UUID) -> HttpResponse:
    """Another round."""
    return told(request, actions.retry(task), _("The task runs as soon as a worker is free."))


@administrators_only
@require_POST
def drop(request: HttpRequest, task: UUID) -> HttpResponse:
    """Forget it."""
    return told(request, actions.drop(task), _("The task is dropped."))


@administrators_only
@require_POST
def cancel(request: HttpRequest, task: UUID) -> HttpResponse:
    """End it at its next step."""
    return told(request, actions.cancel(task), _("The task stops at its next step."))


def told(request: HttpRequest, done: bool, words: str) -> HttpResponse:
    """Back to the list one came from. What has moved on meanwhile, or was pressed twice, is said and harms nothing."""
    if done:
        messages.success(request, words)
    else:
        messages.info(request, _("Nothing was changed: the task has moved on meanwhile."))
    response = redirect("work:home")
    if request.POST.get("state") in STATES:
        response["Location"] += f"?state={request.POST['state']}"
    return response
