"""When the structure changes: rooms open with their place, and open and close for people with their seats."""

from typing import Any

from django.dispatch import receiver

from chat import actions
from knowledge.actions import follow_partnership
from partnerships import signals
from partnerships.models import Body, Network, Partnership


@receiver(signals.network_created, dispatch_uid="chat")
def network_created(network: Network, **_: Any) -> None:
    """A network has its square and its announcements."""
    actions.open_network_rooms(network)


@receiver(signals.partnership_created, dispatch_uid="chat")
def partnership_created(partnership: Partnership, **_: Any) -> None:
    """A partnership has its room."""
    actions.open_partnership_room(partnership)


@receiver(signals.body_created, dispatch_uid="chat")
def body_created(body: Body, **_: Any) -> None:
    """A body has its room."""
    actions.open_body_room(body)


@receiver(signals.partnership_changed, dispatch_uid="chat")
def partnership_changed(partnership: Partnership, **_: Any) -> None:
    """The rooms take its name, and are only read once it is closed."""
    actions.announce_state(partnership)


@receiver(signals.partnership_changed, dispatch_uid="knowledge")
def partnership_moved(partnership: Partnership, **_: Any) -> None:
    """Its lessons go where it goes."""
    follow_partnership(partnership)


@receiver(signals.access_changed, dispatch_uid="chat")
def access_changed(places: list[Network | Partnership | Body], people: set[int], **_: Any) -> None:
    """Rooms open and close for these people."""
    actions.announce_access(places, people)
