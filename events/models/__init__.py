"""Gatherings, the moves of their time, the answers to them, and the private addresses that calendars read."""

from events.models.answer import Answer
from events.models.event import Event, Move
from events.models.feed import Feed

__all__ = ["Answer", "Event", "Feed", "Move"]
