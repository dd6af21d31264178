"""What comes in about how a person wants to be told."""

from collections.abc import Callable, Iterator
from datetime import time
from typing import Any

from django import forms
from django.http import QueryDict

from notifications.kinds import Kind, When, kinds
from notifications.models import Choice, Preferences
from notifications.models.choice import wish

HOURS = [(hour, f"{hour:02}:00") for hour in range(24)]
HALF_HOURS = [(text, text) for hour in range(24) for text in (f"{hour:02}:00", f"{hour:02}:30")]
"""Chosen, not typed: browsers write the time of a field by their own language, which may say 8 PM."""


class HowToBeTold(forms.ModelForm[Preferences]):
    """The hours and the rhythm, and a field for each kind that one may choose about."""

    class Meta:
        model = Preferences
        fields = ["rhythm", "digest_day", "digest_hour", "quiet_from", "quiet_until", "quiet_weekends"]
        widgets = {"rhythm": forms.RadioSelect}

    def __init__(self, data: QueryDict | None, instance: Preferences) -> None:
        super().__init__(data, instance=instance)
        self.fields["digest_hour"] = self.clock("digest_hour", HOURS, int)
        for name in ("quiet_from", "quiet_until"):
            own = f"{getattr(instance, name):%H:%M}"
            self.fields[name] = self.clock(name, sorted({*HALF_HOURS, (own, own)}), time.fromisoformat)
            self.initial[name] = own
        choices = list(Choice.objects.in_force().filter(person=instance.person, place=""))
        for kind in self.kinds:
            chosen = wish(kind.name, [one for one in choices if one.kind == kind.name])
            self.fields[field_of(kind)] = forms.ChoiceField(
                choices=When.choices,
                label=str(kind.label),
                help_text=str(kind.hint),
                initial=chosen,
                widget=forms.RadioSelect,
            )

    def clock(self, name: str, times: list[tuple[Any, str]], coerce: Callable[[str], Any]) -> forms.TypedChoiceField:
        """A field to choose a time of day, in place of the model's own."""
        return forms.TypedChoiceField(choices=times, coerce=coerce, label=self.fields[name].label)

    @property
    def kinds(self) -> list[Kind]:
        """Those that one may choose about."""
        return [kind for kind in kinds.values() if kind.may_choose]

    @property
    def kind_fields(self) -> Iterator[forms.BoundField]:
        """Their fields, for the page."""
        return (self[field_of(kind)] for kind in self.kinds)

    @property
    def whens(self) -> dict[str, str]:
        """What was chosen for each kind, by its name."""
        return {kind.name: self.cleaned_data[field_of(kind)] for kind in self.kinds}


def field_of(kind: Kind) -> str:
    """What a kind's field is called."""
    return f"kind_{kind.name}"
