"""The form of a lesson, and the desk: one's own drafts, and what waits to be published."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import PersonRequest
from knowledge.actions import OutdatedError, propose_lesson, publish_lesson, revise_lesson, write_lesson
from knowledge.attaching import attach_all
from knowledge.forms import LessonForm, form_of, new_form
from knowledge.models import Lesson
from knowledge.models.access import may_propose
from knowledge.questions import PER_PAGE
from knowledge.quoting import MOST, Said, leave_out, quotable, quote, sources_in
from knowledge.reading import published_for, quotes_of
from partnerships.permissions import Reach


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new(request: PersonRequest) -> HttpResponse:
    """Write a lesson. Whoever only reads is told whom to ask."""
    reach = Reach.of(request.user)
    if not may_propose(reach):
        return render(request, "knowledge/edit.html", {"form": None}, status=403 if request.method == "POST" else 200)
    if request.method != "POST":
        asked = request.GET
        form = new_form(request.user, reach, asked.get("place", ""))
        return page(request, form, reach, said=quotable(request.user, sources_in(asked.getlist("quote"))))
    sources = sources_in(request.POST.getlist("quote"))
    form = LessonForm(request.POST, person=request.user, reach=reach)
    if not form.is_valid():
        return page(request, form, reach, said=quotable(request.user, sources))
    words = form.words()
    if words["organisation"] is None:
        raise PermissionDenied
    with transaction.atomic():
        lesson = write_lesson(author=request.user, client_id=form.cleaned_data["client_id"], **words)
        quote(lesson, by=request.user, sources=sources)
    take_files(request, lesson)
    return stepped(request, lesson)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Change a lesson."""
    reach = Reach.of(request.user)
    lesson = get_object_or_404(Lesson.objects.editable_by(request.user, reach).with_marks(), pk=pk)
    if request.method != "POST":
        return page(request, form_of(lesson, request.user, reach), reach, lesson)
    form = LessonForm(request.POST, person=request.user, reach=reach, instance=lesson)
    if not form.is_valid():
        return page(request, form, reach, lesson)
    told = form.cleaned_data
    try:
        revise_lesson(lesson, by=request.user, seen=told["seen"], note=told.get("note", ""), **form.words())
    except OutdatedError as problem:
        form.add_error(None, _("Somebody changed this lesson while you wrote. Compare the versions, then save again."))
        sent = request.POST.copy()
        sent["seen"] = str(problem.lesson.version)
        form.data = sent
        return page(request, form, reach, lesson)
    leave_out(lesson, [int(pk) for pk in request.POST.getlist("leave_out") if pk.isascii() and pk.isdigit()][:MOST])
    take_files(request, lesson)
    return stepped(request, lesson)


@require_safe
@login_required
def mine(request: PersonRequest) -> HttpResponse:
    """One's own lessons, unfinished ones first, and those that wait for one to publish them."""
    reach = Reach.of(request.user)
    own = Lesson.objects.filter(author=request.user).with_marks().with_rights(request.user, reach)
    proposed = Lesson.objects.publishable_by(request.user, reach).filter(status=Lesson.Status.REVIEW)
    context = {
        "drafts": own.filter(status__in=[Lesson.Status.DRAFT, Lesson.Status.REVIEW]).order_by("-changed_at")[:100],
        "withdrawn": own.filter(status=Lesson.Status.WITHDRAWN).order_by("-changed_at")[:20],
        "proposed": proposed.exclude(author=request.user).with_marks().order_by("changed_at")[:100],
        "page": Paginator(own.published().order_by("-changed_at", "-pk"), PER_PAGE).get_page(request.GET.get("page")),
        "may_write": may_propose(reach),
    }
    return render(request, "knowledge/mine.html", context)


def page(
    request: PersonRequest, form: LessonForm, reach: Reach, lesson: Lesson | None = None, said: Sequence[Said] = ()
) -> HttpResponse:
    """The form, with the buttons that its writer may press and the words that the lesson quotes, or will (``said``);
    200 even with errors, which the page sums up."""
    may_publish = bool(reach.full or reach.administrator)
    if lesson is not None:
        may_publish = Lesson.objects.publishable_by(request.user, reach).filter(pk=lesson.pk).exists()
    context: dict[str, Any] = {"form": form, "lesson": lesson, "may_publish": may_publish, "said": said}
    context["quotes"] = quotes_of(lesson, request.user) if lesson else []
    return render(request, "knowledge/edit.html", context)


def take_files(request: PersonRequest, lesson: Lesson) -> None:
    """Attach what came with the form; the lesson is saved, whatever becomes of them."""
    for sentence in attach_all(lesson, request.FILES.getlist("files"), by=request.user):
        messages.error(request, sentence)


def stepped(request: PersonRequest, lesson: Lesson) -> HttpResponse:
    """Saved; then published or proposed, if that button was pressed and the person may."""
    may_publish = Lesson.objects.publishable_by(request.user).filter(pk=lesson.pk).exists()
    if "publish" in request.POST and may_publish:
        publish_lesson(lesson, by=request.user)
        messages.success(request, published_for(lesson))
    elif {"publish", "propose"} & request.POST.keys() and lesson.is_draft:
        propose_lesson(lesson, by=request.user)
        messages.success(request, _("Proposed. Whoever may publish it finds it on their desk."))
    else:
        messages.success(request, _("Saved."))
    return redirect(lesson)
