"""How far a person has read in a room."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chat.models.room import Room


class ReadMarker(models.Model):
    """Everything up to and with ``last_read_number`` is read. It begins at the room's end on joining."""

    user = models.ForeignKey(User, models.CASCADE, related_name="read_markers")
    room = models.ForeignKey(Room, models.CASCADE, related_name="markers", db_index=False)
    last_read_number = models.PositiveBigIntegerField()
    tokens = models.FloatField(default=0, help_text=_("messages that may be written at once (chat.pace)"))
    tokens_at = models.DateTimeField(null=True, help_text=_("when there were so many; full when never"))

    class Meta:
        verbose_name = _("read marker")
        verbose_name_plural = _("read markers")
        constraints = [models.UniqueConstraint(fields=["room", "user"], name="one_marker_a_person_a_room")]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.room_id}: {self.last_read_number}"
