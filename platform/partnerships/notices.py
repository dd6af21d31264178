"""What the structure tells people: that they are invited."""

from datetime import date

from babel.dates import format_date
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from notifications.kinds import Kind, Telling, Words, register

INVITATION = "invitation"


def invitation(telling: Telling) -> Words:
    """Who invites, to which seat, and until when the link works."""
    facts = telling.facts
    title = _("%(name)s invites you to the exchange") if facts["by"] else _("You are invited to the exchange")
    asked = _("Questions? Write to %(name)s, %(email)s.") % {"name": facts["by"], "email": facts["email"]}
    parts = [
        _("The exchange is where municipal partnerships talk, remember and meet."),
        _("Your seat: %(what)s") % {"what": facts["what"]},
        _("The link works once, until %(day)s. If you do not know what this is about, you need do nothing.")
        % {"day": day(date.fromisoformat(facts["until"]))},
        asked if facts["by"] else "",
    ]
    text = "\n\n".join(part for part in parts if part)
    return Words(title % {"name": facts["by"]}, text, action=_("Accept the invitation"), url=facts["link"])


def sample_invitation() -> Telling:
    """Invented: a coordinator invites a mentor."""
    facts = {
        "by": "Amina Otieno",
        "email": "amina@example.org",
        "what": "Mentor, Karlskrona–Saldanha Bay",
        "until": "2026-12-07",
        "link": "/partnerships/invitations/accept/…/",
    }
    return Telling(None, None, facts)


def day(value: date) -> str:
    """``7 December 2026`` in the current language."""
    return str(format_date(value, "d MMMM y", locale=get_language() or "en"))


def register_kinds() -> None:
    """Called once, when the apps are ready."""
    register(Kind(INVITATION, gettext_lazy("You are invited"), invitation, sample_invitation, may_choose=False))
