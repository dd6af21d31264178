"""What somebody answers a message with by one sign; and what a message said before it was edited."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chat.models.message import Message

MOST_NAMED = 50
"""People listed for one sign; the count says how many there are."""


class Reactions(models.QuerySet["Reaction"]):
    """Sets of reactions."""

    def summed_up(self, message: Message) -> list[dict[str, Any]]:
        """As every transport shows them: ``[{"emoji", "users", "count"}]``, the sign that came first first."""
        signs: dict[str, list[int]] = {}
        for emoji, user in self.filter(message=message).order_by("pk").values_list("emoji", "user"):
            signs.setdefault(emoji, []).append(user)
        return [{"emoji": emoji, "users": users[:MOST_NAMED], "count": len(users)} for emoji, users in signs.items()]


class Reaction(models.Model):
    """One person's sign at one message. The message keeps the sum (``Message.reactions``), so that reading a room asks
    nothing more."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="+")
    user = models.ForeignKey(User, models.CASCADE, related_name="reactions")
    emoji = models.CharField(max_length=32)

    objects: ClassVar[Reactions] = Reactions.as_manager()  # type: ignore[assignment]  # a manager has its verbs

    class Meta:
        verbose_name = _("reaction")
        verbose_name_plural = _("reactions")
        constraints = [models.UniqueConstraint(fields=["message", "user", "emoji"], name="one_sign_a_person_a_message")]

    def __str__(self) -> str:
        return f"{self.emoji} {self.message_id}"


class Revision(models.Model):
    """What a message said until ``replaced_at``."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="revisions")
    body = models.TextField()
    replaced_at = models.DateTimeField()

    objects: ClassVar[models.Manager["Revision"]] = models.Manager()

    class Meta:
        verbose_name = _("earlier wording")
        verbose_name_plural = _("earlier wordings")
        ordering = ["message", "pk"]

    def __str__(self) -> str:
        return f"{self.message_id} until {self.replaced_at:%Y-%m-%d %H:%M}"
