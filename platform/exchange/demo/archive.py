"""Closes what is long past: the seats of closed partnerships end, and their rooms are only read."""

from exchange.demo.people import Cast
from partnerships.actions import change_partnership, tell
from partnerships.models import Function, Membership


def close_archive(cast: Cast) -> None:
    """Ends every seat of the closed pairs but those that observe."""
    for pair in cast.places.pairs.values():
        if not pair.is_past:
            continue
        seats = Membership.objects.filter(partnership=pair.partnership).exclude(function=Function.OBSERVER)
        seats.update(ends=pair.partnership.ends)
        pair.partnership.status = pair.status
        change_partnership(pair.partnership)
        tell(list(seats.select_related("partnership__network")))
