"""What a round of sending has come to."""

from datetime import timedelta

import time_machine

from accounts.models import User
from notifications.models import Delivery
from notifications.sending import send_due

Fact = tuple[str, str, int]


def facts(*people: User) -> list[Fact]:
    """State, reason and attempts of everybody's deliveries."""
    found = Delivery.objects.filter(person__in=people) if people else Delivery.objects.all()
    return list(found.order_by("person_id", "pk").values_list("state", "reason", "attempts"))


def later(clock: time_machine.Traveller, span: timedelta) -> int:
    """How much is sent after that time."""
    clock.shift(span)
    return send_due()
