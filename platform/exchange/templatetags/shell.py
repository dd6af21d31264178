"""What every template can use without loading it: icons, marks of people and organisations, moments in time."""

from datetime import UTC, datetime

from babel.dates import format_datetime, format_time
from django import template
from django.utils import timezone, translation
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from exchange.icons import ICONS

register = template.Library()


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """A drawn sign, hidden from screen readers (words stand beside it). ``size`` is ``s`` or ``l``."""
    extra = f" icon-{size}" if size else ""
    return format_html(
        '<svg class="icon{}" width="24" height="24" viewBox="0 0 24 24" aria-hidden="true">{}</svg>',
        extra,
        mark_safe(ICONS[name]),
    )


@register.simple_tag
def avatar(person: object, size: str = "") -> SafeString:
    """A person's mark: initials on one of six tones, never a photograph."""
    extra = f" avatar-{size}" if size else ""
    return format_html(
        '<span class="avatar{} tone-{}" aria-hidden="true">{}</span>',
        extra,
        getattr(person, "tone", 1),
        getattr(person, "initials", "?"),
    )


FIGURES = [
    "M0 30q10-8 20 0t20 0v10H0z",
    "M0 40 14 24l10 9 7-6 9 13z",
    "M0 40v-6h10v-5h10v-5h10v-5h10v21z",
    "M0 40a20 14 0 0 1 40 0z",
    "M4 40V30h5v10zm9 0V26h5v14zm9 0V32h5v8zm9 0V24h5v16z",
    "M0 40v-8h12v8zm14 0V28h12v12zm14 0v-6h12v6z",
]
"""Wave, hill, step, arc, bars, blocks: the six figures of organisation marks, in a 40 × 40 square."""


@register.simple_tag
def mark(organisation: object, size: str = "") -> SafeString:
    """An organisation's mark: a square, two letters, one of six figures."""
    tone = getattr(organisation, "tone", 1)
    extra = f" mark-{size}" if size else ""
    return format_html(
        '<svg class="mark{} mark-{}" viewBox="0 0 40 40" width="40" height="40" aria-hidden="true">'
        '<rect width="40" height="40" rx="4"/><path class="fig" d="{}"/>'
        '<text x="20" y="22" text-anchor="middle">{}</text></svg>',
        extra,
        tone,
        FIGURES[tone - 1],
        getattr(organisation, "letters", "?"),
    )


@register.filter
def moment(value: datetime, form: str = "time") -> SafeString:
    """A ``<time>`` in the reader's zone and language; ``form`` is ``time`` (14:02), ``day`` or ``full``."""
    local = timezone.localtime(value)
    language = translation.get_language() or "en"
    if form == "time":
        text = format_time(local, "HH:mm", locale=language)
    else:
        text = format_datetime(local, {"day": "EEEE d MMMM", "full": "d MMM y HH:mm"}[form], locale=language)
    return format_html('<time datetime="{}">{}</time>', iso(value), text)


def iso(value: datetime) -> str:
    """RFC 3339 in UTC without fractions, as ``<time datetime>`` and JSON want it: ``2026-11-23T09:14:05Z``."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
