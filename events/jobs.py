"""What the calendar does by itself: it reminds."""

from datetime import datetime, timedelta

from events.reminders import remind
from work.jobs import job
from work.schedule import periodic


@job()
def reminders(since: str, until: str) -> int:
    """Remind of the gatherings that came near between the two moments; how many people were told."""
    return remind(datetime.fromisoformat(since), datetime.fromisoformat(until))


def register() -> None:
    """Every quarter of an hour, a little later than the gatherings themselves begin."""
    periodic("reminders", reminders, every=timedelta(minutes=15), lag=timedelta(minutes=1))
