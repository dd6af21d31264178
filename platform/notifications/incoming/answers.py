"""What the exchange says by mail to somebody whose mail it did not take, or not all of it."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from notifications.actions import letter
from notifications.kinds import Kind, Telling, Words, register
from notifications.models import Incoming

KIND = "answer"
DAY = timedelta(days=1)
FEW = 20
"""Answers a day to somebody who answers what they were told: each of their mails carries words that would be lost
unseen. Everybody else gets one."""
STRANGERS = 200
"""Answers a day to addresses without an account: senders are forged, and so much is the most that we add to it."""

REASONS: dict[str, str | Promise] = {
    "unknown": gettext_lazy(
        "It is not clear what you answer. Answer a mail that you had from here in the last 30 days, and leave the "
        "address it goes to as it is; or write on the exchange itself."
    ),
    "no_answers": gettext_lazy("What you answer takes no answers by mail. Open it on the exchange, and write there."),
    "other_address": gettext_lazy(
        "Answers are taken only from the address that the mail was sent to. Write from that address, or on the "
        "exchange itself."
    ),
    "unproven": gettext_lazy(
        "It could not be proven that the mail comes from you: anybody could have written it. Write on the exchange "
        "itself."
    ),
    "unreadable": gettext_lazy("It could not be read. Send it as plain text, or write on the exchange itself."),
    "empty": gettext_lazy("There were no words of yours in it, only what it quotes."),
    "too_long": gettext_lazy("It is too long. At most 8,000 characters are taken; send the rest in a second mail."),
}
"""Why a mail was not taken. What an app refuses, it says in its own words."""


def words(telling: Telling) -> Words:
    """From the facts ``why`` (a reason), ``words`` (an app's own), ``attachments`` and ``url``."""
    facts = telling.facts
    why = str(facts.get("words") or REASONS.get(facts.get("why", ""), ""))
    files = _("Files are not taken by mail: add them on the exchange.") if facts.get("attachments") else ""
    title = _("Your mail was not taken") if why else _("Your words are on the exchange, without the files")
    return Words(
        title,
        " ".join(filter(None, [why, files])),
        action=_("Open the exchange"),
        url=facts.get("url", ""),
        subject=_("Your mail to the exchange"),
    )


def sample() -> Telling:
    """An invented one."""
    return Telling(None, None, {"why": "unknown", "attachments": True})


def register_kinds() -> None:
    """Make it known, from ``apps.py``."""
    register(Kind(KIND, gettext_lazy("you wrote to the exchange by mail"), words, sample, may_choose=False))


def sender_digest(address: str) -> str:
    """What is kept of a sender: enough to know them again, too little to name them."""
    return salted_hmac("notifications.incoming", address, algorithm="sha256").hexdigest()


def may_answer(address: str, *, known: bool) -> bool:
    """Whether this sender may get one more answer today; ``known`` answers what they were told."""
    today = Incoming.objects.filter(outcome=Incoming.Outcome.ANSWERED, read_at__gt=timezone.now() - DAY)
    had = today.filter(sender_digest=sender_digest(address)).count()
    if known or had:
        return had < (FEW if known else 1)
    has_account = User.objects.filter(email__iexact=address).exists()
    return has_account or today.filter(person=None).count() < STRANGERS


def answer(address: str, key: str, facts: dict[str, Any]) -> None:
    """Put an answer in the outbox, in the language of the account, else in English. ``key`` makes it the same one."""
    account = User.objects.filter(email__iexact=address, is_active=True).first()
    letter(address, KIND, key=f"answer:{key}", language=account.language if account else "en", facts=facts)
