"""What is done with notifications. Whoever has something to tell calls ``notify``."""

from notifications.actions.choosing import choose_place, forget_choices, mute, mute_place, save_choices, unmute_place
from notifications.actions.letters import letter, withdraw
from notifications.actions.opening import open_all, opened, reopen, see, settle, settle_things
from notifications.actions.pausing import pause, resume
from notifications.actions.planning import keep_rhythm, replan
from notifications.actions.telling import News, Why, notify, notify_all
from notifications.actions.voiding import void

__all__ = [
    "News",
    "Why",
    "choose_place",
    "forget_choices",
    "keep_rhythm",
    "letter",
    "mute",
    "mute_place",
    "notify",
    "notify_all",
    "open_all",
    "opened",
    "pause",
    "reopen",
    "replan",
    "resume",
    "save_choices",
    "see",
    "settle",
    "settle_things",
    "unmute_place",
    "void",
    "withdraw",
]
