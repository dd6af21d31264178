"""What a deletion is beside the words that go: settled flags; and where it was not the author's, a recorded deed."""

from django.utils import timezone

from accounts.models import User
from chat.models import Deed, Flag, Message
from chat.order_notices import tell_of_deed


def gone(by: User, message: Message, reason: str = "") -> None:
    """``message`` was just emptied. Nobody has to look at it any more; its author is told who did it, if not they."""
    settle(message)
    if message.author_id == by.pk:
        return
    message.removed_at = message.deleted_at
    verb = Deed.Verb.REMOVED
    deed = Deed(room=message.room, by=by, verb=verb, about=message.author, number=message.number, reason=reason)
    deed.save()
    tell_of_deed([message.author], deed)


def back(by: User, message: Message) -> None:
    """``message`` stands again."""
    if message.removed_at is None:
        return
    message.removed_at = None
    Deed(room=message.room, by=by, verb=Deed.Verb.RESTORED, about=message.author, number=message.number).save()


def settle(message: Message) -> int:
    """Its flags are dealt with; how many there were."""
    return Flag.objects.filter(message=message, settled_at=None).update(settled_at=timezone.now())
