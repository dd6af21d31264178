"""From deliveries to one mail: asked again whether it may still leave, in the reader's language and by their clock."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from notifications import digests, replies
from notifications.envelope import Mail, mail, of_answer, of_list, of_thread
from notifications.kinds import Kind, Telling, Words, kinds
from notifications.leaving import part
from notifications.models import Delivery, Notification, Preferences
from notifications.sheets import Sheet, entry, line
from notifications.stops import Stop
from notifications.telling import Told, as_read_by

Dropped = Delivery.Dropped


def compose(deliveries: Sequence[Delivery], connection: Any = None) -> Mail | Dropped:
    """The mail of one delivery (of a notification, or a letter), or of one person's deliveries for the digest. Where
    nothing may leave, why the first of them may not. The queries do not grow with a digest's things of one kind."""
    ordered = sorted(deliveries, key=lambda delivery: delivery.pk)
    first = ordered[0]
    made = letter(first) if first.notification_id is None else told_by(first, ordered)
    if isinstance(made, Mail):
        made.connection = connection
    return made


def told_by(first: Delivery, deliveries: Sequence[Delivery]) -> Mail | Dropped:
    """The mail of these, or why the first of them may not leave."""
    numbers = {each.notification_id: each.pk for each in deliveries}
    rows = list(Notification.objects.filter(pk__in=numbers).select_related("person", "by").order_by("pk"))
    if not rows:
        return Dropped.GONE
    person = rows[0].person
    with as_read_by(person):
        told, left_out = part(rows, person, first.channel)
        if not told:
            return left_out.get(first.notification_id or 0, Dropped.GONE)
        made = digest(first, person, told) if first.channel == Delivery.Channel.DIGEST else single(first, told[0])
    made.left_out = {numbers[pk]: why for pk, why in left_out.items()}
    return made


def single(delivery: Delivery, told: Told) -> Mail:
    """The mail of one notification, in the thread of its place, or of its thing where there is none."""
    row, kind = told.notification, kinds[told.notification.kind]
    stop = Stop(row.person_id, row.kind, row.place).url if kind.may_choose else ""
    answerable = bool(settings.REPLY_ADDRESS) and replies.can_answer(row.person, told.about)
    made = sheet(kind, told.words, told.about.title, told.url, stop, answerable)
    headers = of_thread(row.place or f"{row.about_kind}:{row.about_id}") | of_list(row.place or row.kind, stop)
    return mail(made, delivery, row.person.email, headers, row.by)


def sheet(kind: Kind, words: Words, title: str, url: str, stop: str = "", answerable: bool = False) -> Sheet:
    """What one mail of a kind says. ``title`` is the thing's, which names the thread where the words do not."""
    subject = line(words.subject or title or words.title)
    choices = choices_url() if kind.may_choose else ""
    return Sheet(subject, entry(words, url), line(str(kind.label)), stop, choices, answerable)


def digest(delivery: Delivery, person: User, told: Sequence[Told]) -> Mail:
    """The mail of everything that waited for a person's digest."""
    stop = Stop(person.pk)
    made = digests.digest(told, Preferences.of(person), stop)
    return mail(made, delivery, person.email, of_list("digest", stop.url))


def letter(delivery: Delivery) -> Mail | Dropped:
    """Mail to an address without an account. Nobody can choose not to get it; what answers a mail is put under it."""
    kind = kinds.get(delivery.kind)
    if kind is None:
        return Dropped.GONE
    with translation.override(delivery.language), timezone.override(settings.DEFAULT_ZONE):
        words = kind.words(Telling(None, None, delivery.facts))
        headers = of_answer(delivery.facts.get("in_reply_to", ""))
        return mail(sheet(kind, words, "", "/"), delivery, delivery.address, headers)


def choices_url() -> str:
    """Where one says how to be told."""
    return urljoin(settings.PUBLIC_URL, reverse("notifications:choices"))
