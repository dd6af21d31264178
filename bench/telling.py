"""How long ``notify`` takes for 2,500 people in one transaction, beside a row at a time; mails that leave a second."""

import json
import sys
from collections.abc import Callable
from functools import partial
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

from bench._databases import begin, on_both

if TYPE_CHECKING:
    from accounts.models import User

PEOPLE = 2500
MAILS = 250
ROUNDS = 3


def measure() -> dict[str, float | str]:
    """Seconds and queries; the fewer the better. Mails a second; the more the better."""
    return on_both("bench.telling")


def here() -> dict[str, float | str]:
    """On the database of the environment. A tenth of the people have a device for pushes, a fifth want the digest."""
    begin()
    from tests.news import register

    register()
    people = everybody()
    told = [measured(partial(tell, people, number)) for number in range(ROUNDS)]
    row_by_row = measured(partial(tell_row_by_row, people))
    few = measured(partial(tell, people[:1], ROUNDS))
    return {
        f"notify, {PEOPLE} people, s": round(median(seconds for seconds, _queries in told), 2),
        f"notify, {PEOPLE} people, queries": told[0][1],
        "notify, one person, queries": few[1],
        f"create() a row, {PEOPLE} people, s": round(row_by_row[0], 2),
        f"create() a row, {PEOPLE} people, queries": row_by_row[1],
        **sent(),
    }


def everybody() -> "list[User]":
    """The people, with what they have chosen."""
    from accounts.models import User
    from notifications.models import Choice, Subscription

    people = User.objects.bulk_create(User(email=f"p{n}@bench.example", name=f"P {n}") for n in range(PEOPLE))
    Choice.objects.bulk_create(Choice(person=one, kind="news", when="digest") for one in people[::5])
    Subscription.objects.bulk_create(
        Subscription(person=one, endpoint=f"https://push.example/{one.pk}", p256dh="k", auth="a")
        for one in people[1::10]
    )
    return people


def measured(act: Callable[[], object]) -> tuple[float, int]:
    """Seconds, and the queries without those of the transaction itself."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        begun = perf_counter()
        act()
        spent = perf_counter() - begun
    return spent, sum(not query["sql"].startswith(("BEGIN", "COMMIT")) for query in queries.captured_queries)


def tell(people: "list[User]", number: int) -> None:
    """One cause."""
    from notifications.actions import Why, notify
    from tests.news import card

    notify(people, card(people[0]), Why("news", f"news:{number}", place="room:1"))


def tell_row_by_row(people: "list[User]") -> None:
    """What the same rows take without ``bulk_create``: a notification and a delivery each, in one transaction."""
    from django.db import transaction
    from django.utils import timezone

    from notifications.models import Delivery, Notification

    now = timezone.now()
    with transaction.atomic():
        for one in people:
            about = {"about_kind": "somebody", "about_id": people[0].pk}
            row = Notification.objects.create(person=one, kind="news", cause="peer", created_at=now, **about)
            mail = {"notification": row, "person": one, "kind": "news", "channel": "mail"}
            Delivery.objects.create(**mail, created_at=now, due_at=now)


def sent() -> dict[str, float | str]:
    """Mails a second that leave over one connection to a mail server in another thread of this machine."""
    from django.test import override_settings
    from django.utils import timezone

    from notifications.models import Delivery
    from notifications.sending import send_due
    from tests.postbox import postbox

    Delivery.objects.update(due_at=timezone.now())
    with postbox() as box, override_settings(**box.settings()):
        begun = perf_counter()
        left = send_due(limit=MAILS)
        return {"mails that leave, a second": round(left / (perf_counter() - begun))}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(here()))
