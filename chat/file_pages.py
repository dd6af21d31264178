"""Files as they go out, to whoever may read their message now."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.requests import PersonRequest
from chat.models import File
from chat.shelf import shelf
from files import outgoing


@login_required
@require_safe
def parts(request: PersonRequest) -> HttpResponse:
    """The shapes and words of files, for the script that fetches them when there is one."""
    return render(request, "chat/_file_parts.html")


@login_required
@require_safe
def download(request: PersonRequest, file: int, name: str) -> HttpResponse:
    """The bytes, or a piece of them, under the name that the file has."""
    row = get_object_or_404(File.objects.visible_to(request.user), pk=file, state=File.State.READY)
    if name != row.name:
        raise Http404
    return outgoing.download(request, shelf, row)


@login_required
@require_safe
def thumbnail(request: PersonRequest, file: int) -> HttpResponse:
    """The small picture of one."""
    row = get_object_or_404(File.objects.visible_to(request.user), pk=file, state=File.State.READY, width__gt=0)
    return outgoing.thumbnail(shelf, row.key)
