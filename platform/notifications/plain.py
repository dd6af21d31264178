"""A mail as plain text, until the composed one is there."""

from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

from notifications.models import Delivery
from notifications.telling import as_read_by, tell


def compose(deliveries: list[Delivery], connection: BaseEmailBackend) -> EmailMultiAlternatives | Delivery.Dropped:
    """One mail for one delivery, or for one person's due digest."""
    person = deliveries[0].person
    if person is None:
        return EmailMultiAlternatives(deliveries[0].kind, str(deliveries[0].facts), to=[deliveries[0].address])
    with as_read_by(person):
        told = tell([one.notification for one in deliveries if one.notification], person)
    if not told:
        return Delivery.Dropped.GONE
    lines = [f"{one.words.title}\n{one.words.text}\n{one.url}" for one in told]
    headers = {"Message-ID": f"<{deliveries[0].pk}@localhost>"}
    return EmailMultiAlternatives(
        told[0].words.title, "\n\n".join(lines), to=[person.email], headers=headers, connection=connection
    )
