"""What comes in from those who flag a message, and from administrators who take access to a room."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chat.actions import visiting
from chat.models import Flag, Room

TIMES = {
    "hour": _("an hour"),
    "day": _("a day"),
    "three_days": _("three days"),
    "week": _("a week"),
    "month": _("30 days"),
}


class FlagForm(forms.Form):
    """Why somebody should look at a message."""

    reason = forms.ChoiceField(
        label=_("What is wrong with it?"),
        choices=Flag.Reason.choices,
        error_messages={"required": _("Choose what is wrong with it.")},
    )
    note = forms.CharField(
        label=_("More about it"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class VisitForm(forms.Form):
    """Which room, for how long and why."""

    room: forms.ModelChoiceField[Room] = forms.ModelChoiceField(Room.objects.none(), label=_("Room"))
    span = forms.ChoiceField(label=_("For how long"), choices=[(name, TIMES[name]) for name in visiting.SPANS])
    reason = forms.CharField(
        label=_("Why"),
        min_length=10,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody in the room reads this sentence, with your name."),
        error_messages={"required": _("Say why: everybody in the room reads it.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["room"].queryset = Room.objects.to_be_visited().with_place().by_place()  # type: ignore[attr-defined]  # a model choice field has it
        self.fields["room"].label_from_instance = room_label  # type: ignore[attr-defined]  # as Django's docs say


def room_label(room: Room) -> str:
    """``Project group, Karlskrona–Saldanha Bay``: rooms are told apart by what they belong to."""
    return room.name if str(room.whole) == room.name else f"{room.name}, {room.whole}"
