"""Who is in a direct conversation: people, not a place, make it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class Participant(models.Model):
    """One person of a direct conversation. It is theirs while they ``share`` a place with anybody else in it, which
    ``chat.actions.direct`` looks at again with every change of seats, and until they leave it."""

    room = models.ForeignKey("chat.Room", models.CASCADE, related_name="participants", db_index=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="conversations")
    shares = models.BooleanField(default=True)
    left_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Participant"]] = models.Manager()

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        constraints = [models.UniqueConstraint(fields=["room", "user"], name="a_person_is_in_a_conversation_once")]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.room_id}"
