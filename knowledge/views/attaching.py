"""The files of a lesson: the page on which they are kept, and their downloads."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import PersonRequest
from files import outgoing
from knowledge.attaching import attach_all, put_back_attachment, read_again, remove_attachment
from knowledge.models import Attachment, Lesson
from knowledge.shelf import shelf


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def attachments(request: PersonRequest, pk: int) -> HttpResponse:
    """What hangs on a lesson, for those who may change it: attach, remove, put back."""
    lesson = get_object_or_404(Lesson.objects.editable_by(request.user), pk=pk)
    if request.method == "POST":
        tell(request, lesson)
        return redirect("knowledge:attachments", pk)
    rows = lesson.attachments.select_related("owner", "removed_by")
    context = {
        "lesson": lesson,
        "files": [row for row in rows if row.removed_at is None],
        "removed": [row for row in rows if row.removed_at is not None],
    }
    return render(request, "knowledge/attachments.html", context)


def tell(request: PersonRequest, lesson: Lesson) -> None:
    """Attach what a form brought, and say what became of it."""
    uploads = request.FILES.getlist("files")
    refusals = attach_all(lesson, uploads, by=request.user)
    for sentence in refusals:
        messages.error(request, sentence)
    if taken := len(uploads) - len(refusals):
        told = ngettext("%(n)d file is attached.", "%(n)d files are attached.", taken)
        messages.success(request, told % {"n": taken})
    elif not uploads:
        messages.error(request, _("Choose a file first."))


@require_POST
@login_required
def step(request: PersonRequest, pk: int) -> HttpResponse:
    """Remove a file, put it back, or have it read again, as the pressed button says."""
    row = get_object_or_404(Attachment.objects.editable_by(request.user).select_related("lesson"), pk=pk)
    steps: dict[str, tuple[Callable[[], None], str]] = {
        "remove": (lambda: remove_attachment(row, by=request.user), _("Removed. It can be put back below.")),
        "put_back": (lambda: put_back_attachment(row), _("It hangs on the lesson again.")),
        "again": (lambda: read_again(row), _("It is read once more.")),
    }
    if request.POST.get("step") not in steps:
        raise BadRequest(request.POST.get("step"))
    act, told = steps[request.POST["step"]]
    act()
    messages.success(request, told)
    return redirect("knowledge:attachments", row.lesson_id)


@require_safe
@login_required
def download(request: PersonRequest, pk: int, name: str) -> HttpResponse:
    """The bytes, to whoever may read the lesson now; never shown as a page of ours."""
    row = get_object_or_404(Attachment.objects.visible_to(request.user).standing(), pk=pk)
    if name != row.name or not row.opens:
        raise Http404
    return outgoing.download(request, shelf, row)


@require_safe
@login_required
def thumbnail(request: PersonRequest, pk: int) -> HttpResponse:
    """The small picture of one."""
    row = get_object_or_404(Attachment.objects.visible_to(request.user).standing(), pk=pk, width__gt=0)
    if not row.opens:
        raise Http404
    return outgoing.thumbnail(shelf, row.key)
