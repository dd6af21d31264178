"""Push messages leave: what is due is claimed, asked again, handed to the push services of the person's devices, and
what became of it is stored. Several processes may do so side by side, as with mail (``sending``)."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from django.utils import timezone

from accounts.models import User
from notifications.leaving import moment, part
from notifications.models import Delivery, Notification, Subscription
from notifications.outbox import PUSHED, Unit, claim
from notifications.push.message import Message, message
from notifications.push.posting import Answer, Outcome, Push, post_all
from notifications.telling import as_read_by

LIMIT = 16
"""Messages in one round: few enough to be over before their claims are, though every service should be silent."""

logger = logging.getLogger("exchange.push")


@dataclass(frozen=True)
class Written:
    """A unit that may leave, and the message for each device."""

    unit: Unit
    pushes: list[Push]


def push_due(limit: int = LIMIT) -> int:
    """One round: how many messages were dealt with."""
    units = list(islice(iter(lambda: claim(PUSHED), None), limit))
    written = [one for one in map(write, units) if one]
    if written:
        answers = iter(post_all([push for one in written for push in one.pushes]))
        for one in written:
            note(one, list(islice(answers, len(one.pushes))))
    return len(units)


def write(unit: Unit) -> Written | None:
    """The message of one unit for every device of its person; None where it does not leave now."""
    try:
        return message_of(unit)
    except Exception as problem:
        logger.exception("A push could not be written (delivery %d).", unit.deliveries[0].pk)
        unit.put_off(timezone.now(), f"{type(problem).__name__}: {problem}")
        return None


def message_of(unit: Unit) -> Written | None:
    """Asked again: is it quiet, may they, do they want to, and where."""
    notification, person = unit.deliveries[0].notification, unit.deliveries[0].person
    if notification is None or person is None:
        raise ValueError("a letter is no push")
    now = timezone.now()
    if (later := moment(unit.deliveries[0], now)) > now:  # late because something was away: it does not ring at night
        unit.wait(later)
        return None
    said = words_of(notification, person)
    if not isinstance(said, Message):
        unit.end(Delivery.State.DROPPED, said)
        return None
    devices = Subscription.objects.filter(person=person)
    return Written(unit, [Push(device, said) for device in devices])


def words_of(notification: Notification, person: User) -> Message | Delivery.Dropped:
    """What is said, or why nothing is."""
    with as_read_by(person):
        told, left_out = part([notification], person, Delivery.Channel.PUSH)
        return message(told[0], person) if told else left_out[notification.pk]


def note(written: Written, answers: Sequence[Answer]) -> None:
    """Store what became of it. It is sent when at least one device's service took it."""
    devices = [push.subscription for push in written.pushes]
    by_outcome = {outcome: [one for one in answers if one.outcome is outcome] for outcome in Outcome}
    forget([device for device, answer in zip(devices, answers, strict=True) if answer.outcome is Outcome.GONE])
    taken = [device.pk for device, answer in zip(devices, answers, strict=True) if answer.outcome is Outcome.TAKEN]
    now = timezone.now()
    if taken:
        Subscription.objects.filter(pk__in=taken).update(last_sent_at=now)
        written.unit.sent()
    elif later := by_outcome[Outcome.LATER]:
        written.unit.put_off(now, later[0].words, after=now + max(answer.wait for answer in later))
    elif refused := by_outcome[Outcome.REFUSED]:
        logger.warning("A push was refused: %s", refused[0].words)
        written.unit.end(Delivery.State.REFUSED, refused[0].words)
    else:
        written.unit.end(Delivery.State.DROPPED, Delivery.Dropped.DEVICE)


def forget(devices: Sequence[Subscription]) -> None:
    """Their browsers take no messages any more, unless they have subscribed anew meanwhile."""
    for device in devices:
        Subscription.objects.filter(pk=device.pk, endpoint=device.endpoint).delete()
