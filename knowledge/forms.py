"""What comes in when a lesson is written: the template, with what each field asks and misses."""

import uuid
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.forms.boundfield import BoundWidget
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from knowledge.goals import GOALS, named
from knowledge.models import Lesson
from knowledge.models.lesson import SECTIONS
from knowledge.models.tag import LONGEST
from knowledge.places import Place, colleagues, organisation_in, places_to_write
from partnerships.models import Partnership
from partnerships.permissions import Reach
from search.models import Theme

LONGEST_SECTION = 20_000
LONGEST_BODY = 400_000
"""Characters: imported reports are long."""


class Chosen(forms.ModelMultipleChoiceField[Theme]):
    """Several themes by their ids; one greater than any id is not known, instead of too much for the database."""

    def clean(self, value: Any) -> Any:
        for pk in value if isinstance(value, (list, tuple)) else []:
            if not (str(pk).isascii() and str(pk).isdigit() and len(str(pk)) < 19):
                raise ValidationError(self.error_messages["invalid_pk_value"], "invalid_pk_value", {"pk": str(pk)[:30]})
        return super().clean(value)


@dataclass(frozen=True)
class ThemeGroup:
    """A heading of the vocabulary with its boxes, and how many of them are ticked."""

    label: str
    boxes: list[BoundWidget]
    chosen: int


class LessonForm(forms.ModelForm[Lesson]):
    """The template of a lesson. ``client_id`` is chosen when the form is shown, so that sending it twice makes one
    lesson; ``seen`` is the version that the person read, so that nobody overwrites what somebody else changed."""

    client_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    place = forms.ChoiceField(label=_("Where it was learnt"))
    themes = Chosen(Theme.objects.all(), required=False, widget=forms.CheckboxSelectMultiple, label=_("Themes"))
    tags = forms.CharField(
        required=False,
        max_length=2000,
        label=_("Tags"),
        help_text=_("Free words with commas between, e.g. market, fees"),
    )
    core_areas = forms.MultipleChoiceField(
        choices=Lesson.CoreArea.choices, required=False, widget=forms.CheckboxSelectMultiple, label=_("Core areas")
    )
    sdgs = forms.TypedMultipleChoiceField(
        choices=[(goal, goal) for goal in GOALS],
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("Sustainable development goals"),
    )
    note = forms.CharField(
        required=False, max_length=200, label=_("What you changed"), help_text=_("Stands beside the version.")
    )

    class Meta:
        model = Lesson
        fields = ["title", "summary", "genre", "language", *SECTIONS, "ask", "body", "contact", "visibility"]
        widgets = {"visibility": forms.RadioSelect, "summary": forms.Textarea(attrs={"rows": 2})}
        labels = {
            "visibility": _("Who reads it once it is published"),
            "contact": _("Who can be asked"),
            "ask": _("How they are best reached"),
        }
        help_texts = {"contact": _("Whoever writes a lesson is named in any case.")}

    def __init__(self, *args: Any, person: User, reach: Reach, **options: Any) -> None:
        super().__init__(*args, **options)
        self.person = person
        self.places = {key_of(place): place for place in places_to_write(reach)}
        kept = self.instance.partnership or self.instance.network if self.instance.pk else None
        if kept:
            self.places.setdefault(key_of(kept), kept)
        chooser(self.fields["place"]).choices = [(key, str(place)) for key, place in self.places.items()]
        self.offer_contacts(reach)
        chooser(self.fields["visibility"]).choices = Lesson.Visibility.choices
        chooser(self.fields["sdgs"]).choices = [(goal, named(goal)) for goal in GOALS]
        self.fields["genre"].required = False
        for name in ("language", "place"):
            self.fields[name].required = True
        for name in (*SECTIONS, "ask", "body"):
            self.fields[name].widget = forms.Textarea(attrs={"rows": 4})
            self.fields[name].validators.append(MaxLengthValidator(LONGEST_BODY if name == "body" else LONGEST_SECTION))
            self.fields[name].help_text = HINTS.get(name, "")
        self.fields["ask"].widget.attrs["rows"] = 2
        for name, sentence in MISSING.items():
            self.fields[name].error_messages["required"] = sentence
        if not self.instance.pk:
            self.fields.pop("note")
        dress(self)

    def offer_contacts(self, reach: Reach) -> None:
        """Whoever else can be asked; the empty choice is the author, who therefore does not stand there again."""
        author = self.instance.author if self.instance.pk else self.person
        field = chooser(self.fields["contact"])
        field.queryset = colleagues(self.person, reach).exclude(pk=author.pk)
        field.empty_label = str(_("I myself")) if author == self.person else author.name

    def theme_groups(self) -> list[ThemeGroup]:
        """The boxes of the themes under the headings of the vocabulary."""
        groups: dict[str, list[BoundWidget]] = {}
        for box in self["themes"]:
            groups.setdefault(box.data["value"].instance.group_label(), []).append(box)
        return [ThemeGroup(label, boxes, sum(box.data["selected"] for box in boxes)) for label, boxes in groups.items()]

    def clean_genre(self) -> str:
        """An experience, unless told."""
        return self.cleaned_data["genre"] or Lesson.Genre.EXPERIENCE

    def clean_tags(self) -> list[str]:
        """The labels; a tag is at most 100 characters long."""
        labels = [" ".join(label.split()) for label in self.cleaned_data["tags"].replace(";", ",").split(",")]
        for label in labels:
            if len(label) > LONGEST:
                raise ValidationError(_("“%(tag)s” is too long for a tag."), params={"tag": label[:30] + "…"})
        return [label for label in labels if label]

    def clean(self) -> dict[str, Any]:
        """The place decides network and partnership; what is published says something."""
        told = super().clean() or self.cleaned_data
        place = self.places.get(told.get("place", ""))
        if place is not None and not isinstance(place, Partnership) and told.get("visibility") == "partnership":
            self.add_error("visibility", _("It belongs to no partnership: choose the network or every member."))
        if isinstance(place, Partnership) and not place.network and told.get("visibility") == "network":
            self.add_error("visibility", _("This partnership stands in no network."))
        if "publish" in self.data or "propose" in self.data:
            self.check_worth_reading(told)
        return told

    def check_worth_reading(self, told: dict[str, Any]) -> None:
        """A draft may be anything; what others read has at least one section."""
        if not any((told.get(name) or "").strip() for name in (*SECTIONS, "body")):
            self.add_error("did", _("Write at least one section before others read it. As a draft it can stay empty."))

    def clean_contact(self) -> User | None:
        """Somebody whom the writer does not see stays named: what is not shown cannot be taken away by mistake."""
        chosen: User | None = self.cleaned_data["contact"]
        kept = self.initial.get("contact")
        if chosen or not kept or chooser(self.fields["contact"]).queryset.filter(pk=kept).exists():
            return chosen
        return User.objects.filter(pk=kept).first()

    def words(self) -> dict[str, Any]:
        """What ``write_lesson`` and ``revise_lesson`` take."""
        told = self.cleaned_data
        place = self.places[told["place"]]
        organisation = self.instance.organisation if self.instance.pk else organisation_in(self.person, place)
        return {
            **{name: told[name] for name in (*self.Meta.fields, "core_areas", "sdgs", "tags", "themes")},
            "partnership": place if isinstance(place, Partnership) else None,
            "network": place.network if isinstance(place, Partnership) else place,
            "organisation": organisation,
        }


MISSING = {
    "title": _("Give the lesson a title."),
    "language": _("Choose the language it is written in."),
    "place": _("Choose where it was learnt."),
    "visibility": _("Choose who reads it once it is published."),
}
"""What a form says of a field that was left empty."""

HINTS = {
    "problem": _("What was wrong, for whom, and how you knew."),
    "context": _("What a reader must know of your place: size, law, season, who owns what."),
    "did": _("Step by step, in the order in which you did it."),
    "cost": _("Money, people, time; who paid."),
    "result": _("What changed, in numbers where you have them."),
    "failed": _("The part that others learn most from."),
    "needs": _("What a partner must have before they copy it."),
    "ask": _("When and by what, or who else knows."),
    "body": _("What does not fit above."),
}


def key_of(place: Place) -> str:
    """``partnership:7`` or ``network:3``, as the form sends it."""
    return f"{type(place).__name__.lower()}:{place.pk}"


def chooser(field: forms.Field) -> Any:
    """A field that chooses: its choices are set once it is known who asks."""
    return field


def dress(form: forms.BaseForm) -> None:
    """Give every control the look of the design."""
    for control in form.fields.values():
        if not isinstance(control.widget, (forms.CheckboxSelectMultiple, forms.RadioSelect, forms.HiddenInput)):
            control.widget.attrs.setdefault("class", "input")


def new_form(person: User, reach: Reach, place: str = "") -> LessonForm:
    """An empty form, with a mark of its own; learnt at ``place`` (``partnership:7``) where that is known."""
    initial = {"client_id": uuid.uuid4(), "language": person.language, "place": place}
    return LessonForm(person=person, reach=reach, initial=initial)


def form_of(lesson: Lesson, person: User, reach: Reach) -> LessonForm:
    """The form with a lesson in it."""
    place = lesson.partnership or lesson.network
    initial = {
        "seen": lesson.version,
        "place": key_of(place) if place else "",
        "tags": ", ".join(lesson.tag_names),
        "themes": lesson.themes.all(),
        "core_areas": lesson.core_areas,
        "sdgs": lesson.sdgs,
    }
    return LessonForm(person=person, reach=reach, instance=lesson, initial=initial)
