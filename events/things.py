"""A gathering as other apps see it: a title, an address, a line and a few facts."""

from django.db.models import CharField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from events.models import Answer, Event
from prose import plain
from things import Thing


def visible_to(user: object) -> QuerySet[Event]:
    """The gatherings that ``user`` may point at."""
    own = Answer.objects.filter(event=OuterRef("pk"), person=getattr(user, "pk", None)).values("choice")
    own_answer = Coalesce(Subquery(own), Value(""), output_field=CharField())
    return Event.objects.visible_to(user).with_places().annotate(own_answer=own_answer)


def card(event: Event) -> Thing:
    """What stands in a link or a card; ``row.starts_at`` has the moment. ``answer`` is that of who asked for it."""
    facts = {"kind": event.get_kind_display(), "state": event.get_state_display(), "place": event.place}
    return Thing(
        kind="event",
        id=event.pk,
        title=event.title,
        url=event.get_absolute_url(),
        summary=plain(event.description)[:200],
        facts={**facts, "answer": getattr(event, "own_answer", "")},
        row=event,
    )
