"""A browser begins to take push messages for a person, or ends it."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from notifications.models import Subscription

MOST_DEVICES = 10


class TooManyError(Exception):
    """The person has as many devices as one may have."""


@dataclass(frozen=True)
class Browser:
    """What a browser says of its subscription (Push API, ``PushSubscription.toJSON()``), and its name."""

    endpoint: str
    p256dh: str
    auth: str
    device: str


@transaction.atomic
def subscribe(person: User, browser: Browser, before: QuerySet[Subscription]) -> Subscription:
    """Messages of ``person``'s go to this browser from now on, and nobody else's do. ``before`` is what is known of the
    same browser from earlier, under whatever endpoint. Raises ``TooManyError``."""
    User.objects.select_for_update().get(pk=person.pk)  # of two at once the second counts the first
    before.exclude(endpoint=browser.endpoint).delete()
    if person.push_subscriptions.exclude(endpoint=browser.endpoint).count() >= MOST_DEVICES:
        raise TooManyError
    told = {"p256dh": browser.p256dh, "auth": browser.auth, "device": browser.device, "created_at": timezone.now()}
    made, _fresh = Subscription.objects.update_or_create(
        endpoint=browser.endpoint, defaults={**told, "person": person, "last_sent_at": None}
    )
    return made


def unsubscribe(person: User, devices: QuerySet[Subscription]) -> int:
    """No more messages of ``person``'s go to these of their browsers. How many that were."""
    return devices.filter(person=person).delete()[0]
