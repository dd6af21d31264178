"""A deletion taken back: for ten seconds, by whoever deleted. One more version of the room, like any change."""

from functools import partial

from accounts.models import User
from chat import asked, removal
from chat.actions.changing import Verdict, change, may_delete
from chat.models import Deletion, Message
from partnerships.permissions import Reach


def undelete_message(user: User, room: int, message: int) -> Verdict:
    """Let a message stand again as it was: words, signs, mentions, what it said before, its pin."""
    return change(user, room, message, may_undelete, partial(stand_again, user))


def may_undelete(reach: Reach, message: Message) -> str:
    """Whoever deleted it, while it is not too late. What was never deleted stands already."""
    deletion = Deletion.objects.filter(message=message).first()
    if deletion is None:
        late = "too_late" if message.deleted_at else ""
        return may_delete(reach, message) or late
    if deletion.by_id != reach.person:
        return "forbidden"
    return "too_late" if deletion.is_over else ""


def stand_again(user: User, message: Message) -> bool:
    """As it was; search takes it up again with the new version."""
    deletion = Deletion.objects.filter(message=message).first()
    if deletion is None:
        return False
    deletion.take_back(message)
    removal.back(user, message)
    asked.stands_again(message, deletion.kept.get("question"))
    return True
