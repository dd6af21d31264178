"""An invitation: one address, one function in one place, one link that works once and for a while."""

from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.token import digest
from partnerships.models.membership import Function
from partnerships.models.organisation import Organisation
from partnerships.models.structure import Body, Network, Partnership

LIFETIME = timedelta(days=14)


def end_of_life() -> datetime:
    """When an invitation of today runs out."""
    return timezone.now() + LIFETIME


class Invitations(models.QuerySet["Invitation"]):
    """Sets of invitations."""

    def open(self) -> Self:
        """Neither accepted nor revoked; they may have run out and can then be sent again."""
        return self.filter(accepted_at=None, revoked_at=None)

    def with_secret(self, secret: str) -> "Invitation | None":
        """The one whose link this is, whatever became of it."""
        places = ["network", "partnership", "body__partnership", "organisation", "invited_by"]
        return self.select_related(*places).filter(digest=digest(secret)).first()


class Invitation(models.Model):
    """What somebody is invited to. As with a membership the place is a body, a partnership, a network or, with none
    of the three, the organisation; with ``administrator`` it is the installation. The link is stored as its hash.
    ``sent_at`` is when a mail with it was put into the outbox; None for one that is handed over."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        EXPIRED = "expired", _("Run out")
        ACCEPTED = "accepted", _("Accepted")
        REVOKED = "revoked", _("Taken back")

    email = models.EmailField(_("e-mail"))
    administrator = models.BooleanField(_("administrator"), default=False)
    function = models.CharField(_("function"), max_length=20, choices=Function, blank=True)
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="+", null=True, blank=True, verbose_name=_("represents")
    )
    network = models.ForeignKey(Network, models.CASCADE, related_name="invitations", null=True, blank=True)
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="invitations", null=True, blank=True)
    body = models.ForeignKey(Body, models.CASCADE, related_name="invitations", null=True, blank=True)
    place_key = models.CharField(max_length=40, editable=False)
    language = models.CharField(_("language of the mail"), max_length=7, choices=settings.LANGUAGES, default="en")
    invited_by = models.ForeignKey(User, models.SET_NULL, related_name="+", null=True, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, editable=False)
    expires = models.DateTimeField(default=end_of_life)
    accepted_at = models.DateTimeField(null=True, editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[Invitations] = Invitations.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                "place_key",
                condition=Q(accepted_at=None, revoked_at=None),
                name="one_open_invitation_an_address_and_place",
            ),
            models.CheckConstraint(
                name="invitation_to_something",
                condition=Q(administrator=True) | ~Q(function="") & Q(organisation__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email}: {self.what}"

    @property
    def place(self) -> Body | Partnership | Network | Organisation | None:
        """What the seat will be in; None for an administrator."""
        return self.body or self.partnership or self.network or self.organisation

    @property
    def what(self) -> str:
        """``Coordinator, Karlskrona–Saldanha Bay``."""
        return str(_("Administrator")) if self.administrator else f"{self.get_function_display()}, {self.place}"

    @property
    def letter(self) -> str:
        """The key of the mail that carries its present link, as the outbox knows it."""
        return f"invitation:{self.pk}:{self.digest[:16]}"

    @property
    def state(self) -> State:
        """What became of it."""
        if self.accepted_at:
            return self.State.ACCEPTED
        if self.revoked_at:
            return self.State.REVOKED
        return self.State.OPEN if self.expires > timezone.now() else self.State.EXPIRED
