"""Moments in words, in the zone and language of whom they are told to."""

from datetime import datetime

from babel.dates import format_datetime
from django.utils import timezone, translation


def in_words(moment: datetime) -> str:
    """``Friday 27 November 2026 14:00``: never a weekday alone."""
    local = timezone.localtime(moment)
    return str(format_datetime(local, "EEEE d MMMM y HH:mm", locale=translation.get_language() or "en"))
