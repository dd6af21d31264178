"""The one way in for a mail: what it is, what becomes of it, and the fact that it was read. Its words are not kept."""

from dataclasses import dataclass
from hashlib import sha256
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.utils import timezone

import things
from accounts.models import User
from notifications import replies
from notifications.incoming.answers import answer, may_answer, sender_digest
from notifications.incoming.bounces import is_report, note_bounce
from notifications.incoming.cutting import own_words
from notifications.incoming.machines import is_automatic, wants_no_answer
from notifications.incoming.parts import Mail
from notifications.incoming.senders import is_proven, sender
from notifications.marks import delivery_of_mark
from notifications.models import Delivery, Incoming
from notifications.telling import as_read_by

LONGEST = 8000
"""Characters of one answer, as of one message."""
ENVELOPE = ["Delivered-To", "X-Original-To", "Envelope-To"]
Outcome = Incoming.Outcome


def read(raw: bytes) -> Outcome | None:
    """Take one mail, as bytes of any kind. What became of it; None for one that was read before. All in one
    transaction: a mail whose reading was broken off is read anew."""
    mail = Mail(raw)
    key = digest(mail)
    if Incoming.objects.filter(digest=key).exists():
        return None
    reading = Reading(mail, key)
    with transaction.atomic():
        row, fresh = Incoming.objects.get_or_create(
            digest=key, defaults={"outcome": Outcome.IGNORED, "read_at": timezone.now()}
        )
        if not fresh:
            return None
        row.outcome = reading.outcome()
        row.person = reading.person
        row.sender_digest = sender_digest(reading.address) if reading.address else ""
        row.save()
    return row.outcome


def digest(mail: Mail) -> str:
    """By what a mail is recognised. One that came to two addresses for answers is two answers."""
    return sha256("\n".join([mail.identity, *mail.all(*ENVELOPE)]).encode("utf-8", "replace")).hexdigest()


@dataclass(frozen=True)
class Refusal:
    """Why an answer was not taken: a reason of ``answers``, or an app's own words; where to write instead."""

    why: str = ""
    words: str = ""
    url: str = ""


class Reading:
    """One mail, taken apart before the transaction: that may take a while."""

    def __init__(self, mail: Mail, key: str) -> None:
        self.mail = mail
        self.key = key
        self.address = sender(mail)
        self.automatic = is_report(mail) or is_automatic(mail, self.address)
        self.words = "" if self.automatic else own_words(mail.text)
        self.person: User | None = None
        """Who answers what they were told; None for everybody else."""

    def outcome(self) -> Outcome:
        """Do what is to be done."""
        if note_bounce(self.mail):
            return Outcome.BOUNCE
        if self.automatic:
            return Outcome.AUTOMATIC
        if refusal := self.post():
            return self.reply(refusal)
        if self.mail.has_attachments:
            self.reply(Refusal())
        return Outcome.POSTED

    def post(self) -> Refusal | None:
        """Hand the words to the app that knows the thing; None when it has taken them."""
        delivery = answered(self.mail)
        if delivery is None:
            return Refusal("unknown")
        person, told = delivery.person, delivery.notification
        if person is None or told is None or not person.is_active:
            return Refusal("unknown")
        if self.address != person.email.lower():
            return Refusal("other_address")
        if not is_proven(self.mail, self.address):
            return Refusal("unproven")
        self.person = person
        handler = replies.handlers.get(told.about_kind)
        if handler is None or delivery.channel == Delivery.Channel.DIGEST:
            return Refusal("no_answers")
        about = things.find(told.about_kind, told.about_id, person)
        url = about.url if about else ""
        if wrong := self.problem():
            return Refusal(wrong, url=url)
        client_id = str(uuid5(NAMESPACE_URL, f"mid:{self.mail.identity} {delivery.pk}"))
        with as_read_by(person):
            said = handler(person, told.about_id, self.words, client_id)
        return Refusal(words=said, url=url) if said else None

    def problem(self) -> str:
        """What is wrong with the words themselves."""
        if not self.mail.readable:
            return "unreadable"
        if not self.words:
            return "empty"
        return "too_long" if len(self.words) > LONGEST else ""

    def reply(self, refusal: Refusal) -> Outcome:
        """Say so to the sender, if that is decent."""
        if not self.address or wants_no_answer(self.mail):
            return Outcome.IGNORED
        if self.person is None and not (is_proven(self.mail, self.address) or refusal.why == "unproven"):
            return Outcome.IGNORED
        if not may_answer(self.address, known=self.person is not None):
            return Outcome.IGNORED
        facts = {"why": refusal.why, "words": refusal.words, "url": refusal.url, "in_reply_to": self.mail.message_id}
        once = self.key if self.person else f"{sender_digest(self.address)}:{timezone.now():%Y-%m-%d}"
        answer(self.address, once, facts | {"attachments": self.mail.has_attachments})
        return Outcome.ANSWERED


def answered(mail: Mail) -> Delivery | None:
    """The delivery that a mail answers: by the address it came to, or by the mails it names, the nearest first."""
    named = [*mail.all(*ENVELOPE, "To", "Cc"), mail.first("In-Reply-To"), mail.first("References")]
    return next((found for text in named if (found := delivery_of_mark(text))), None)
