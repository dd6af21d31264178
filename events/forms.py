"""What comes in: a gathering to call or change, and an answer."""

import uuid
from datetime import date, time, timedelta
from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.utils.translation import gettext_lazy as _

from events.models import Answer, Event
from events.models.event import Place
from events.permissions import Convener, can_call, places_to_call
from events.zones import zone_choices
from walltime import is_skipped, to_utc
from walltime.sentences import skipped_error

YEARS = [MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2100, 12, 31))]


LONGEST = timedelta(days=92)


class DayInput(forms.DateInput):
    """The browser's own chooser of days; always ISO 8601 in the markup, shown by the browser as its user is used to."""

    input_type = "date"

    def format_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, date) else value


class HourInput(forms.TimeInput):
    """The browser's own chooser of times, to the minute."""

    input_type = "time"

    def format_value(self, value: Any) -> Any:
        return f"{value:%H:%M}" if isinstance(value, time) else value


class WebAddress(forms.URLField):
    """An address of the web; ``https`` is added where it is left out, other schemes are refused."""

    default_validators = [URLValidator(["https", "http"])]


class EventForm(forms.Form):
    """A gathering. ``event`` is the one that is changed; without it a new one is called for ``audience``.

    ``uid`` is chosen when the form is shown, so that sending it twice makes one gathering; ``read`` is the sequence
    that the person saw, so that nobody overwrites what somebody else changed.
    """

    uid = forms.UUIDField(widget=forms.HiddenInput, required=False)
    read = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(
        label=_("Title"), max_length=160, error_messages={"required": _("Give the gathering a title.")}
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=Event.Kind.choices,
        error_messages={"required": _("Choose what kind of gathering it is.")},
    )
    audience = forms.ChoiceField(
        label=_("For whom"), error_messages={"required": _("Choose whom the gathering is for.")}
    )
    first_day = forms.DateField(
        label=_("First day"), widget=DayInput, validators=YEARS, error_messages={"required": _("Choose the first day.")}
    )
    opens = forms.TimeField(label=_("From"), widget=HourInput, required=False)
    last_day = forms.DateField(label=_("Last day"), widget=DayInput, required=False, validators=YEARS)
    closes = forms.TimeField(label=_("To"), widget=HourInput, required=False)
    zone = forms.ChoiceField(
        label=_("Time zone"),
        help_text=_("The times hold in this time zone, whatever other countries do with their clocks."),
    )
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    link = WebAddress(
        label=_("Link"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("Where one joins from afar."),
    )
    answer_by = forms.DateField(label=_("Answer by"), widget=DayInput, required=False, validators=YEARS)
    state = forms.ChoiceField(
        label=_("How settled is it?"),
        choices=[(state, state.label) for state in (Event.State.CONFIRMED, Event.State.PRELIMINARY, Event.State.DONE)],
    )
    language = forms.ChoiceField(label=_("Language of the text"), choices=settings.LANGUAGES)
    description = forms.CharField(
        label=_("What it is about"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=20_000,
        required=False,
        help_text=_("Markdown: **bold**, lists with a dash, links."),
    )

    def __init__(self, *args: Any, convener: Convener, event: Event | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event = event
        self.convener = convener
        zone = cast(forms.ChoiceField, self.fields["zone"])
        zone.choices = zone_choices(convener.person, *([event.zone] if event else []))
        for name in self.fields:
            self.fields[name].widget.attrs.setdefault("class", "input")
        if event:
            self.for_change(event)
        else:
            self.places = {place_key(place): place for place in places_to_call(convener)}
            audience = cast(forms.ChoiceField, self.fields["audience"])
            audience.choices = [(key, self.place_label(place)) for key, place in self.places.items()]

    def for_change(self, event: Event) -> None:
        """The audience stays; a proposal is settled by the button that confirms it, the past only by who was there."""
        del self.fields["audience"]
        if event.state == Event.State.IDEA:
            del self.fields["state"]

    def place_label(self, place: Place) -> str:
        """The place, and whether it is only a proposal."""
        if can_call(self.convener, place):
            return str(place)
        return str(_("%(network)s (you propose, a programme officer confirms)") % {"network": place})

    def clean_uid(self) -> uuid.UUID:
        """A gathering has an identity before it is stored."""
        return self.cleaned_data["uid"] or uuid.uuid4()

    def clean(self) -> dict[str, Any]:
        """Days and times as one: whole, in order, and shown by the clock."""
        data = self.cleaned_data
        if not data.get("last_day") and "last_day" not in self.errors:
            data["last_day"] = data.get("first_day")
        if data.get("kind") == Event.Kind.DEADLINE and not self.errors.keys() & {"first_day", "opens"}:
            data["last_day"], data["closes"] = data["first_day"], data["opens"]
        if not self.errors.keys() & {"first_day", "last_day", "opens", "closes", "zone"}:
            self.check_times()
        return data

    def check_times(self) -> None:
        """Each rule is told at the field that can be mended."""
        data = self.cleaned_data
        opens, closes = data["opens"], data["closes"]
        if (opens is None) != (closes is None):
            missing = "opens" if opens is None else "closes"
            self.add_error(missing, _("Give both times, or none for whole days."))
        elif data["last_day"] < data["first_day"]:
            self.add_error("last_day", _("It ends before it begins."))
        elif opens is not None:
            self.check_hours()
        if data.get("answer_by") and data["answer_by"] > data["last_day"]:
            self.add_error("answer_by", _("The last day for answers comes after the gathering."))

    def check_hours(self) -> None:
        """Refuse times that the clock never shows, and an end before the start."""
        data = self.cleaned_data
        zone, kind = data["zone"], data["kind"]
        times = {"opens": (data["first_day"], data["opens"]), "closes": (data["last_day"], data["closes"])}
        skipped = {name: when for name, when in times.items() if is_skipped(*when, zone)}
        for name, when in skipped.items():
            self.add_error(name, skipped_error(*when, zone))
        begins, ends = (to_utc(*when, zone) for when in times.values())
        if skipped or kind == Event.Kind.DEADLINE:
            return
        if ends <= begins:
            self.add_error("closes", _("It ends before it begins."))
        elif ends - begins > LONGEST:
            self.add_error("last_day", _("This is longer than three months. Check the year."))

    @property
    def chosen_place(self) -> Place:
        """The chosen place, after validation."""
        return self.places[self.cleaned_data["audience"]]

    def values(self) -> dict[str, Any]:
        """The fields of the gathering, for the verbs."""
        return {name: self.cleaned_data[name] for name in self.fields if name not in {"uid", "read", "audience"}}


def place_key(place: Place) -> str:
    """``network:3``, ``partnership:7``, ``body:12``."""
    return f"{type(place).__name__.lower()}:{place.pk}"


class AnswerForm(forms.Form):
    """Yes, maybe or no."""

    choice = forms.ChoiceField(choices=Answer.Choice.choices)
