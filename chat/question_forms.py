"""What comes in when somebody asks: as JSON beside a message, and as the page's form."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chat.actions import Ask, Refused
from chat.asked import MOST_THEMES, organisations_of
from chat.models import Message, Room
from chat.permissions import can_moderate
from chat.quotes import quote_of
from partnerships.permissions import Reach
from realtime.frames import is_whole
from search.models import Theme

FIELDS = {"organisations", "themes", "due"}
MOST_ASKED = 100
"""Organisations asked by name."""
MOST_REPLIES = 50
"""Replies among which an answer is chosen; from a later one its own page."""


def ask_of(value: Any) -> Ask | Refused | None:
    """``{"organisations": [3], "themes": ["waste"], "due": "2026-12-01"}``, each of which may be left out; None where
    there is nothing."""
    if value is None:
        return None
    if not isinstance(value, dict) or not value.keys() <= FIELDS:
        return Refused("bad_frame")
    organisations, themes = value.get("organisations") or [], value.get("themes") or []
    if not is_list_of_ids(organisations) or not is_list_of_words(themes):
        return Refused("bad_frame")
    try:
        due = date.fromisoformat(value["due"]) if value.get("due") else None
    except (TypeError, ValueError):
        return Refused("bad_question")
    return Ask(tuple(organisations), tuple(themes), due)


def is_list_of_ids(value: Any) -> bool:
    """Whole numbers, not too many."""
    return isinstance(value, list) and len(value) <= MOST_ASKED and all(is_whole(one) for one in value)


def is_list_of_words(value: Any) -> bool:
    """Slugs, not too many."""
    fits = isinstance(value, list) and len(value) <= MOST_THEMES
    return fits and all(isinstance(one, str) and one.isascii() and len(one) <= 50 for one in value)


class AskForm(forms.Form):
    """Whom to ask and by when, in a room. Nobody chosen asks everybody."""

    organisations = forms.TypedMultipleChoiceField(
        required=False, coerce=int, label=_("Municipalities that are asked"), widget=forms.CheckboxSelectMultiple
    )
    themes = forms.MultipleChoiceField(required=False, label=_("Themes"), widget=forms.CheckboxSelectMultiple)
    due = forms.DateField(
        required=False,
        label=_("Answers are wanted by"),
        widget=forms.DateInput(attrs={"type": "date", "class": "input"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, room: Room, **options: Any) -> None:
        super().__init__(*args, **options)
        chooser(self.fields["organisations"]).choices = [(one.pk, one.name) for one in organisations_of(room)]
        chooser(self.fields["themes"]).choices = sorted(
            ((one.slug, one.label()) for one in Theme.objects.all()), key=lambda choice: choice[1].casefold()
        )

    def ask(self) -> Ask:
        """What the verb takes."""
        told = self.cleaned_data
        return Ask(tuple(told["organisations"]), tuple(told["themes"]), told["due"])

    @property
    def themes_chosen(self) -> int:
        """How many themes are ticked, to be seen while their list is closed."""
        return len(self["themes"].value() or [])


def asking(one: Message, reader: User, reach: Reach) -> dict[str, Any]:
    """What the page of a message needs to ask, and to take an answer: the form for who wrote it, the replies to a
    question, and the question that a reply answers. Nothing is asked of the database for a plain message but that."""
    if one.deleted_at:
        return {}
    found: dict[str, Any] = {"ask_form": ask_form(one) if one.author_id == reader.pk else None}
    if one.question is not None:
        replies = Message.objects.filter(room=one.room_id, reply_to=one.number, deleted_at=None).with_author()
        found["replies"] = [quote_of(reply, reader) for reply in replies.order_by("number")[:MOST_REPLIES]]
        found["may_settle"] = one.author_id == reader.pk or can_moderate(reach, one.room)
        found["may_withdraw"] = one.author_id == reader.pk or can_moderate(reach, one.room)
    elif one.reply_to:
        asked = Message.objects.filter(room=one.room_id, number=one.reply_to, question__isnull=False).first()
        if asked and (asked.author_id == reader.pk or can_moderate(reach, one.room)):
            found["answers"] = asked
    return found


def ask_form(message: Message) -> AskForm:
    """The form with what the message asks now."""
    asked = message.question or {}
    initial = {
        "organisations": [one["id"] for one in asked.get("organisations", []) if one.get("asked")],
        "themes": asked.get("themes", []),
        "due": asked.get("due"),
    }
    return AskForm(room=message.room, initial=initial)


def chooser(field: forms.Field) -> Any:
    """A field that chooses: its choices are set once it is known where."""
    return field
