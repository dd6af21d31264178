"""A message for later as the page's form: the words, the day, the time, and whose clock that is."""

from datetime import time, timedelta
from typing import Any, cast
from uuid import uuid4
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_location
from django import forms
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from chat.actions import Later
from chat.asked import organisations_of
from chat.forms import REFUSALS
from chat.models import Room, Scheduled
from walltime.sentences import skipped_error

MORNING = time(8)
NAMED = 3
"""Municipalities of one zone that are named."""


class LaterForm(forms.Form):
    """``clock`` is a zone: the writer's own, or that of a municipality in the room."""

    client_id = forms.UUIDField(widget=forms.HiddenInput)
    body = forms.CharField(label=gettext_lazy("Message"), strip=False, widget=forms.Textarea(attrs={"rows": 5}))
    day = forms.DateField(
        label=gettext_lazy("Day"), widget=forms.DateInput(attrs={"type": "date", "class": "input"}, format="%Y-%m-%d")
    )
    at = forms.TimeField(
        label=gettext_lazy("Time"), widget=forms.TimeInput(attrs={"type": "time", "class": "input"}, format="%H:%M")
    )
    clock = forms.ChoiceField(label=gettext_lazy("By whose clock"), widget=forms.Select(attrs={"class": "input"}))
    reply_to = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    thread = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, clocks: dict[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.user = user
        cast(forms.ChoiceField, self.fields["clock"]).choices = list(clocks.items())

    @classmethod
    def begun(cls, user: User, clocks: dict[str, str], **initial: Any) -> "LaterForm":
        """The form as it opens: tomorrow morning, by the writer's clock."""
        tomorrow = timezone.localdate(timezone=user_clock(user)) + timedelta(days=1)
        words = {"client_id": uuid4(), "day": tomorrow, "at": MORNING, "clock": user.zone}
        return cls(user=user, clocks=clocks, initial=words | initial)

    def later(self) -> Later:
        """What the verb takes."""
        told = self.cleaned_data
        body = told["body"].replace("\r\n", "\n").rstrip()
        return Later(body, told["day"], told["at"], told["clock"], told["reply_to"], told["thread"], told["client_id"])

    def refuse(self, code: str) -> None:
        """Say what is wrong at the field that can be mended."""
        if code == "skipped":
            told = self.cleaned_data
            self.add_error("at", skipped_error(told["day"], told["at"], told["clock"]))
        elif code == "past":
            now = timezone.now().astimezone(ZoneInfo(self.cleaned_data["clock"]))
            self.add_error("at", _("This time has passed: there it is %(now)s now.") % {"now": f"{now:%Y-%m-%d %H:%M}"})
        else:
            self.add_error("day" if code == "too_far" else "body", str(REFUSALS[code]))


def clocks_of(room: Room, user: User, *more: str) -> dict[str, str]:
    """Zone → whose clock it is: the writer's own first, then those of the municipalities of the room, by name; and of
    ``more`` zones that were chosen before."""
    told: dict[str, list[str]] = {zone: [] for zone in more}
    for organisation in organisations_of(room):
        told.setdefault(organisation.zone, []).append(organisation.name)
    theirs = {zone: clock_name(zone, names) for zone, names in told.items()}
    mine = {user.zone: _("My own (%(city)s)") % {"city": city(user.zone)}}
    return mine | {zone: name for zone, name in theirs.items() if zone != user.zone}


def clock_name(zone: str, names: list[str]) -> str:
    """``Saldanha Bay (Johannesburg)``."""
    return f"{', '.join(names[:NAMED])} ({city(zone)})" if names else city(zone)


def city(zone: str) -> str:
    """What a zone is named after, in the reader's language."""
    language = (translation.get_language() or "en").replace("-", "_")
    return str(get_timezone_location(ZoneInfo(zone), locale=language, return_city=True))


def user_clock(user: User) -> ZoneInfo:
    """The clock on the person's wall."""
    return ZoneInfo(user.zone)


def at_place(one: Scheduled) -> str:
    """``08:00 in Nairobi``, with the day where the reader's is another; nothing where it is the reader's own clock."""
    there, here = (one.due_at.astimezone(ZoneInfo(zone)) for zone in (one.zone, timezone.get_current_timezone_name()))
    if there.utcoffset() == here.utcoffset():
        return ""
    shown = f"{there:%H:%M}" if there.date() == here.date() else f"{there:%Y-%m-%d %H:%M}"
    return _("%(time)s in %(city)s") % {"time": shown, "city": city(one.zone)}
