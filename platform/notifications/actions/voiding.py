"""What was told holds no more: the gathering is called off, the seat goes on."""

from notifications.models import Delivery
from notifications.outbox import over
from things import Thing


def void(kind: str, about: Thing) -> int:
    """Nothing of this kind about a thing leaves any more that still waits, to whomever; how much that was. What stands
    under the bell stays, and says how things are now."""
    gone = over(Delivery.State.DROPPED, Delivery.Dropped.GONE)
    waiting = Delivery.objects.waiting().filter(kind=kind)
    return waiting.filter(notification__about_kind=about.kind, notification__about_id=about.id).update(**gone)
