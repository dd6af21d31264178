"""Lessons, with the tags that describe them, and the searches that are kept."""

from knowledge.models.lesson import Lesson
from knowledge.models.quote import Quote
from knowledge.models.saved import FeedKey, SavedSearch
from knowledge.models.tag import Tag, Tagged

__all__ = ["FeedKey", "Lesson", "Quote", "SavedSearch", "Tag", "Tagged"]
