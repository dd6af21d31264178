"""Letters: mail to an address without an account, through the same outbox."""

from typing import Any

from django.utils import timezone

from notifications.models import Delivery
from notifications.outbox import over


def letter(address: str, kind: str, *, key: str, language: str, facts: dict[str, Any]) -> Delivery:
    """Mail to an address without an account, in the caller's transaction. ``key`` makes it the same one: a letter that
    still waits takes the new facts, one that has left stays as it is."""
    now = timezone.now()
    made, fresh = Delivery.objects.get_or_create(
        letter=key,
        defaults={
            "channel": Delivery.Channel.MAIL,
            "kind": kind,
            "address": address,
            "language": language,
            "facts": facts,
            "created_at": now,
            "due_at": now,
        },
    )
    if not fresh and Delivery.objects.waiting().filter(pk=made.pk).update(facts=facts, language=language):
        made.facts, made.language = facts, language
    return made


def withdraw(key: str) -> bool:
    """A letter that still waits does not leave, and its facts go. Whether there was one."""
    gone = over(Delivery.State.DROPPED, Delivery.Dropped.GONE)
    return bool(Delivery.objects.waiting().filter(letter=key).update(**gone))
