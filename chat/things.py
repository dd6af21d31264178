"""Rooms and messages as other apps see them."""

from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse

import things
from chat.models import Message, Room
from chat.text import words_of
from partnerships.models import Network


def card(room: Room) -> things.Thing:
    """The room with what it is listed under."""
    return things.Thing("room", room.pk, room.name, room.get_absolute_url(), summary=str(room.whole or ""), row=room)


def squares_visible_to(user: object) -> QuerySet[Network]:
    """Networks whose square ``user`` may enter, each with its ``square``'s id."""
    open_to = Room.objects.visible_to(user).filter(kind=Room.Kind.SQUARE)
    return Network.objects.filter(rooms__in=open_to).annotate(square=F("rooms"))


def square(network: Any) -> things.Thing:
    """The square under its network's id, so that whoever knows the network can point at the place to ask."""
    return things.Thing("square", network.pk, network.name, reverse("chat:room", args=[network.square]), row=network)


def message(row: Message) -> things.Thing:
    """A message under its room's name, with its plain words, line by line."""
    facts = {
        "author": row.author.shown_name,
        "number": str(row.number),
        "place": str(row.room.whole or ""),
        "language": row.language,
        **quotable(row),
    }
    return things.Thing(
        "message", row.pk, row.room.name, row.get_absolute_url(), words_of(row.body, row.html), facts, row
    )


def quotable(row: Message) -> dict[str, str]:
    """What others need to quote it: nothing for what was said among a few, or by somebody who is gone."""
    if row.room.kind == Room.Kind.DIRECT or row.author.erased_at:
        return {}
    organisation = str(row.organisation_id or "")
    return {"author_id": str(row.author_id), "organisation_id": organisation, "said_at": row.posted_at.isoformat()}


def messages_visible_to(user: object) -> QuerySet[Message]:
    """What ``user`` may read, wherever it was said."""
    return Message.objects.visible_to(user).with_author().with_room()


things.register("message", visible_to=messages_visible_to, card=message)
things.register("room", visible_to=lambda user: Room.objects.visible_to(user).with_place(), card=card)
things.register("square", visible_to=squares_visible_to, card=square)
