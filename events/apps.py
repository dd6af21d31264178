from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from things import register


class EventsConfig(AppConfig):
    """Gatherings, their local times, who comes, and the calendars that people subscribe to."""

    name = "events"
    verbose_name = _("Calendar")

    def ready(self) -> None:
        """Let other apps point at gatherings, the tick look for what is near, and people be told of it."""
        things = import_module("events.things")
        register("event", visible_to=things.visible_to, card=things.card)
        import_module("events.jobs").register()
        import_module("events.notices").register_kinds()
