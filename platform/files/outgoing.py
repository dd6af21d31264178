"""Files as they go out: always as a download, never as a page of ours. Who may have one is asked before."""

import re
from typing import Protocol
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from files.shelf import Shelf

LOCKED = "default-src 'none'; sandbox; frame-ancestors 'none'"
"""Should a browser show a file all the same, nothing in it runs."""
A_YEAR = 365 * 24 * 60 * 60
RANGE = re.compile(r"bytes=(\d{1,18})?-(\d{1,18})?")


class Kept(Protocol):
    """A file's row: ``key`` names it on its shelf."""

    key: UUID
    name: str
    media: str
    bytes: int


def download(request: HttpRequest, shelf: Shelf, row: Kept) -> HttpResponse:
    """The bytes, or the piece of them that is asked for: what was cut off goes on from there (RFC 9110, 14). Raises
    ``Http404`` where the disk has lost them."""
    asked = piece_of(request, row)
    if asked is None:
        return unsatisfiable(row)
    start, length = asked
    response = safely(HttpResponse(bytes_of(shelf, row, start, length), content_type=row.media))
    response["Content-Disposition"] = str(content_disposition_header(True, row.name))
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = tag(row)
    if length < row.bytes:
        response.status_code = 206
        response["Content-Range"] = f"bytes {start}-{start + length - 1}/{row.bytes}"
    return response


def thumbnail(shelf: Shelf, key: UUID) -> HttpResponse:
    """The small picture of one: WebP that we have drawn. Raises ``Http404`` where there is none."""
    try:
        data = shelf.thumbnail_of(key).read_bytes()
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


def piece_of(request: HttpRequest, row: Kept) -> tuple[int, int] | None:
    """Where it starts and how long it is; all of it for whoever asks for no piece, or for several, or for one of
    other bytes. None where there is none."""
    found = RANGE.fullmatch(request.headers.get("Range", ""))
    if found is None or found.group() == "bytes=-" or request.headers.get("If-Range", tag(row)) != tag(row):
        return 0, row.bytes
    first, last = found.groups()
    start = int(first) if first else max(0, row.bytes - int(last))
    end = min(int(last), row.bytes - 1) if first and last else row.bytes - 1
    return (start, end - start + 1) if start <= end else None


def unsatisfiable(row: Kept) -> HttpResponse:
    """416, with how long it is."""
    return HttpResponse(status=416, headers={"Content-Range": f"bytes */{row.bytes}"})


def bytes_of(shelf: Shelf, row: Kept, start: int, length: int) -> bytes:
    """Raises ``Http404`` where the disk has lost them."""
    try:
        return shelf.read(row.key, start, length)
    except FileNotFoundError:
        raise Http404 from None


def tag(row: Kept) -> str:
    """What is under a name on the disk never changes."""
    return f'"{row.key.hex}"'
