"""What people are told of clocks that are moved."""

from datetime import date, time
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from walltime import changes_of_year, to_utc


def skipped_error(day: date, at: time, zone: str) -> ValidationError:
    """Why a time does not exist, and which is meant instead."""
    clock = ZoneInfo(zone)
    meant = to_utc(day, at, zone)
    change = min(changes_of_year(zone, day.year), key=lambda one: abs(one.at - meant))
    there = change.at.astimezone(clock)
    return ValidationError(
        _("That night the clock goes from %(before)s straight to %(after)s: %(at)s does not exist. Choose %(meant)s."),
        params={
            "before": f"{(there.replace(tzinfo=None) - change.by):%H:%M}",
            "after": f"{there:%H:%M}",
            "at": f"{at:%H:%M}",
            "meant": f"{meant.astimezone(clock):%H:%M}",
        },
    )
