"""``notify``: who is to be told what becomes rows, in the transaction of the cause and in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from notifications.broadcasts import told
from notifications.kinds import When, kinds
from notifications.models import Choice, Delivery, Notification, Preferences, Subscription
from notifications.models.choice import wish
from notifications.timing import after_quiet, next_digest
from things import Thing


@dataclass(frozen=True)
class Why:
    """Why people are told.

    ``cause`` names what happened, the same whenever it is told again (``message:812``, ``event:7:week``): a person
    hears of a cause once. ``place`` (``room:7``) is where, and ``position`` the place in it that reading settles.
    ``facts`` are what the words need beside the thing, as JSON. ``by`` caused it, and is not told.
    """

    kind: str
    cause: str
    place: str = ""
    position: int | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    by: User | None = None


@dataclass(frozen=True)
class News:
    """One cause of many that are told together: ``people`` are told ``about`` a thing, for this ``why``."""

    people: Collection[User]
    about: Thing
    why: Why

    def rows(self, now: datetime) -> Iterable[Notification]:
        """What would stand under each one's bell; nothing for whoever caused it."""
        by = self.why.by.pk if self.why.by else None
        return (row(one, self.about, self.why, now) for one in self.people if one.is_active and one.pk != by)


def notify(people: Iterable[User], about: Thing, why: Why) -> int:
    """Tell each of ``people`` about a thing, under the bell and as each has chosen; how many had not been told yet.

    Six queries, and one more for each 2,500 people and channel, however many people there are.
    """
    return notify_all([News(list(people), about, why)])


@transaction.atomic
def notify_all(news: Sequence[News]) -> int:
    """Tell of many causes at once, in as many queries as ``notify`` takes for one; how many rows that made. Where one
    cause stands in several, the first that names a person tells them."""
    causes = {one.why.cause for one in news}
    told_before = set(Notification.objects.filter(cause__in=causes).values_list("cause", "person"))
    now = timezone.now()
    rows: dict[tuple[str, int], Notification] = {}
    for row in (row for one in news for row in one.rows(now)):
        rows.setdefault((row.cause, row.person_id), row)
    fresh = [row for key, row in rows.items() if key not in told_before]
    if not fresh:
        return 0
    Notification.objects.bulk_create(fresh, ignore_conflicts=True)
    kept = Notification.objects.filter(cause__in=causes, created_at=now)
    made = [one for one in kept if (one.cause, one.person_id) not in told_before]
    people = {row.person_id: row.person for row in fresh}
    Delivery.objects.bulk_create(Planner(made, people, now).plan(), ignore_conflicts=True)
    told(made)
    return len(made)


def row(person: User, about: Thing, why: Why, now: datetime) -> Notification:
    """What stands under one person's bell."""
    return Notification(
        person=person,
        kind=why.kind,
        cause=why.cause,
        about_kind=about.kind,
        about_id=about.id,
        place=why.place,
        position=why.position,
        facts=why.facts,
        by=why.by,
        created_at=now,
    )


class Planner:
    """Through which channels, and when: from everybody's choices, hours and devices, in three queries for all."""

    def __init__(self, made: list[Notification], people: dict[int, User], now: datetime) -> None:
        self.made = made
        self.people = people
        self.now = now
        self.choices: dict[int, list[Choice]] = defaultdict(list)
        for choice in Choice.objects.concerning_any({one.kind for one in made}, {one.place for one in made}):
            self.choices[choice.person_id].append(choice)
        self.preferences = {one.pk: one for one in Preferences.objects.filter(pk__in=people)}
        self.devices = set(Subscription.objects.filter(person__in=people).values_list("person", flat=True))

    def plan(self) -> list[Delivery]:
        """The deliveries of these notifications; none for who wants the bell only."""
        return [delivery for one in self.made for delivery in self.of(one, self.people[one.person_id])]

    def of(self, notification: Notification, person: User) -> Iterable[Delivery]:
        """The deliveries of one."""
        kind = kinds[notification.kind]
        preferences = self.preferences.get(person.pk) or Preferences(person=person)
        choices = self.choices[person.pk]
        when = wish(kind.name, [one for one in choices if one.concerns(kind.name, notification.place)])
        if when == When.OFF or (preferences.is_muted and kind.may_choose):
            return
        if when == When.DIGEST:
            yield self.delivery(notification, Delivery.Channel.DIGEST, next_digest(self.now, preferences, person.zone))
            return
        mail = after_quiet(self.now + kind.mail_after, preferences, person.zone)
        yield self.delivery(notification, Delivery.Channel.MAIL, mail)
        if person.pk in self.devices:
            push = after_quiet(self.now, preferences, person.zone)
            yield self.delivery(notification, Delivery.Channel.PUSH, push)

    def delivery(self, notification: Notification, channel: Delivery.Channel, due_at: datetime) -> Delivery:
        """One row of the outbox."""
        return Delivery(
            notification=notification,
            person_id=notification.person_id,
            kind=notification.kind,
            channel=channel,
            created_at=self.now,
            due_at=due_at,
        )
