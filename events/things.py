"""A gathering as other apps see it: a title, an address, a line and a few facts."""

from django.db.models import QuerySet

from events.models import Event
from prose import plain
from things import Thing


def visible_to(user: object) -> QuerySet[Event]:
    """The gatherings that ``user`` may point at."""
    return Event.objects.visible_to(user).with_places()


def card(event: Event) -> Thing:
    """What stands in a link or a card; ``row.starts_at`` has the moment."""
    return Thing(
        kind="event",
        id=event.pk,
        title=event.title,
        url=event.get_absolute_url(),
        summary=plain(event.description)[:200],
        facts={"kind": event.get_kind_display(), "state": event.get_state_display(), "place": event.place},
        row=event,
    )
