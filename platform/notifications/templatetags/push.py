"""What the section of push messages shows, on whatever page it stands."""

from dataclasses import dataclass

from django import template
from django.template import Context

from accounts.requests import PersonRequest
from notifications.models import Subscription
from notifications.push.devices import asking, in_words
from notifications.push.vapid import public_key

register = template.Library()


@dataclass(frozen=True)
class Device:
    """A line of the list."""

    row: Subscription
    name: str
    is_here: bool


@dataclass(frozen=True)
class Standing:
    """How it stands: what the browser is to be told, the person's devices, and whether this is one of them."""

    key: str
    devices: list[Device]

    @property
    def is_here(self) -> bool:
        """Whether this browser is among them."""
        return any(device.is_here for device in self.devices)


@register.simple_tag(takes_context=True)
def push_standing(context: Context) -> Standing:
    """For the person whose page this is."""
    request: PersonRequest = context["request"]
    here = asking(request).values_list("pk", flat=True).first()
    rows = Subscription.objects.filter(person=request.user)
    return Standing(public_key(), [Device(row, in_words(row.device), row.pk == here) for row in rows])
