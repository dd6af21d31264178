"""Every text that people are told, made of invented facts: for those who translate them."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from notifications import replies
from notifications.composing import sheet
from notifications.digests import NOWHERE, Digest, digest
from notifications.kinds import Kind, Words, kinds
from notifications.models import Notification, Preferences
from notifications.sheets import Sheet, line
from notifications.telling import Told
from things import Thing

DIGEST = "digest"
"""Called as a kind here: it has texts of its own."""
IN_SAMPLE = 3
"""So many kinds stand in the digest that is shown."""


@dataclass(frozen=True)
class Text:
    """What one kind says in one language. ``bell`` is the line under the bell and in a push message."""

    name: str
    language: str
    label: str
    subject: str
    plain: str
    html: str
    hint: str = ""
    bell: str = ""


def names() -> list[str]:
    """All kinds in the order of their names, and the digest."""
    return [*sorted(kinds), DIGEST]


def title(name: str) -> str:
    """What a kind is called in the current language."""
    return _("The digest") if name == DIGEST else str(kinds[name].label)


def text(name: str, language: str) -> Text:
    """The texts of one kind. Raises ``KeyError`` for a kind that nobody registers."""
    with translation.override(language), timezone.override(settings.DEFAULT_ZONE):
        if name == DIGEST:
            chosen = [kinds[each] for each in sorted(kinds) if kinds[each].may_choose][:IN_SAMPLE]
            many = digest([told(each) for each in chosen], Preferences(), None)
            return of(many, name=name, language=language, label=title(name))
        kind = kinds[name]
        words, about = sample(kind)
        stop = NOWHERE if kind.may_choose else ""
        made = sheet(kind, words, about.title, about.url, stop, answerable=about.kind in replies.handlers)
        return of(made, name=name, language=language, label=title(name), hint=str(kind.hint), bell=line(words.title))


def of(made: Sheet | Digest, **facts: str) -> Text:
    """With the mail's parts, made while the language is the current one."""
    return Text(subject=made.subject, plain=made.text(), html=made.html(), **facts)


def sample(kind: Kind) -> tuple[Words, Thing]:
    """The kind's words about its invented thing, in the current language."""
    telling = kind.sample()
    return kind.words(telling), telling.about or Thing("", 0, "", "/")


def told(kind: Kind) -> Told:
    """The invented telling as somebody's digest would have it."""
    words, about = sample(kind)
    return Told(Notification(kind=kind.name, created_at=timezone.now()), about, words)
