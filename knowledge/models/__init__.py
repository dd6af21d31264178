"""Lessons, with the tags that describe them."""

from knowledge.models.lesson import Lesson
from knowledge.models.quote import Quote
from knowledge.models.tag import Tag, Tagged

__all__ = ["Lesson", "Quote", "Tag", "Tagged"]
