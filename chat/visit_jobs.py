"""What the clock does to administrators' visits: they end."""

from datetime import datetime, timedelta

from chat.actions.visiting import end_late
from work.jobs import job
from work.schedule import periodic


@job()
def visits(since: str, until: str) -> int:
    """End the visits whose time is over; how many. ``visible_to`` knew it already; now open sockets hear of it."""
    return end_late(datetime.fromisoformat(until))


def register() -> None:
    """Every minute."""
    periodic("administrators' visits", visits, every=timedelta(minutes=1))
