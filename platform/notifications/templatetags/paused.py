"""Whether the reader's mail is paused, for the banner that says so."""

from django import template

from accounts.models import User
from notifications.models import Preferences

register = template.Library()


@register.simple_tag
def paused_mail(person: User) -> Preferences | None:
    """The preferences of a person whose mail is paused; None for everybody else."""
    return Preferences.objects.filter(person=person, mail_paused_at__isnull=False).first()
