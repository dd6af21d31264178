"""Files on their way in, for browsers and programs: begin, bring the pieces, ask how far, finish, give up."""

from typing import Any
from uuid import UUID

from django.core.exceptions import RequestDataTooBig
from django.http import JsonResponse
from django.shortcuts import get_object_or_404

from accounts.api import ApiError, api, as_json, payload
from accounts.requests import PersonRequest
from chat.actions.files import PIECE, Answer, begin_file, finish_file, give_up_file, own, take_piece
from chat.actions.posting import Refused
from chat.api import number_in
from chat.file_words import SENTENCES, STATUSES
from chat.models import File
from chat.text import encodable
from realtime.frames import is_whole


@api("POST")
def begin(request: PersonRequest, pk: int) -> JsonResponse:
    """``{"client_id", "name", "bytes"}`` → the file, with how much of it is ``received``. 201, or 200 where it was
    begun before."""
    said = payload(request)
    client_id, name, size = said.get("client_id"), said.get("name"), said.get("bytes")
    if not (isinstance(client_id, str) and isinstance(name, str) and is_whole(size) and encodable(name)):
        raise refusal("bad_frame")
    try:
        identity = UUID(client_id)
    except ValueError:
        raise refusal("bad_frame") from None
    known = File.objects.filter(client_id=identity, owner=request.user).exists()
    return as_json(settled(begin_file(request.user, pk, identity, name, int(size or 0))), 200 if known else 201)


@api("GET", "PATCH", "DELETE")
def file(request: PersonRequest, file: int) -> dict[str, Any]:
    """How far it is; one more piece (the bytes themselves, from ``?offset=`` on); or give it up."""
    if request.method == "PATCH":
        return piece(request, file)
    if request.method == "GET":
        return shown(get_object_or_404(File.objects.visible_to(request.user), pk=file))
    if refused := give_up_file(request.user, file):
        raise refusal(refused.code)
    return {}


@api("POST")
def finish(request: PersonRequest, file: int) -> dict[str, Any]:
    """All of it is there: the file as a message will carry it."""
    return settled(finish_file(request.user, file), asked=(request, file))


def piece(request: PersonRequest, file: int) -> dict[str, Any]:
    """Take the bytes."""
    offset = number_in(request, "offset")
    if offset is None:
        raise refusal("bad_frame")
    try:
        data = request.body
    except RequestDataTooBig:
        raise refusal("bad_piece") from None
    return settled(take_piece(request.user, file, offset, data), asked=(request, file))


def settled(answer: Answer, asked: tuple[PersonRequest, int] | None = None) -> dict[str, Any]:
    """What became of it. A refusal of a piece says from where to go on. Raises ``ApiError``."""
    if not isinstance(answer, Refused):
        return shown(answer)
    error = refusal(answer.code)
    if asked and STATUSES[answer.code] == 409 and (row := own(asked[0].user, asked[1])):
        error.body["received"] = row.received
    raise error


def shown(row: File) -> dict[str, Any]:
    """A file as its owner sees it on its way."""
    return row.shown | {"client_id": str(row.client_id), "received": row.received, "piece": PIECE}


def refusal(code: str) -> ApiError:
    """A code in words."""
    return ApiError(STATUSES[code], code, str(SENTENCES[code]))
