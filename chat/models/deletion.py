"""What a deleted message said, kept for as long as its deletion can be taken back."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chat.models.file import shown
from chat.models.mention import Mention
from chat.models.message import Message
from chat.models.reaction import Reaction, Revision

UNDO = timedelta(seconds=10)
"""So long whoever deleted a message may think again."""
FIELDS = ("body", "html", "calls")
MOMENTS = ("edited_at", "pinned_at")


class Deletions(models.QuerySet["Deletion"]):
    """Sets of deletions."""

    def keep(self, message: Message, by: User) -> None:
        """Keep everything that deleting ``message`` takes away."""
        signs = Reaction.objects.filter(message=message).order_by("pk").values_list("user", "emoji")
        earlier = message.revisions.order_by("pk").values_list("body", "replaced_at")
        kept = {
            **{name: getattr(message, name) for name in FIELDS},
            **{name: moment.isoformat() for name in MOMENTS if (moment := getattr(message, name))},
            "signs": [list(sign) for sign in signs],
            "earlier": [[body, replaced_at.isoformat()] for body, replaced_at in earlier],
            "mentioned": message.mentioned,
            "reached": list(message.mentions.order_by("pk").values_list("person", flat=True)),
            "question": message.question,
        }
        self.create(message=message, by=by, removed_at=timezone.now(), kept=kept)

    def of(self, user: User, message: Message) -> models.QuerySet["Deletion"]:
        """The one of ``message`` that ``user`` can still take back, if there is one."""
        return self.filter(message=message, by=user, removed_at__gt=timezone.now() - UNDO)

    def over(self, now: datetime) -> models.QuerySet["Deletion"]:
        """Those that can no longer be taken back."""
        return self.filter(removed_at__lte=now - UNDO)


class Deletion(models.Model):
    """``message`` was deleted by ``by``; ``kept`` is what it was. The row goes when it can no longer be taken back."""

    message = models.OneToOneField(Message, models.CASCADE, related_name="deletion")
    by = models.ForeignKey(User, models.CASCADE, related_name="+")
    removed_at = models.DateTimeField(db_index=True)
    kept = models.JSONField()

    objects: ClassVar[Deletions] = Deletions.as_manager()  # type: ignore[assignment]  # a manager has its verbs

    class Meta:
        verbose_name = _("deletion")
        verbose_name_plural = _("deletions")

    def __str__(self) -> str:
        return f"{self.message_id} at {self.removed_at:%Y-%m-%d %H:%M:%S}"

    @property
    def is_over(self) -> bool:
        """True once it can no longer be taken back."""
        return timezone.now() >= self.removed_at + UNDO

    def take_back(self, message: Message) -> None:
        """Give ``message``, which the caller saves, everything again; and forget the deletion."""
        for name in FIELDS:
            setattr(message, name, self.kept[name])
        for name in MOMENTS:
            setattr(message, name, moment_of(self.kept.get(name)))
        Reaction.objects.bulk_create(
            [Reaction(message=message, user_id=user, emoji=emoji) for user, emoji in self.kept["signs"]]
        )
        Revision.objects.bulk_create(
            [
                Revision(message=message, body=body, replaced_at=datetime.fromisoformat(at))
                for body, at in self.kept["earlier"]
            ]
        )
        message.reactions = Reaction.objects.summed_up(message)
        message.mentioned, message.reached = self.kept["mentioned"], self.kept["reached"]
        message.attachments = shown(message.files.order_by("pk"))
        Mention.objects.keep([message])
        message.deleted_at = None
        self.delete()


def moment_of(text: str | None) -> datetime | None:
    """A moment as it was kept."""
    return datetime.fromisoformat(text) if text else None
