"""The calendar: its lists, a gathering of Karlskrona–Saldanha Bay, forms, files and the private feed."""

from collections.abc import Callable
from datetime import date, time

from events.actions import feed_of, schedule_event
from events.models import Event
from tests.access_rows import API_MEMBERS, EVERYONE, MEMBERS, NOBODY, PARTNERSHIP, PEOPLE, Row
from tests.conftest import World

DONE = dict.fromkeys(PEOPLE, 302) | {NOBODY: 302}
"""What leads on, whether it was allowed or not; the tests of the calendar say which."""
DONE_IN_PARTNERSHIP = DONE | {"outsider": 404, "guest": 404}


def gathering(world: World) -> Event:
    """One of the partnership, with a time that is ahead for long."""
    return schedule_event(
        organiser=world.owner,
        audience=world.partnership,
        title="What the bins tell",
        kind=Event.Kind.TRAINING,
        first_day=date(2096, 5, 8),
        opens=time(10),
        last_day=date(2096, 5, 8),
        closes=time(12),
        zone="Europe/Stockholm",
        description="Bring the *figures*.\n\n| Week | Tons |\n| --- | --- |\n| 18 | 4 |",
        link="https://meet.example/bins",
    )


def at(end: str = "/") -> Callable[[World], str]:
    """The address of a new gathering, with what follows its number."""
    return lambda world: f"/events/{gathering(world).pk}{end}"


def listed(path: str) -> Callable[[World], str]:
    """A list with a gathering on it."""
    return lambda world: path if gathering(world) else ""


ROWS = [
    Row("events/", listed("/events/"), MEMBERS),
    Row("events/month/", "/events/month/", DONE),
    Row("events/month/<month:first>/", listed("/events/month/2096-05/"), MEMBERS),
    Row("events/new/", "/events/new/", MEMBERS | {"guest": 403}),
    Row("events/<int:pk>/", at(), PARTNERSHIP),
    Row("events/<int:pk>.ics", at(".ics"), PARTNERSHIP, page=None),
    Row(
        "events/<int:pk>/answer/",
        at("/answer/"),
        PARTNERSHIP | dict.fromkeys(["owner", "partner", "officer"], 303),
        method="POST",
        data={"choice": "yes"},
    ),
    Row("events/<int:pk>/edit/", at("/edit/"), PARTNERSHIP),
    Row("events/<int:pk>/confirm/", at("/confirm/"), DONE_IN_PARTNERSHIP, method="POST"),
    Row("events/<int:pk>/cancel/", at("/cancel/"), PARTNERSHIP),
    Row("events/<int:pk>/cancel/", at("/cancel/"), DONE_IN_PARTNERSHIP, method="POST"),
    Row("events/subscribe/", "/events/subscribe/", MEMBERS),
    Row("events/subscribe/renew/", "/events/subscribe/renew/", DONE, method="POST"),
    Row(
        "events/feed/<str:token>.ics",
        lambda world: f"/events/feed/{feed_of(world.owner).token}.ics",
        EVERYONE,
        page=None,
    ),
    Row("events/api/events/", listed("/events/api/events/"), API_MEMBERS, page=None),
]
