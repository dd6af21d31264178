"""The mail server as all workers know it: whether mail leaves, since when it does not, and when to try again."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from work.jobs import gap

LONG = timedelta(hours=1)
"""A server that is away for longer needs somebody."""


class MailServer(models.Model):
    """One row for the whole exchange. ``again_at`` is set while the server is away: until then nobody tries."""

    left_at = models.DateTimeField(null=True, help_text="when a mail last left")
    failing_since = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0, help_text="in a row")
    words = models.CharField(max_length=300, blank=True, help_text="of the last failure")
    again_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["MailServer"]] = models.Manager()

    class Meta:
        verbose_name = _("mail server")
        verbose_name_plural = _("mail servers")

    def __str__(self) -> str:
        return self.words or "ok"

    def is_long_away(self, now: datetime) -> bool:
        """Whether no mail has left for so long that somebody should look."""
        return self.failing_since is not None and now - self.failing_since >= LONG

    @classmethod
    def known(cls) -> "MailServer":
        """The row, or one that stands for a server that nothing is known of yet."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)

    @classmethod
    def admits(cls, now: datetime, span: timedelta) -> bool:
        """Whether to try now. While the server is away only one process does, and for ``span`` nobody beside it."""
        again_at = cls.known().again_at
        if again_at is None:
            return True
        if again_at > now:
            return False
        return bool(cls.objects.filter(pk=1, again_at=again_at).update(again_at=now + span))

    @classmethod
    def failed(cls, now: datetime, words: str) -> "MailServer":
        """It is away: the row, which says until when to leave it alone, longer each time."""
        server, _made = cls.objects.get_or_create(pk=1)
        cls.objects.filter(pk=1).update(
            failing_since=Coalesce("failing_since", models.Value(now)),
            failed_at=now,
            failures=F("failures") + 1,
            words=words[:300],
            again_at=now + gap(server.failures + 1),
        )
        return cls.known()

    @classmethod
    def answered(cls, now: datetime, *, mail_left: bool) -> None:
        """It is there, and has taken mail or not."""
        there: dict[str, object] = {"failing_since": None, "failures": 0, "again_at": None}
        there |= {"left_at": now} if mail_left else {}
        if not cls.objects.filter(pk=1).update(**there):
            cls.objects.get_or_create(pk=1, defaults=there)
