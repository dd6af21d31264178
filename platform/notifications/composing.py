"""From deliveries to one mail: asked again whether it may still leave, in the reader's language and by their clock."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from email.utils import formataddr, parseaddr
from typing import Any
from urllib.parse import urljoin

from babel.dates import format_date
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from notifications import replies
from notifications.kinds import Telling, When, kinds
from notifications.marks import domain, message_id, reply_address
from notifications.models import Choice, Delivery, Notification, Preferences
from notifications.models.choice import wish
from notifications.sheets import QUOTE_IN_DIGEST, Sheet, entry, line
from notifications.stops import Stop
from notifications.telling import Told, as_read_by, tell

Dropped = Delivery.Dropped


class Mail(EmailMultiAlternatives):
    """A mail that may leave. ``left_out`` are the deliveries that are not in it: number → why."""

    left_out: dict[int, Dropped]


def compose(deliveries: Sequence[Delivery], connection: Any = None) -> Mail | Dropped:
    """The mail of one delivery (of a notification, or a letter), or of one person's deliveries for the digest. Where
    nothing may leave, why the first of them may not."""
    ordered = sorted(deliveries, key=lambda delivery: delivery.pk)
    first = ordered[0]
    if first.notification_id is None:
        return letter(first, connection)
    asked = [each.notification_id for each in ordered]
    rows = list(Notification.objects.filter(pk__in=asked).select_related("person", "by").order_by("pk"))
    if not rows:
        return Dropped.GONE
    person = rows[0].person
    with as_read_by(person):
        told, left_out = part(rows, person)
        if not told:
            return left_out.get(first.notification_id, Dropped.GONE)
        mail = digest(first, told) if first.channel == Delivery.Channel.DIGEST else single(first, told[0])
    mail.connection = connection
    mail.left_out = {each.pk: left_out[pk] for each, pk in zip(ordered, asked, strict=True) if pk in left_out}
    return mail


def part(rows: Sequence[Notification], person: User) -> tuple[list[Told], dict[int, Dropped]]:
    """What may be told now, and why not the rest (by the notification's number)."""
    preferences = Preferences.of(person)
    choices = list(Choice.objects.in_force().filter(person=person))
    left_out = {row.pk: why for row in rows if (why := why_not(row, person, preferences, choices))}
    told = tell([row for row in rows if row.pk not in left_out], person)
    seen = {one.notification.pk for one in told}
    return told, {row.pk: Dropped.GONE for row in rows if row.pk not in seen} | left_out


def why_not(row: Notification, person: User, preferences: Preferences, choices: Iterable[Choice]) -> Dropped | None:
    """Why one may not leave; None where only access is left to ask."""
    if not person.is_active:
        return Dropped.CLOSED
    if preferences.mail_paused_at:
        return Dropped.PAUSED
    if row.opened_at:
        return Dropped.READ
    if row.kind not in kinds:
        return Dropped.GONE
    concerning = [one for one in choices if one.kind in {"", row.kind} and one.place in {"", row.place}]
    muted = preferences.is_muted and kinds[row.kind].may_choose
    return Dropped.CHOICE if muted or wish(row.kind, concerning) == When.OFF else None


def single(delivery: Delivery, told: Told) -> Mail:
    """The mail of one notification, in the thread of its place, or of its thing where there is none."""
    row, kind = told.notification, kinds[told.notification.kind]
    stop = Stop(row.person_id, row.kind, row.place).url if kind.may_choose else ""
    answer = reply_address(delivery) if row.about_kind in replies.handlers else ""
    sheet = Sheet(
        subject=line(told.words.subject or told.about.title or told.words.title),
        entries=[entry(told.words, told.url)],
        label=str(kind.label),
        stop=stop,
        choices=choices_url(),
        answerable=bool(answer),
    )
    root = f"<{slug(row.place or f'{row.about_kind}:{row.about_id}')}.thread@{domain()}>"
    headers = {"In-Reply-To": root, "References": root} | of_list(row.place or row.kind, stop)
    by = row.by.name if row.by else ""
    return mail_of(sheet, delivery, row.person.email, headers, by, [answer] if answer else None)


def digest(delivery: Delivery, told: Sequence[Told]) -> Mail:
    """The mail of everything that waited for a person's digest."""
    many = ngettext("%(count)d thing to know", "%(count)d things to know", len(told)) % {"count": len(told)}
    person = told[0].notification.person
    stop = Stop(person.pk).url
    sheet = Sheet(
        subject=f"{many}, {day(timezone.now())}",
        entries=[entry(one.words, one.url, one.notification.created_at, QUOTE_IN_DIGEST) for one in told],
        label=_("your digest"),
        stop=stop,
        choices=choices_url(),
        heading=many,
    )
    return mail_of(sheet, delivery, person.email, of_list("digest", stop))


def letter(delivery: Delivery, connection: Any) -> Mail | Dropped:
    """Mail to an address without an account. Nobody can choose not to get it, and nothing threads it."""
    kind = kinds.get(delivery.kind)
    if kind is None:
        return Dropped.GONE
    with translation.override(delivery.language), timezone.override(settings.DEFAULT_ZONE):
        words = kind.words(Telling(None, None, delivery.facts))
        sheet = Sheet(line(words.subject or words.title), [entry(words, "/")], str(kind.label))
        mail = mail_of(sheet, delivery, delivery.address, {})
    mail.connection = connection
    mail.left_out = {}
    return mail


def mail_of(
    sheet: Sheet,
    delivery: Delivery,
    address: str,
    headers: dict[str, str],
    by: str = "",
    reply_to: list[str] | None = None,
) -> Mail:
    """The sheet with its headers. Programs must not answer it (RFC 3834, and Exchange's own way to say so)."""
    headers = {
        "Message-ID": message_id(delivery),
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        **headers,
    }
    mail = Mail(sheet.subject, sheet.text(), sender(by), [address], headers=headers, reply_to=reply_to)
    mail.attach_alternative(sheet.html(), "text/html")
    return mail


def of_list(name: str, stop: str) -> dict[str, str]:
    """By what mails are sorted into folders (RFC 2919), and stopped by one click (RFC 2369, RFC 8058)."""
    headers = {"List-Id": f"<{slug(name)}.{domain()}>"}
    if stop:
        headers |= {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return headers


def sender(by: str) -> str:
    """``Amina Otieno, Exchange <exchange@example.org>``."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    site = name or str(settings.SITE_NAME)
    return formataddr((line(f"{by}, {site}" if by else site), address))


def slug(name: str) -> str:
    """``room:7`` as a label of a domain: ``room-7``."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def choices_url() -> str:
    """Where one says how to be told."""
    return urljoin(settings.PUBLIC_URL, "/notifications/choices/")


def day(moment: datetime) -> str:
    """``23 November 2026`` by the reader's clock."""
    return str(format_date(timezone.localdate(moment), "d MMMM y", locale=translation.get_language() or "en"))
