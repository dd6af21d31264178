"""What open browsers hear: that there is something under the bell. The words are fetched by who wants them."""

from collections.abc import Iterable

from notifications.models import Notification
from realtime.publishing import listening, publish


def told(notifications: Iterable[Notification]) -> None:
    """To all devices of each person, after the commit."""
    if not listening():
        return
    for notification in notifications:
        frame = {"type": "notice", "id": notification.pk, "kind": notification.kind, "place": notification.place}
        publish(f"user:{notification.person_id}", frame)


def settled(person_id: int) -> None:
    """To all devices of a person, after the commit: less waits than before, so count anew."""
    publish(f"user:{person_id}", {"type": "notice", "settled": True})
