"""What comes in about invitations: whom, to what, and how somebody begins who accepts one."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms import ProfileForm
from accounts.models import User
from partnerships.models import Body, Function, Network, Organisation, Partnership
from partnerships.permissions import (
    Reach,
    bodies_invitable_by,
    networks_invitable_by,
    organisations_visible_to,
    partnerships_invitable_by,
)

SCOPED = [
    Function.TRAINEE,
    Function.MENTOR,
    Function.EXPERT,
    Function.RESEARCHER,
    Function.CIVIL_SOCIETY,
    Function.INTERPRETER,
    Function.OBSERVER,
    Function.GUEST,
]
FUNCTIONS: dict[type, list[Function]] = {
    Network: [Function.PROGRAMME_OFFICER, Function.PARTNER_STAFF, Function.KNOWLEDGE_EDITOR, *SCOPED],
    Partnership: [
        Function.COORDINATOR,
        Function.PROJECT_MANAGER,
        Function.PROJECT_MEMBER,
        Function.SENIOR_MANAGER,
        *SCOPED,
    ],
    Body: [
        Function.PROJECT_MANAGER,
        Function.PROJECT_MEMBER,
        Function.COUNCILLOR,
        Function.SENIOR_MANAGER,
        *SCOPED,
    ],
}
"""What one may be invited to be, by the kind of place."""

Place = Network | Partnership | Body


class InvitationForm(forms.Form):
    """One person to one place. Only places that the inviter may invite to are offered or taken."""

    email = forms.EmailField(
        label=_("Work e-mail"),
        help_text=_("The invitation is mailed there."),
        max_length=254,
        error_messages={"required": _("Enter the e-mail address of the person.")},
    )
    place = forms.ChoiceField()
    function = forms.ChoiceField(
        label=_("Function"),
        choices=[("", "–"), *Function.choices],
        error_messages={"required": _("Choose a function.")},
    )
    organisation: forms.ModelChoiceField[Organisation] = forms.ModelChoiceField(Organisation.objects.none())
    language = forms.ChoiceField(label=_("Language of the mail"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, inviter: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own_address = inviter.email.lower()
        reach = Reach.of(inviter)
        self.places = invitable_places(reach)
        groups = [(title, [(key, str(place)) for key, place in found.items()]) for title, found in self.places if found]
        self.fields["place"] = forms.ChoiceField(
            label=_("Place"), choices=groups, error_messages={"required": _("Choose a place.")}
        )
        self.fields["organisation"] = forms.ModelChoiceField(
            organisations_visible_to(inviter, reach),
            label=_("Represents"),
            help_text=_("The organisation that the person works for"),
            error_messages={"required": _("Choose whom the person represents.")},
        )

    def clean_email(self) -> str:
        """Addresses know no case here. Nobody seats themself: in a steering group it would be a way past its door."""
        address = str(self.cleaned_data["email"]).lower()
        if address == self.own_address:
            raise ValidationError(_("This is your own address. Ask somebody else to invite you."))
        return address

    def clean(self) -> dict[str, Any]:
        """The place itself instead of its key, and a function that exists there."""
        data = super().clean() or self.cleaned_data
        keyed = {key: place for _title, found in self.places for key, place in found.items()}
        place = keyed.get(str(data.get("place")))
        if place is None:
            return data
        data["place"] = place
        if data.get("function") and data["function"] not in FUNCTIONS[type(place)]:
            self.add_error("function", _("Nobody has this function there. Choose another one, or another place."))
        return data


def invitable_places(reach: Reach) -> list[tuple[Any, dict[str, Place]]]:
    """What a person may invite to, as the form groups it: (title, key → place)."""
    found: list[tuple[Any, list[Place]]] = [
        (_("Partnerships"), list(partnerships_invitable_by(reach))),
        (_("Groups"), list(bodies_invitable_by(reach).select_related("partnership"))),
        (_("Networks"), list(networks_invitable_by(reach))),
    ]
    return [
        (title, {f"{type(place).__name__.lower()}:{place.pk}": place for place in places}) for title, places in found
    ]


class WelcomeForm(ProfileForm):
    """How somebody begins who accepts an invitation."""

    password = forms.CharField(
        label=_("Password"),
        required=False,
        help_text=_("At least ten characters. Left empty, you sign in with a code by mail."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    class Meta(ProfileForm.Meta):
        fields = ["name", "title", "language", "zone"]

    def clean_password(self) -> str | None:
        """None for somebody who prefers codes by mail."""
        password = self.cleaned_data["password"]
        if not password:
            return None
        about = User(email=self.instance.email, name=self.cleaned_data.get("name", ""))
        try:
            validate_password(password, about)
        except ValidationError as problem:
            raise forms.ValidationError(problem.messages) from problem
        return str(password)
