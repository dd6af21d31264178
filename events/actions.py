"""What people do with gatherings: call, change, confirm, cancel, answer; and renew their private address."""

import hashlib
import uuid
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from events.ical import feed_file
from events.models import Answer, Event, Feed, Move
from events.models.event import Place
from events.models.feed import new_seed
from events.notices import forget_reminders
from events.permissions import Convener, can_answer, can_call, can_change, can_confirm, can_propose
from events.signals import event_answered, event_cancelled, event_changed, event_scheduled
from events.things import card
from notifications.actions import opened
from partnerships.models import Network, Partnership

TIMES = ("first_day", "opens", "last_day", "closes", "zone")


class NotAllowedError(Exception):
    """The person sees the gathering but may not do this with it."""


class OutdatedError(Exception):
    """Somebody else changed the gathering in the meantime."""


@transaction.atomic
def schedule_event(*, organiser: User, audience: Place, uid: uuid.UUID | None = None, **fields: Any) -> Event:
    """Call a gathering, or propose it to a network that one does not run.

    ``uid`` is chosen by whoever asks, so that asking twice makes one. Raises ``NotAllowedError``.
    """
    convener = Convener.of(organiser)
    if not can_call(convener, audience):
        if not can_propose(convener, audience):
            raise NotAllowedError
        fields["state"] = Event.State.IDEA
    event, made = Event.objects.get_or_create(
        uid=uid or uuid.uuid4(), defaults={"organiser": organiser, audience_field(audience): audience, **fields}
    )
    if event.organiser_id != organiser.pk:
        raise NotAllowedError
    if made:
        count_in(event, organiser)
        event_scheduled.send(Event, event=event)
    return event


def count_in(event: Event, organiser: User) -> None:
    """Whoever calls a gathering that is for them comes to it; like any answer, this one may be changed."""
    if not event.is_deadline and Event.objects.inviting(organiser).filter(pk=event.pk).exists():
        Answer.objects.create(event=event, person=organiser, choice=Answer.Choice.YES)


def audience_field(place: Place) -> str:
    """The column that a place stands in."""
    if isinstance(place, Network):
        return "network"
    return "partnership" if isinstance(place, Partnership) else "body"


@transaction.atomic
def change_event(event: Event, by: User, fields: dict[str, Any], *, read: int | None = None) -> Event:
    """Give the gathering these values. A new time is kept as a ``Move``; nothing new changes nothing.

    ``read`` is the sequence that the person had before their eyes. Raises ``NotAllowedError``, ``OutdatedError``.
    """
    event = Event.objects.select_for_update().get(pk=event.pk)
    if not can_change(Convener.of(by), event):
        raise NotAllowedError
    news = {name: value for name, value in fields.items() if getattr(event, name) != value}
    if news and read is not None and read != event.sequence:
        raise OutdatedError
    return store(event, by, news)


@transaction.atomic
def correct_event(event: Event, by: User, fields: dict[str, Any]) -> Event:
    """The same from the administration, which asks for no seat: moves are kept and revisions counted there too."""
    event = Event.objects.select_for_update().get(pk=event.pk)
    return store(event, by, {name: value for name, value in fields.items() if getattr(event, name) != value})


def store(event: Event, by: User, news: dict[str, Any]) -> Event:
    """Take over values that differ, keep the old time if it is among them, and tell."""
    if not news:
        return event
    if news.keys() & set(TIMES):
        forget_reminders(event)
        Move.objects.create(event=event, moved_by=by, **{name: getattr(event, name) for name in TIMES})
    for name, value in news.items():
        setattr(event, name, value)
    revise(event)
    event_changed.send(Event, event=event, changed=set(news))
    return event


def revise(event: Event) -> None:
    """Store a new revision, as RFC 5545 counts them."""
    event.sequence += 1
    event.changed_at = timezone.now()
    event.save()


@transaction.atomic
def confirm_event(event: Event, by: User) -> Event:
    """It is settled; twice is once. Raises ``NotAllowedError``."""
    event = Event.objects.select_for_update().get(pk=event.pk)
    if event.state == Event.State.CONFIRMED:
        return event
    if not can_confirm(Convener.of(by), event):
        raise NotAllowedError
    event.state = Event.State.CONFIRMED
    revise(event)
    event_changed.send(Event, event=event, changed={"state"})
    return event


@transaction.atomic
def cancel_event(event: Event, by: User) -> Event:
    """It does not take place. It stays in every calendar, as cancelled; twice is once. Raises ``NotAllowedError``."""
    event = Event.objects.select_for_update().get(pk=event.pk)
    if event.is_cancelled:
        return event
    if not can_change(Convener.of(by), event):
        raise NotAllowedError
    forget_reminders(event)
    event.state = Event.State.CANCELLED
    revise(event)
    event_cancelled.send(Event, event=event)
    return event


@transaction.atomic
def answer_event(event: Event, person: User, choice: str) -> Answer:
    """Say yes, maybe or no; the same answer again changes nothing. Raises ``NotAllowedError`` when it is too late."""
    if not can_answer(event):
        raise NotAllowedError
    answer, made = Answer.objects.select_for_update().get_or_create(
        event=event, person=person, defaults={"choice": choice}
    )
    if not made and answer.choice != choice:
        answer.choice, answer.answered_at = choice, timezone.now()
        answer.save()
        made = True
    if made:
        event_answered.send(Event, event=event, answer=answer)
    opened(person, card(event))
    return answer


def feed_of(person: User) -> Feed:
    """The person's private address, made when first asked for."""
    return Feed.objects.get_or_create(person=person)[0]


def renew_feed(person: User) -> Feed:
    """A new private address; the old one is dead from now on."""
    feed = feed_of(person)
    feed.seed, feed.created_at = new_seed(), timezone.now()
    feed.save(update_fields=["seed", "created_at"])
    return feed


def read_feed(feed: Feed) -> bytes:
    """The person's calendar as it is now, noting since when it reads so."""
    body = feed_file(feed.person)
    digest = hashlib.sha256(body).hexdigest()
    if digest != feed.digest:
        # Last-Modified counts in seconds: two versions within one must not share it.
        changed_at = max(timezone.now(), feed.changed_at + timedelta(seconds=1))
        Feed.objects.filter(pk=feed.pk).update(digest=digest, changed_at=changed_at)
        feed.digest, feed.changed_at = digest, changed_at
    return body
