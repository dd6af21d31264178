"""Files as they go out, to whoever may read their message now: always as a download, never as a page of ours."""

import re

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from accounts.requests import PersonRequest
from chat.files import shelf
from chat.models import File

LOCKED = "default-src 'none'; sandbox; frame-ancestors 'none'"
"""Should a browser show a file all the same, nothing in it runs."""
A_YEAR = 365 * 24 * 60 * 60
RANGE = re.compile(r"bytes=(\d{1,18})?-(\d{1,18})?")


@login_required
@require_safe
def parts(request: PersonRequest) -> HttpResponse:
    """The shapes and words of files, for the script that fetches them when there is one."""
    return render(request, "chat/_file_parts.html")


@login_required
@require_safe
def download(request: PersonRequest, file: int, name: str) -> HttpResponse:
    """The bytes, or the piece of them that is asked for: what was cut off goes on from there (RFC 9110, 14)."""
    row = get_object_or_404(File.objects.visible_to(request.user), pk=file, state=File.State.READY)
    if name != row.name:
        raise Http404
    asked = piece_of(request, row)
    if asked is None:
        return unsatisfiable(row)
    start, length = asked
    response = safely(HttpResponse(bytes_of(row, start, length), content_type=row.media))
    response["Content-Disposition"] = str(content_disposition_header(True, row.name))
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = tag(row)
    if length < row.bytes:
        response.status_code = 206
        response["Content-Range"] = f"bytes {start}-{start + length - 1}/{row.bytes}"
    return response


@login_required
@require_safe
def thumbnail(request: PersonRequest, file: int) -> HttpResponse:
    """The small picture of one: WebP that we have drawn."""
    row = get_object_or_404(File.objects.visible_to(request.user), pk=file, state=File.State.READY, width__gt=0)
    try:
        data = shelf.thumbnail_of(row.key).read_bytes()
    except FileNotFoundError:
        raise Http404 from None
    return safely(HttpResponse(data, content_type="image/webp"))


def safely(response: HttpResponse) -> HttpResponse:
    """Kept by this browser for this person alone; taken for nothing but what it is called; as it is, not packed."""
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = LOCKED
    response["Cache-Control"] = f"private, max-age={A_YEAR}, immutable"
    response["Vary"] = "Cookie"
    response["Content-Encoding"] = "identity"
    return response


def piece_of(request: PersonRequest, row: File) -> tuple[int, int] | None:
    """Where it starts and how long it is; all of it for whoever asks for no piece, or for several, or for one of
    other bytes. None where there is none."""
    found = RANGE.fullmatch(request.headers.get("Range", ""))
    if found is None or found.group() == "bytes=-" or request.headers.get("If-Range", tag(row)) != tag(row):
        return 0, row.bytes
    first, last = found.groups()
    start = int(first) if first else max(0, row.bytes - int(last))
    end = min(int(last), row.bytes - 1) if first and last else row.bytes - 1
    return (start, end - start + 1) if start <= end else None


def unsatisfiable(row: File) -> HttpResponse:
    """416, with how long it is."""
    return HttpResponse(status=416, headers={"Content-Range": f"bytes */{row.bytes}"})


def bytes_of(row: File, start: int, length: int) -> bytes:
    """Raises ``Http404`` where the disk has lost them."""
    try:
        return shelf.read(row.key, start, length)
    except FileNotFoundError:
        raise Http404 from None


def tag(row: File) -> str:
    """What is under a name on the disk never changes."""
    return f'"{row.key.hex}"'
