"""What every template can use without loading it: icons, marks of people and organisations, moments in time."""

from datetime import UTC, date, datetime

from babel import Locale
from babel.dates import format_date, format_datetime, format_time
from babel.numbers import format_decimal
from babel.units import format_unit
from django import template
from django.utils import timezone, translation
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator

from exchange.icons import ICONS
from prose import plain

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
    "M0 31c7-5 13-5 20 0s13 5 20 0v9H0z",
    "M0 40V36l13-8 9 6 7-5 11 7v4z",
    "M0 40v-4h10v-3h10v-3h10v-3h10v13z",
    "M40 24v16H20a20 16 0 0 1 20-16z",
    "M0 31h40v2.500H0zM0 36h40v4H0z",
    "M0 30h8v10H0zM16 30h8v10h-8zM32 30h8v10h-8z",
]
"""Wave, hill, step, arc, bars, blocks: the six figures of organisation marks, in a 40 × 40 square."""


@register.simple_tag
def mark(organisation: object, size: str = "") -> SafeString:
    """An organisation's mark: a square, two letters, one of six figures."""
    tone = getattr(organisation, "tone", 1)
    extra = f" mark-{size}" if size else ""
    return format_html(
        '<svg class="mark{} mark-{}" viewBox="0 0 40 40" width="40" height="40" aria-hidden="true">'
        '<path d="M0 0h40v40H0z"/><path class="fig" d="{}"/>'
        '<text x="20" y="23" text-anchor="middle">{}</text></svg>',
        extra,
        tone,
        FIGURES[tone - 1],
        getattr(organisation, "letters", "?"),
    )


@register.filter
def language(code: str) -> str:
    """The name of a language as it stands in a sentence of the reader's: ``en`` → ``engelska``."""
    return str(Locale.parse(current_language()).languages.get(code, code))


@register.filter
def country(code: str) -> str:
    """``SE`` in the reader's language: Sweden, Sverige, Suède, Uswidi (CLDR)."""
    return str(Locale.parse(current_language()).territories.get(code, code))


@register.filter
def day(value: date) -> SafeString:
    """A date in the reader's language: ``14 October 2026``; of a moment, the reader's day."""
    if isinstance(value, datetime):
        value = timezone.localdate(value)
    text = format_date(value, "d MMMM y", locale=current_language())
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), text)


@register.filter
def cldr(value: date, pattern: str) -> str:
    """A date by a CLDR pattern in the reader's language: ``EEE d MMMM`` is "Tue 14 October"."""
    return str(format_date(value, pattern, locale=current_language()))


@register.filter
def words(markdown: str, length: int = 110) -> str:
    """The first words of a Markdown text, its signs left out, at most ``length`` characters."""
    return Truncator(plain(markdown)).chars(length)


@register.filter
def size(count: int) -> str:
    """``118 kB``, ``1.9 MB``: so many bytes, as a browser's ``Intl.NumberFormat`` says them."""
    unit, amount = ("kilobyte", max(count / 1e3, 1)) if count < 1e6 else ("megabyte", count / 1e6)
    pattern = "#,##0" if unit == "kilobyte" else "#,##0.#"
    return format_unit(amount, f"digital-{unit}", length="short", format=pattern, locale=current_language())


@register.filter
def number(value: float) -> str:
    """A number with the separators of the reader's language: ``134,000``."""
    return str(format_decimal(value, locale=current_language()))


def current_language() -> str:
    """The reader's language, as CLDR names it."""
    return translation.get_language() or "en"


@register.filter
def moment(value: datetime, form: str = "time") -> SafeString:
    """A ``<time>`` in the reader's zone and language; ``form`` is ``time`` (14:02), ``day``, ``full``, or ``short``:
    the time today, the date (14 Oct) before that."""
    local = timezone.localtime(value)
    if form == "short":
        form = "time" if local.date() == timezone.localdate() else "date"
    language = current_language()
    if form == "time":
        text = format_time(local, "HH:mm", locale=language)
    else:
        text = format_datetime(
            local, {"day": "EEEE d MMMM", "date": "d MMM", "full": "d MMM y HH:mm"}[form], locale=language
        )
    return format_html('<time datetime="{}">{}</time>', iso(value), text)


def iso(value: datetime) -> str:
    """RFC 3339 in UTC without fractions, as ``<time datetime>`` and JSON want it: ``2026-11-23T09:14:05Z``."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
