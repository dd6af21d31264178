"""What falls due in Talk by the clock, done within seconds: messages for later go, what was deleted is forgotten."""

from time import monotonic

from django.utils import timezone

from chat.actions.files import drop_files_of
from chat.actions.scheduling import post_due
from chat.models import Deletion

PACE = 2.0
"""Seconds between two looks at least, where nothing is due."""

_last_look = [0.0]


def keep_up() -> int:
    """For a worker that calls it over and over; how much there was to do."""
    if monotonic() - _last_look[0] < PACE:
        return 0
    done = work_off()
    if not done:
        _last_look[0] = monotonic()
    return done


def work_off() -> int:
    """Everything that is due, at once; how much it was."""
    over = Deletion.objects.over(timezone.now())
    drop_files_of(list(over.values_list("message", flat=True)))
    return post_due() + over.delete()[0]
