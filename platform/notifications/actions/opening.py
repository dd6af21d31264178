"""A person has been to what they were told of: what has not left yet stays here."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from notifications.broadcasts import settled
from notifications.models import Notification
from notifications.models.notification import Notifications
from things import Thing


@transaction.atomic
def opened(person: User, about: Thing) -> int:
    """The person sees ``about`` now: everything they were told about it is opened. How many were. One query, and a
    mail that still waits is dropped when its time comes."""
    return close(person, Notification.objects.filter(person=person, about_kind=about.kind, about_id=about.id))


@transaction.atomic
def settle(person: User, place: str, upto: int) -> int:
    """The person has read ``place`` (``room:7``) up to and with position ``upto``. How many that opened."""
    return close(person, Notification.objects.filter(person=person, place=place, position__lte=upto))


def close(person: User, notifications: Notifications) -> int:
    """Mark those that are not opened yet, and tell the person's devices if there were any."""
    done = notifications.unopened().update(opened_at=timezone.now())
    if done:
        settled(person.pk)
    return done
