"""What comes in when a theme's words are changed: a label and synonyms in each language of the exchange."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from search.models import Theme

LONGEST = 100
MOST = 40
"""Synonyms in one language."""


class ThemeForm(forms.Form):
    """A label and a list for each language; those of languages that the exchange does not speak stay as they are."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**62)

    def __init__(self, *args: Any, theme: Theme, **options: Any) -> None:
        super().__init__(*args, **options)
        self.theme = theme
        for code, _name in settings.LANGUAGES:
            self.fields[f"label_{code}"] = forms.CharField(
                label=_("Name"), max_length=LONGEST, required=code == "en", initial=theme.labels.get(code, ""),
                widget=forms.TextInput(attrs={"class": "input", "lang": code}),
                error_messages={"required": _("Without a name in English it has none where no other is given.")},
            )  # fmt: skip
            self.fields[f"synonyms_{code}"] = forms.CharField(
                label=_("Other words for it"), max_length=MOST * LONGEST, required=False,
                initial="\n".join(theme.synonyms.get(code, [])), help_text=_("One on each line."),
                widget=forms.Textarea(attrs={"class": "input", "rows": 4, "lang": code}),
            )  # fmt: skip

    @property
    def languages(self) -> list[tuple[str, BoundField, BoundField]]:
        """Each language with its two fields."""
        return [(code, self[f"label_{code}"], self[f"synonyms_{code}"]) for code, _name in settings.LANGUAGES]

    def clean(self) -> dict[str, Any]:
        """No synonym is endless, nor are they too many."""
        told = super().clean() or self.cleaned_data
        for code, _name in settings.LANGUAGES:
            said = lines(told.get(f"synonyms_{code}", ""))
            if len(said) > MOST or any(len(one) > LONGEST for one in said):
                self.add_error(f"synonyms_{code}", ValidationError(_("At most 40 words of at most 100 letters.")))
        return told

    def words(self) -> dict[str, Any]:
        """What ``change_theme`` takes."""
        labels, synonyms = dict(self.theme.labels), dict(self.theme.synonyms)
        for code, _name in settings.LANGUAGES:
            put(labels, code, " ".join(self.cleaned_data[f"label_{code}"].split()))
            put(synonyms, code, lines(self.cleaned_data[f"synonyms_{code}"]))
        return {"labels": labels, "synonyms": synonyms}


def lines(text: str) -> list[str]:
    """Each line once, in order."""
    return list(dict.fromkeys(said for line in text.splitlines() if (said := " ".join(line.split()))))


def put(words: dict[str, Any], code: str, said: Any) -> None:
    """Nothing is kept of a language in which nothing is said."""
    if said:
        words[code] = said
    else:
        words.pop(code, None)
