"""What the calendar does to seats: they begin and end at midnight, and the rooms and the people hear of it."""

from datetime import datetime, timedelta

from partnerships.actions import tell_of_days
from partnerships.ending import tell_of_ends
from partnerships.models.membership import days
from work.jobs import job
from work.schedule import periodic


@job()
def memberships(since: str, until: str) -> int:
    """Tell of the seats that the midnights between the two moments began or ended; how many."""
    before, today = (days(datetime.fromisoformat(moment)) for moment in (since, until))
    return sum(tell_of_days(before[zone], today[zone], zone) for zone in today if before[zone] < today[zone])


@job()
def endings(since: str, until: str) -> int:
    """Tell people whose seat ends soon, of all days that came between the two moments; how many."""
    before, today = (days(datetime.fromisoformat(moment)) for moment in (since, until))
    return sum(tell_of_ends(before[zone], today[zone], zone) for zone in today if before[zone] < today[zone])


def register() -> None:
    """Every quarter of an hour: midnight in any zone of the world falls on one of them, whatever zones networks have.
    A little later, since who may see a room is asked by this host's clock, which may be behind the database's."""
    periodic("memberships", memberships, every=timedelta(minutes=15), lag=timedelta(seconds=5))
    periodic("memberships_ending", endings, every=timedelta(hours=1), lag=timedelta(minutes=2))
