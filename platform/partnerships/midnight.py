"""Seats end with their day: nobody acts at midnight, so the worker looks, and tells the rooms as if somebody had."""

from datetime import date, timedelta
from time import monotonic

from partnerships.actions import tell_of_days
from partnerships.models.membership import days

LOOK = 30.0
"""Seconds between two looks: an open socket loses a room within a minute of its seat's midnight."""
LOOKS_BACK = timedelta(days=7)
"""How far a worker looks that has just begun; telling twice changes nothing."""


class Midnights:
    """Up to which day of each zone the rooms have been told."""

    def __init__(self) -> None:
        self.told: dict[str, date] = {}
        self.looked = -LOOK

    def pass_by(self) -> int:
        """Tell of every midnight that has passed since the last look; how many seats that concerned."""
        if monotonic() - self.looked < LOOK:
            return 0
        self.looked = monotonic()
        return sum(self.tell(zone, today) for zone, today in days().items())

    def tell(self, zone: str, today: date) -> int:
        """One zone's."""
        before = self.told.get(zone, today - LOOKS_BACK)
        count = tell_of_days(before, today, zone) if before < today else 0
        self.told[zone] = today
        return count


midnights = Midnights()
"""This worker's own."""
