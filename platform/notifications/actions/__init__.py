"""What is done with notifications. Whoever has something to tell calls ``notify``."""

from notifications.actions.opening import opened, settle
from notifications.actions.pausing import pause, resume
from notifications.actions.telling import Why, letter, notify

__all__ = ["Why", "letter", "notify", "opened", "pause", "resume", "settle"]
