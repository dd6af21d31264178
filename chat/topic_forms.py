"""What comes in about a topic room: where it is, what it is called and about."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chat.actions.topics import Place, Topic
from chat.models import Room
from chat.permissions import can_open_topic
from chat.text import encodable
from partnerships.permissions import Reach, networks_visible_to, partnerships_visible_to
from search.models import Theme


def places_for(opener: User) -> dict[str, Place]:
    """Where somebody may open a topic room, by the word in the form: networks first."""
    reach = Reach.of(opener)
    networks = networks_visible_to(opener, reach).order_by("name")
    partnerships = partnerships_visible_to(opener, reach).select_related("network").order_by("name")
    places: list[Place] = [*networks, *partnerships]
    return {key_of(place): place for place in places if can_open_topic(reach, place)}


def key_of(place: Place) -> str:
    """``network-7``."""
    return f"{place._meta.model_name}-{place.pk}"


class TopicForm(forms.Form):
    """Name, purpose and theme of a room that is there."""

    title = forms.CharField(
        label=_("Name"),
        max_length=120,
        help_text=_("Short: what one would look for. For example “Compost and farmers”."),
        error_messages={"required": _("Give the room a name.")},
    )
    purpose = forms.CharField(
        label=_("What it is about"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A sentence or two for those who have not been here before."),
    )
    theme: forms.ModelChoiceField[Theme] = forms.ModelChoiceField(
        Theme.objects.all(), label=_("Theme"), required=False, empty_label="–"
    )

    def clean(self) -> dict[str, Any]:
        """Some text is taken by no database."""
        said = super().clean() or {}
        for name in ("title", "purpose"):
            if not encodable(said.get(name, "")):
                self.add_error(name, _("There is a character in this text that cannot be stored."))
        return said

    @property
    def topic(self) -> Topic:
        """What was said, once it is valid."""
        said = self.cleaned_data
        return Topic(" ".join(said["title"].split()), said["purpose"], said["theme"])

    @classmethod
    def of(cls, room: Room) -> "TopicForm":
        """As the room is now."""
        return cls(initial={"title": room.title, "purpose": room.purpose, "theme": room.theme_id})


class NewTopicForm(TopicForm):
    """A room that is not there yet, and whose it will be."""

    place = forms.ChoiceField(
        label=_("Who is in it"),
        help_text=_("Everybody there sees the room at once; who does not need it can leave it."),
        error_messages={"required": _("Choose a place."), "invalid_choice": _("Choose a place.")},
    )
    field_order = ["title", "purpose", "place", "theme"]

    def __init__(self, *args: Any, places: dict[str, Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = places
        self.fields["place"].choices = [(key, str(place)) for key, place in places.items()]  # type: ignore[attr-defined]  # a choice field has them

    @property
    def place_chosen(self) -> Place:
        """The network or partnership, once it is valid."""
        return self.places[self.cleaned_data["place"]]
