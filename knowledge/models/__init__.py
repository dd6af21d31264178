"""Lessons, with the tags that describe them, and the searches that are kept."""

from knowledge.models.attachment import Attachment
from knowledge.models.lesson import Lesson
from knowledge.models.missed import Missed
from knowledge.models.quote import Quote
from knowledge.models.saved import FeedKey, SavedSearch
from knowledge.models.sought import Sought
from knowledge.models.tag import Tag, Tagged
from knowledge.models.vocabulary import ThemeChange

__all__ = [
    "Attachment",
    "FeedKey",
    "Lesson",
    "Missed",
    "Quote",
    "SavedSearch",
    "Sought",
    "Tag",
    "Tagged",
    "ThemeChange",
]
