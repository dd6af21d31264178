"""The page of a lesson, its versions, and the steps of its life."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import PersonRequest
from knowledge import actions, reading
from knowledge.models import Lesson
from knowledge.questions import PER_PAGE
from knowledge.related import beyond
from knowledge.things import card
from knowledge.versions import differ, differences
from notifications.actions import opened
from partnerships.permissions import Reach
from prose import render as render_prose
from search.models import Theme

LISTED = 5
"""Versions that stand beside the lesson."""

STEPS: dict[str, tuple[Callable[..., Lesson], Any]] = {  # the verb, and the words or what makes them of the lesson
    "propose": (actions.propose_lesson, _("Proposed. Whoever may publish it finds it on their desk.")),
    "publish": (actions.publish_lesson, reading.published_for),
    "withdraw": (actions.withdraw_lesson, _("Withdrawn. It stands below, and can be put back.")),
    "put_back": (actions.put_back_lesson, _("It stands again.")),
}


@require_safe
@login_required
def lesson(request: PersonRequest, pk: int) -> HttpResponse:
    """What was learnt, and whom to ask."""
    reach = Reach.of(request.user)
    rows = Lesson.objects.visible_to(request.user, reach).with_rights(request.user, reach).with_marks()
    found = get_object_or_404(rows, pk=pk)
    opened(request.user, card(found))
    versions = reading.versions(found, request.user, reach)
    ask = reading.people_to_ask(found, request.user, reach)
    return render(
        request,
        "knowledge/lesson.html",
        {
            "lesson": found,
            "sections": reading.sections(found),
            "ask_text": render_prose(found.ask),
            "areas": [label for area, label in Lesson.CoreArea.choices if area in found.core_areas],
            "files": found.attachments.standing(),
            "quotes": reading.quotes_of(found, request.user),
            "minutes": reading.minutes(found),
            "ask": ask,
            "beyond": beyond(found, request.user, reach, [one.person for one in ask]),
            "author": next(one for one in ask if one.person == found.author),
            "door": reading.door_to_ask(found, ask, request.user, reach),
            "others": reading.in_other_languages(found, request.user, reach),
            "versions": versions[:LISTED],
            "comparable": differ(versions),
            "older": len(versions) > LISTED,
            "sees_partnership": reading.sees_partnership(found, request.user, reach),
        },
    )


@require_safe
@login_required
def versions(request: PersonRequest, pk: int) -> HttpResponse:
    """Every version: who, when, and what changed in each field."""
    reach = Reach.of(request.user)
    rows = Lesson.objects.visible_to(request.user, reach).with_rights(request.user, reach)
    found = get_object_or_404(rows, pk=pk)
    records = reading.versions(found, request.user, reach)
    themes = {theme.slug: theme.label() for theme in Theme.objects.all()}
    earlier = dict(zip(records, [*records[1:], None], strict=True))
    newest = records[0].history_id if records else 0
    page = Paginator(records, PER_PAGE).get_page(request.GET.get("page"))
    for record in page:
        record.is_first = earlier[record] is None
        record.differences = differences(earlier[record], record, themes)
    return render(request, "knowledge/versions.html", {"lesson": found, "page": page, "newest": newest})


@require_POST
@login_required
def restore(request: PersonRequest, pk: int, version: int) -> HttpResponse:
    """Let an older version stand again."""
    found = get_object_or_404(Lesson.objects.editable_by(request.user), pk=pk)
    record = get_object_or_404(found.history.all(), history_id=version)
    actions.restore_version(found, record, by=request.user)
    messages.success(request, str(_("The older words stand again, as a new version.")))
    return redirect(found)


@require_POST
@login_required
def step(request: PersonRequest, pk: int) -> HttpResponse:
    """Publish, propose, withdraw or put back, as the pressed button says."""
    verb = request.POST.get("step", "")
    if verb not in STEPS:
        raise BadRequest(verb)
    act, told = STEPS[verb]
    rows = Lesson.objects.all()
    may = rows.publishable_by(request.user) if verb == "publish" else rows.editable_by(request.user)
    found = get_object_or_404(may, pk=pk)
    stands = act(found, by=request.user)
    messages.success(request, told(stands) if callable(told) else str(told))
    return redirect("knowledge:mine" if verb == "withdraw" else found)
