"""The kinds of things that people are told. Each app registers its own, with the words for it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from things import Thing


class When(models.TextChoices):
    """When a person wants to hear of a kind, beside the bell, under which everything stands."""

    AT_ONCE = "at_once", _("At once")
    DIGEST = "digest", _("In the digest")
    OFF = "off", _("Not at all")


@dataclass(frozen=True)
class Words:
    """What is said, in the current language, with times in the current zone.

    ``title`` is one line: under the bell, in a push, a mail's first line. ``subject`` is the mail's subject, the same
    for all of one thread. ``text`` is a sentence or two more. ``quote`` is somebody's own words as they wrote them, in
    ``quote_language``. ``action`` is what the link says, to ``url`` or to the thing itself.
    """

    title: str
    text: str = ""
    quote: str = ""
    quote_language: str = ""
    action: str = ""
    url: str = ""
    subject: str = ""


@dataclass(frozen=True)
class Telling:
    """What there is to tell: to whom (None for an address without an account), about which thing as that person sees
    it now (None where the kind has none), and the facts of the cause, as JSON keeps them."""

    person: User | None
    about: Thing | None
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Kind:
    """One kind. ``words`` asks no database; ``sample`` makes an invented telling for translators, without rows."""

    name: str
    label: str | Promise
    """On the page of choices: *Somebody mentions you*."""
    words: Callable[[Telling], Words]
    sample: Callable[[], Telling]
    when: When = When.AT_ONCE
    """What holds for who has chosen nothing."""
    mail_after: timedelta = timedelta()
    """How long a mail waits for the person to read it in the app first. A push never waits."""
    may_choose: bool = True
    """False for what must arrive: an invitation."""
    hint: str | Promise = ""
    """A sentence under the label."""
    icon: str = "bell"
    """The sign of a line that nobody caused; where somebody did, their mark stands there."""
    heading: str | Promise = ""
    """Under what it stands in a digest, for what belongs together wherever it happens: *Calendar*."""


kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind known. Raises ``ValueError`` when two apps want one name."""
    if kind.name in kinds and kinds[kind.name].words is not kind.words:
        raise ValueError(f"two apps register the kind {kind.name!r}")
    kinds[kind.name] = kind
