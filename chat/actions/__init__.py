"""What is done in rooms. Every door (page, socket, API, import, seeding) comes through these verbs."""

from chat.actions.changing import Changed, Verdict, delete_message, edit_message, pin_message, react
from chat.actions.direct import leave_conversation, open_conversation, strangers
from chat.actions.drafting import Typed, forget_draft, own_draft, save_draft
from chat.actions.following import follow_thread, mark_thread_read
from chat.actions.keeping import keep_messages
from chat.actions.liking import like, move_favourite
from chat.actions.posting import Outcome, Post, Refused, Stored, post_message, post_messages
from chat.actions.questions import accept_answer, ask, close_question, withdraw_question
from chat.actions.reading import join_rooms, mark_read, mark_unread
from chat.actions.rooms import (
    announce_access,
    announce_state,
    open_body_room,
    open_network_rooms,
    open_partnership_room,
)
from chat.actions.scheduling import Later, give_up, reschedule, schedule_message, send_now
from chat.actions.speaking import say_language
from chat.actions.topics import archive_topic, change_topic, join_topic, leave_topic, open_topic, reopen_topic
from chat.actions.undoing import undelete_message
from chat.asked import Ask

__all__ = [
    "Ask",
    "Changed",
    "Later",
    "Outcome",
    "Post",
    "Refused",
    "Stored",
    "Typed",
    "Verdict",
    "accept_answer",
    "announce_access",
    "announce_state",
    "archive_topic",
    "ask",
    "change_topic",
    "close_question",
    "delete_message",
    "edit_message",
    "follow_thread",
    "forget_draft",
    "give_up",
    "join_rooms",
    "join_topic",
    "keep_messages",
    "leave_conversation",
    "leave_topic",
    "like",
    "mark_read",
    "mark_thread_read",
    "mark_unread",
    "move_favourite",
    "open_body_room",
    "open_conversation",
    "open_network_rooms",
    "open_partnership_room",
    "open_topic",
    "own_draft",
    "pin_message",
    "post_message",
    "post_messages",
    "react",
    "reopen_topic",
    "reschedule",
    "save_draft",
    "say_language",
    "schedule_message",
    "send_now",
    "strangers",
    "undelete_message",
    "withdraw_question",
]
