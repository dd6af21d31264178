"""The language of a message put right by its author: screen readers, search and translation go by it."""

from functools import partial

from accounts.models import User
from chat.actions.changing import Verdict, change
from chat.indexing import forget
from chat.models import Message
from chat.speaking import LANGUAGES
from partnerships.permissions import Reach


def say_language(user: User, room: int, message: int, language: str) -> Verdict:
    """Say in which language a message is. No word changes, so it is no edit; but it is a version, for every client."""
    return change(user, room, message, partial(may_say, language), partial(put_right, language))


def may_say(language: str, reach: Reach, message: Message) -> str:
    """Its author, one of the languages that are offered."""
    if message.deleted_at:
        return "not_found"
    if message.author_id != reach.person:
        return "forbidden"
    return "" if language in LANGUAGES else "bad_frame"


def put_right(language: str, message: Message) -> bool:
    """It is in that language now; search takes it up anew, by that language's stems."""
    if message.language == language:
        return False
    message.language = language
    forget([message])
    return True
