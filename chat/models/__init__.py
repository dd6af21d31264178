"""Rooms, what was said in them, and how far each person has read."""

from chat.models.deletion import Deletion
from chat.models.draft import Draft
from chat.models.file import File
from chat.models.findable import Findable, TakenUp
from chat.models.kept import Export, Kept, Retention
from chat.models.marker import ReadMarker
from chat.models.mention import Mention
from chat.models.message import Message
from chat.models.moderation import Deed, Flag, Visit
from chat.models.participant import Participant
from chat.models.presence import Presence
from chat.models.question import Asked, Question
from chat.models.reaction import Reaction, Revision
from chat.models.room import Room
from chat.models.scheduled import Scheduled
from chat.models.thread import ThreadMarker

__all__ = [
    "Asked",
    "Deed",
    "Deletion",
    "Draft",
    "Export",
    "File",
    "Findable",
    "Flag",
    "Kept",
    "Mention",
    "Message",
    "Participant",
    "Presence",
    "Question",
    "Reaction",
    "ReadMarker",
    "Retention",
    "Revision",
    "Room",
    "Scheduled",
    "TakenUp",
    "ThreadMarker",
    "Visit",
]
