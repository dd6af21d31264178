"""A person has changed their choices, their hours or their zone: what waits for them moves to where it now belongs.

A mute moves nothing: what falls due while it lasts is dropped when it is asked again before it leaves, and what falls
due after its end comes as it would have come.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from notifications.kinds import When, kinds
from notifications.models import Choice, Delivery, Preferences
from notifications.models.choice import nearest, wish
from notifications.outbox import over
from notifications.timing import after_quiet, next_digest

Channel, Dropped, State = Delivery.Channel, Delivery.Dropped, Delivery.State
TURNED: dict[tuple[When | None, str], str] = {
    (When.AT_ONCE, Channel.DIGEST): Channel.MAIL,
    (When.DIGEST, Channel.MAIL): Channel.DIGEST,
}
"""What something that waits becomes. Never a push: that tells of what has just happened."""


@transaction.atomic
def replan(person: User) -> int:
    """Move what waits for ``person``, or drop what they no longer want; how many deliveries. At most six
    queries. What is on its way, because it is due or has been tried, stays as it was planned."""
    reader = User.objects.select_for_update().get(pk=person.pk)  # of two changes at once the second sees the first
    now = timezone.now()
    plan, untaken = Plan(reader, now), Delivery.objects.waiting().untaken(now)
    waiting = untaken.filter(person=reader, kind__in=kinds, notification__isnull=False).select_related("notification")
    unwanted, moved = [], []
    for delivery in waiting:
        belongs = plan.belongs(delivery)
        if belongs is None:
            unwanted.append(delivery.pk)
        elif belongs != (delivery.channel, delivery.due_at):
            delivery.channel, delivery.due_at = belongs
            moved.append(delivery)
    dropped = untaken.filter(pk__in=unwanted).update(**over(State.DROPPED, Dropped.CHOICE))
    return dropped + untaken.bulk_update(moved, ["channel", "due_at"])


@transaction.atomic
def keep_rhythm(person: User, rhythm: str) -> None:
    """Let the digest come every day or once a week from now on."""
    Preferences.objects.update_or_create(pk=person.pk, defaults={"rhythm": rhythm})
    replan(person)


class Plan:
    """Where one person's deliveries belong, in two queries for all."""

    def __init__(self, reader: User, now: datetime) -> None:
        self.now = now
        self.zone = reader.zone
        self.preferences = Preferences.of(reader)
        self.choices = list(Choice.objects.in_force().filter(person=reader))

    def belongs(self, delivery: Delivery) -> tuple[str, datetime] | None:
        """Its channel and moment; None for what the person does not want at all, or not as a push."""
        when = self.wish(delivery)
        if when == When.OFF or (when == When.DIGEST and delivery.channel == Channel.PUSH):
            return None
        channel = TURNED.get((when, delivery.channel), delivery.channel)
        due = channel == delivery.channel and delivery.due_at <= self.now
        if due or delivery.attempts:
            return delivery.channel, delivery.due_at
        return channel, self.moment(delivery, channel)

    def wish(self, delivery: Delivery) -> When | None:
        """What the person wants; None behind a mute."""
        place = delivery.notification.place if delivery.notification else ""
        choices = [one for one in self.choices if one.concerns(delivery.kind, place)]
        near = nearest(choices)
        muted = near is not None and near.is_mute and kinds[delivery.kind].may_choose
        return None if muted else wish(delivery.kind, choices)

    def moment(self, delivery: Delivery, channel: str) -> datetime:
        """When it leaves through ``channel`` by the hours of now."""
        if channel == Channel.DIGEST:
            return next_digest(self.now, self.preferences, self.zone)
        wait = kinds[delivery.kind].mail_after if channel == Channel.MAIL else timedelta()
        return after_quiet(max(delivery.created_at + wait, self.now), self.preferences, self.zone)
