"""Who comes: one answer a person, which may change."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from events.models.event import Event


class Answer(models.Model):
    """A person's yes, maybe or no. Give it through ``events.actions.answer_event``."""

    class Choice(models.TextChoices):
        YES = "yes", _("Yes")
        MAYBE = "maybe", _("Maybe")
        NO = "no", _("No")

    event = models.ForeignKey(Event, models.CASCADE, related_name="answers", verbose_name=_("gathering"))
    person = models.ForeignKey(User, models.CASCADE, related_name="answers", verbose_name=_("person"))
    choice = models.CharField(_("answer"), max_length=5, choices=Choice)
    answered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["answered_at", "id"]
        constraints = [models.UniqueConstraint(fields=["event", "person"], name="one_answer_a_person")]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_choice_display()}"
