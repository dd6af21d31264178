"""What comes in about an account: sign-in (django-allauth's forms in our words), profile, tokens."""

from typing import Any
from zoneinfo import available_timezones

from allauth.account import forms as allauth
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Token, User

GOOD_PASSWORD = _("At least ten characters. A few words in a row are easy to remember and hard to guess.")
NO_ADDRESS = _("Enter your e-mail address.")


class SignInForm(allauth.LoginForm):
    """E-mail and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(self, "login", _("Work e-mail"), _("The address your invitation came to"), NO_ADDRESS)
        word(self, "password", _("Password"), lacks=_("Enter your password."))
        word(self, "remember", _("Keep me signed in on this device for 30 days"))
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class CodeForm(allauth.RequestLoginCodeForm):
    """Where a sign-in code goes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(self, "email", _("Work e-mail"), _("The address your invitation came to"), NO_ADDRESS)


class ConfirmCodeForm(allauth.ConfirmLoginCodeForm):
    """The code from the mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(
            self,
            "code",
            _("Code"),
            _("From the mail; capitals or not, with or without the dash"),
            _("Enter the code from the mail."),
        )


class ForgottenForm(allauth.ResetPasswordForm):
    """Where a link for a new password goes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(self, "email", _("Work e-mail"), _("The address your invitation came to"), NO_ADDRESS)


class NewPasswordForm(allauth.ResetPasswordKeyForm):
    """A new password after the old was forgotten."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word_passwords(self)


class SetPasswordForm(allauth.SetPasswordForm):
    """A first password for somebody who signed in by code until now."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word_passwords(self)


class ChangePasswordForm(allauth.ChangePasswordForm):
    """A new password, given the old."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(self, "oldpassword", _("The password you have now"), lacks=_("Enter the password you have now."))
        word_passwords(self)


class ProfileForm(forms.ModelForm[User]):
    """How a person is named and wants to be spoken to."""

    class Meta:
        model = User
        fields = ["name", "title", "language", "zone", "theme", "data_saver"]
        help_texts = {
            "name": _("As colleagues know you"),
            "zone": _("Begin to type the nearest large city, such as Johannesburg"),
            "data_saver": _("Less is loaded by itself: no typing signs, no presence, no previews."),
        }
        error_messages = {
            "name": {"required": _("Say what your name is.")},
            "zone": {"required": _("Name the city or zone whose clock you live by.")},
        }
        widgets = {"zone": forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})}

    def clean_zone(self) -> str:
        """Take ``nairobi`` or ``Africa/Nairobi``, as people type it."""
        return recognise_zone(self.cleaned_data["zone"])


def recognise_zone(typed: str) -> str:
    """The IANA zone that ``typed`` names by its whole name or its city, or ``typed`` itself for the validator."""
    plain = typed.strip().replace(" ", "_").casefold()
    found = [zone for zone in sorted(available_timezones()) if plain in {zone.casefold(), city(zone)}]
    return found[0] if found else typed.strip()


def city(zone: str) -> str:
    """``nairobi`` of ``Africa/Nairobi``."""
    return zone.rpartition("/")[2].casefold()


def zone_names() -> list[str]:
    """Zones to choose from: places, without the historical short names."""
    areas = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")
    return sorted(zone for zone in available_timezones() if zone.startswith(areas))


class TokenForm(forms.ModelForm[Token]):
    """What a new personal token is for."""

    class Meta:
        model = Token
        fields = ["name"]
        labels = {"name": _("What is it for?")}
        help_texts = {"name": _("Such as: my calendar script")}
        error_messages = {"name": {"required": _("Say what the token is for.")}}


def word(form: forms.BaseForm, name: str, label: Any, hint: Any = "", lacks: Any = "") -> None:
    """Say a field in our words; ``lacks`` is what is said when it is left empty."""
    field = form.fields.get(name)
    if field:
        field.label, field.help_text = label, hint
        if lacks:
            field.error_messages["required"] = lacks


def word_passwords(form: forms.BaseForm) -> None:
    """The pair of fields for a new password."""
    word(form, "password1", _("New password"), GOOD_PASSWORD, _("Choose a new password."))
    word(form, "password2", _("The same once more"), lacks=_("Write the new password once more."))
