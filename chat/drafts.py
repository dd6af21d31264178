"""A person's own drafts as they come in and go out: the socket's frame, and the buttons of the room's form."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django import forms

from accounts.models import User
from chat.actions import Refused, Typed, forget_draft, own_draft, save_draft
from chat.forms import REFUSALS, MessageForm, refuse, send, whole_number
from chat.models import Draft, Room
from chat.models.draft import ROOM_ITSELF
from chat.payloads import moment
from realtime.frames import FrameError, is_whole, whole
from realtime.socket import Socket
from realtime.threads import change


async def save(socket: Socket, frame: dict[str, Any]) -> None:
    """Keep what is being typed: ``draft`` with what stands now, or why not."""
    room, thread = whole(frame, "room"), frame.get("thread", ROOM_ITSELF)
    typed = typed_in(frame)
    if typed is None or not is_whole(thread):
        raise FrameError("A draft has a “body”, and knows “since” which version.")
    draft = await change(save_draft, socket.user, room, typed, thread)
    if isinstance(draft, Refused):
        socket.error(frame, draft.code, str(REFUSALS[draft.code]))
    else:
        socket.say({"type": "draft", "room": room, **shown(draft)}, frame)


def typed_in(data: dict[str, Any]) -> Typed | None:
    """What a JSON object says was typed; None where it says something else."""
    body, since, reply_to = data.get("body"), data.get("since", 0), data.get("reply_to")
    if not isinstance(body, str) or not is_whole(since) or not (reply_to is None or is_whole(reply_to)):
        return None
    written_at = data.get("written_at")
    if not isinstance(written_at, str | None):
        return None
    try:
        when = forms.DateTimeField(required=False).clean(written_at)
    except forms.ValidationError:
        return None
    return Typed(as_kept(body), since, reply_to, when, settled=data.get("settled") is True)


def shown(draft: Draft | None) -> dict[str, Any]:
    """A draft as its writer's devices get it; of none only the version, what is empty is left out."""
    if draft is None:
        return {"version": 0}
    there = {
        "thread": draft.thread,
        "body": draft.body,
        "reply_to": draft.reply_to,
        "other": draft.other,
        "written_at": moment(draft.written_at),
    }
    return {"version": draft.version} | {name: value for name, value in there.items() if value}


def begun(
    user: User, room: Room, thread: int = ROOM_ITSELF, brought: str = "", answers: int | None = None
) -> MessageForm:
    """The form as it opens in a room (``with_begun``) or thread: with what one has begun to write, and behind it what
    an address has ``brought``."""
    draft = own_draft(user, room, thread) if room.was_begun else None  # type: ignore[attr-defined]  # by with_begun
    form = MessageForm(
        initial={
            "client_id": uuid4(),
            "body": joined(draft.body if draft else "", brought),
            "reply_to": answers or (draft.reply_to if draft else None),
            "thread": thread or None,
        }
    )
    form.draft, form.brought = draft, brought
    return form


def take(form: MessageForm, room: Room, user: User, thread: int = ROOM_ITSELF) -> str:
    """Send what the form holds, and forget the draft; or keep it as one, if that was pressed. The code of what is
    wrong, put on the form in words; else nothing."""
    if is_kept(form.data):
        return refuse(form, keep(user, room, form.data, thread))
    code = send(form, room, user)
    if not code:
        forget_draft(user, room, form.since, thread)
    return code


def is_kept(posted: Mapping[str, str]) -> bool:
    """Whether one of the buttons was pressed that keep, and do not send."""
    return "keep" in posted or "other" in posted


def keep(user: User, room: Room, posted: Mapping[str, str], thread: int) -> str:
    """Keep what stands in the field; with ``other`` put what was written elsewhere below it (``add``) or throw that
    away (``drop``). The code of what is wrong, or nothing."""
    chosen, body = posted.get("other", ""), as_kept(posted.get("body", ""))
    standing = own_draft(user, room, thread)
    if chosen == "add" and standing is not None:
        body = joined(body, standing.other)
    since, answers = (whole_number(posted.get(name)) for name in ("draft", "reply_to"))
    draft = save_draft(user, room.pk, Typed(body, since or 0, answers, settled=chosen in {"add", "drop"}), thread)
    return draft.code if isinstance(draft, Refused) else ""


def as_kept(body: str) -> str:
    """Words without what browsers do to them."""
    return body.replace("\r\n", "\n").rstrip()


def joined(*texts: str) -> str:
    """One under the other; what the first says already is not said again."""
    return "\n\n".join(
        text for place, text in enumerate(texts) if text and not any(text in one for one in texts[:place])
    )
