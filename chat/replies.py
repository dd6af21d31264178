"""Answers by mail to messages: the words are posted in the message's room, as the person's own."""

from typing import cast
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from chat.actions import Post, Refused, post_message
from chat.forms import REFUSALS
from chat.models import Message
from chat.permissions import can_post
from notifications import replies
from partnerships.permissions import Reach
from prose import guess_language
from things import Thing


def post_reply(person: User, about_id: int, text: str, client_id: str) -> str:
    """Post ``text`` as an answer to a message; empty, or why not. The verb itself looks whether the room is theirs:
    a room that is closed to them reads like one that never was."""
    message = Message.objects.filter(pk=about_id).select_related("room__partnership", "room__body__partnership").first()
    if message is None:
        return _("What you answered is not there any more.")
    post = Post(
        room_id=message.room_id,
        author_id=person.pk,
        client_id=UUID(client_id),
        body=text,
        language=guess_language(text) or "",
        reply_to=None if message.deleted_at else message.number,
        thread=message.thread,
    )
    outcome = post_message(post)
    return refusal(outcome.code, message) if isinstance(outcome, Refused) else ""


def refusal(code: str, message: Message) -> str:
    """Why the words were not taken, for whoever wrote them."""
    if code == "not_found":
        return _("What you answered is not there any more.")
    if code == "read_only" and message.room.is_closed:
        return _("The room is closed: what was said there can be read, but nothing more is written.")
    return str(REFUSALS[code])


def may_reply(person: User, about: Thing) -> bool:
    """Whether ``person``, who sees the message, may write in its room: most only read announcements."""
    message = cast(Message, about.row)
    return can_post(Reach.of(person), message.room)


def register() -> None:
    """Take answers to messages, from those who may write in the room."""
    replies.register("message", post_reply, may_reply)
