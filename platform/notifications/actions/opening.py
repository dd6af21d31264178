"""A person has been to what they were told of: what has not left yet stays here."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from notifications.broadcasts import settled
from notifications.models import Notification
from notifications.models.notification import Notifications
from things import Thing


def opened(person: User, about: Thing) -> int:
    """The person sees ``about`` now: everything they were told about it is opened. How many were. A mail that still
    waits is dropped when its time comes. Most looks change nothing: they cost one query, and nothing is written."""
    told = Notification.objects.filter(person=person, about_kind=about.kind, about_id=about.id)
    return close(person, told) if told.unopened().exists() else 0


@transaction.atomic(savepoint=False)
def settle(person: User, place: str, upto: int) -> int:
    """The person has read ``place`` (``room:7``) up to and with position ``upto``. How many that opened."""
    return close(person, Notification.objects.filter(person=person, place=place, position__lte=upto))


@transaction.atomic(savepoint=False)
def settle_things(person: User, kind: str, ids: Iterable[int]) -> int:
    """The person has been to these things of one kind (``message``), wherever they are. How many that opened."""
    return close(person, Notification.objects.filter(person=person, about_kind=kind, about_id__in=ids))


@transaction.atomic
def open_all(person: User, upto: Notification) -> datetime | None:
    """The person knows all of it, up to and with ``upto``: what came later stays. The moment by which ``reopen`` takes
    it back; None where everything was opened before."""
    now = timezone.now()
    own = Notification.objects.filter(person=person)
    return now if close(person, own.before(upto) | own.filter(pk=upto.pk), now) else None


@transaction.atomic
def reopen(person: User, moment: datetime) -> int:
    """Take back what was opened at exactly this moment. How many."""
    return Notification.objects.filter(person=person, opened_at=moment).update(opened_at=None)


@transaction.atomic
def see(person: User) -> int:
    """The person looks under the bell: nothing there is new any more. How many were. Most looks change nothing, and
    then nothing is written."""
    new = Notification.objects.filter(person=person).unseen()
    done = new.update(seen_at=timezone.now()) if new.exists() else 0
    if done:
        settled(person.pk)
    return done


def close(person: User, notifications: Notifications, now: datetime | None = None) -> int:
    """Mark those that are not opened yet, and tell the person's devices if there were any."""
    done = notifications.unopened().update(opened_at=now or timezone.now())
    if done:
        settled(person.pk)
    return done
