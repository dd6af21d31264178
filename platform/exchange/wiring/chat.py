"""What the frame of every page knows of chat."""

from accounts.models import User
from chat.models import Room
from exchange.shell import counts


def unread(user: User) -> int:
    """The amber number on the door of Talk."""
    return Room.objects.visible_to(user).total_unread(user)


counts["chat:home"] = unread
