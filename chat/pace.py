"""How fast one person may write in one room: a bucket of tokens, one a message, that fills evenly.

It stands on the person's read marker and is changed under the room's lock: so it is exact across processes, and costs
no question of its own.
"""

from dataclasses import dataclass
from datetime import datetime
from math import ceil

from django.conf import settings

BURST = 3
"""A bucket holds what comes in a third of a minute: ten of thirty."""


@dataclass
class Bucket:
    """``tokens`` were in it at ``at``; full where there is no ``at``."""

    tokens: float = 0.0
    at: datetime | None = None

    def take(self, now: datetime) -> int:
        """Take one; or the seconds until there is one again."""
        rate = settings.MESSAGES_A_MINUTE / 60
        most = max(1.0, settings.MESSAGES_A_MINUTE / BURST)
        passed = (now - self.at).total_seconds() if self.at else 0.0
        put_back = passed < -most / rate  # by more than clocks of hosts differ: nobody waits until it is as late again
        there = most if self.at is None or put_back else min(most, self.tokens + rate * max(0.0, passed))
        if there < 1:
            return max(1, ceil((1 - there) / rate))
        self.tokens, self.at = there - 1, now
        return 0
