"""The addresses of the calendar."""

from datetime import date

from django.urls import path, register_converter

from events import api
from events.views import agenda, feed, gathering


class MonthConverter:
    """``2026-11`` as the first of that month."""

    regex = r"(?:197[1-9]|19[89]\d|20\d\d|21\d\d)-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> date:
        """``2026-11`` → 1 November 2026."""
        return date.fromisoformat(f"{value}-01")

    def to_url(self, value: date) -> str:
        """1 November 2026 → ``2026-11``."""
        return f"{value:%Y-%m}"


register_converter(MonthConverter, "month")

app_name = "events"
urlpatterns = [
    path("", agenda.home, name="home"),
    path("month/", agenda.this_month, name="this_month"),
    path("month/<month:first>/", agenda.month, name="month"),
    path("new/", gathering.new, name="new"),
    path("<int:pk>/", gathering.event, name="event"),
    path("<int:pk>.ics", gathering.file, name="file"),
    path("<int:pk>/answer/", gathering.answer, name="answer"),
    path("<int:pk>/edit/", gathering.edit, name="edit"),
    path("<int:pk>/confirm/", gathering.confirm, name="confirm"),
    path("<int:pk>/cancel/", gathering.cancel, name="cancel"),
    path("subscribe/", feed.subscribe, name="subscribe"),
    path("subscribe/renew/", feed.renew, name="renew"),
    path("feed/<str:token>.ics", feed.feed, name="feed"),
    path("api/events/", api.events, name="api_events"),
]
