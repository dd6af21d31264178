"""Asked again when something leaves: is it the hour, may this person still be told this, do they still want it."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from accounts.models import User
from notifications.kinds import When, kinds
from notifications.models import Choice, Delivery, Notification, Preferences
from notifications.models.choice import wish
from notifications.telling import Told, tell
from notifications.timing import after_quiet, day_around, digest_leaves, next_digest

Channel = Delivery.Channel
Dropped = Delivery.Dropped


def moment(delivery: Delivery, now: datetime) -> datetime:
    """``now``, or when it may leave by the person's own clock: what is late since something was away comes neither at
    night nor as a second digest on one day. A letter knows no clock."""
    person = delivery.person
    if person is None:
        return now
    preferences = Preferences.of(person)
    if delivery.channel != Channel.DIGEST:
        return after_quiet(now, preferences, person.zone)
    today, tomorrow = day_around(now, person.zone)
    left = [Delivery.State.SENT, Delivery.State.BOUNCED]
    if Delivery.objects.filter(person=person, channel=Channel.DIGEST, state__in=left, ended_at__gte=today).exists():
        return next_digest(tomorrow - timedelta.resolution, preferences, person.zone)
    return digest_leaves(now, preferences, person.zone)


def part(rows: Sequence[Notification], person: User, channel: str) -> tuple[list[Told], dict[int, Dropped]]:
    """What may be told now through ``channel``, and why not the rest (by the notification's number)."""
    preferences = Preferences.of(person)
    choices = list(Choice.objects.in_force().filter(person=person))
    left_out = {row.pk: why for row in rows if (why := why_not(row, person, preferences, choices, channel))}
    told = tell([row for row in rows if row.pk not in left_out], person)
    seen = {one.notification.pk for one in told}
    return told, {row.pk: Dropped.GONE for row in rows if row.pk not in seen} | left_out


def why_not(
    row: Notification, person: User, preferences: Preferences, choices: Iterable[Choice], channel: str
) -> Dropped | None:
    """Why one may not leave; None where only access is left to ask."""
    if not person.is_active:
        return Dropped.CLOSED
    if preferences.mail_paused_at and channel != Channel.PUSH:
        return Dropped.PAUSED
    if row.opened_at:
        return Dropped.READ
    if row.kind not in kinds:
        return Dropped.GONE
    concerning = [one for one in choices if one.kind in {"", row.kind} and one.place in {"", row.place}]
    muted = preferences.is_muted and kinds[row.kind].may_choose
    return Dropped.CHOICE if muted or not wants(wish(row.kind, concerning), channel) else None


def wants(wish: When, channel: str) -> bool:
    """What has turned into something for the digest still leaves as the mail that it was to be, but rings nobody up."""
    return wish == When.AT_ONCE if channel == Channel.PUSH else wish != When.OFF
