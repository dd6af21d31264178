"""Form fields as the design draws them: label, hint, error and input, tied together for screen readers."""

from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, Form, Select

register = template.Library()


@register.inclusion_tag("exchange/_field.html")
def field(bound: BoundField, **attrs: Any) -> dict[str, Any]:
    """One field. ``attrs`` go to its input: ``{% field form.zone list="zones" %}``."""
    choice = isinstance(bound.field.widget, CheckboxInput)
    shown = {"class": False if choice else "input", "placeholder": False, **attrs}
    return {
        "field": bound,
        "choice": choice,
        "optional": not bound.field.required and not isinstance(bound.field.widget, Select),
        "widget": bound.as_widget(attrs=shown),
    }


@register.inclusion_tag("exchange/_errors.html")
def errors(form: Form) -> dict[str, Any]:
    """What is wrong with a form, summed up at its top with a link to each field."""
    return {"form": form}
