"""Fills an empty exchange, part by part, in one transaction: what stops half way leaves nothing behind."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from time import perf_counter

from django.db import connection, transaction

from accounts.models import User
from exchange.demo.archive import close_archive
from exchange.demo.gatherings import call_gatherings
from exchange.demo.library import write_lessons
from exchange.demo.people import Cast, invite_accounts
from exchange.demo.places import found_places
from exchange.demo.seats import fill_seats
from exchange.demo.talk import hold_talks
from exchange.demo.told import tell_accounts
from exchange.demo.unread import leave_some_unread
from partnerships.models import Organisation

LATEST = time(8)
"""UTC. Nothing on the day itself is later, so that the last words are some hours old and never in the future."""


def current_day() -> date:
    """The last day whose ``LATEST`` is past."""
    return (datetime.now(UTC) - timedelta(hours=LATEST.hour)).date()


def is_empty() -> bool:
    """True before anybody or any organisation is there."""
    return not (User.objects.exists() or Organisation.objects.exists())


def count_rows() -> None:
    """PostgreSQL plans by what it last counted, and has counted nothing of what this transaction has put in: who is in
    which place would take it minutes."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


@transaction.atomic
def seed(day: date, scale: int, say: Callable[[str], object]) -> None:
    """The demonstration as it stands on ``day``; ``say`` is told of each part."""
    began = perf_counter()

    def done(part: str) -> None:
        say(f"{perf_counter() - began:5.1f} s  {part}")

    places = found_places(day)
    done(
        f"{len(places.organisations)} organisations, {len(places.networks)} networks, {len(places.pairs)} partnerships"
    )
    cast = Cast(places, day, Random(f"people {day}"))
    invite_accounts(cast)
    fill_seats(cast, scale)
    cast.sit_down()
    count_rows()
    done(f"{len(cast.people)} people in {len(cast.seats)} seats")
    messages = hold_talks(cast, scale, datetime.combine(day, LATEST, UTC))
    done(f"{messages} messages")
    lessons = write_lessons(cast, scale)
    done(f"{lessons} lessons; the worker takes them into the index")
    gatherings = call_gatherings(cast)
    done(f"{gatherings} gatherings")
    close_archive(cast)
    leave_some_unread(cast)
    told = tell_accounts(cast, datetime.combine(day, LATEST, UTC))
    done(f"{told} notifications under the bells of those who may sign in")
    done("done: something is unread for everybody who may sign in")
