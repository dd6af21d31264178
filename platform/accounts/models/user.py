"""The account, and how a person wants to be spoken to."""

from typing import Any, ClassVar
from zoneinfo import available_timezones

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


def validate_zone(value: str) -> None:
    """Refuse what is no IANA time zone, such as ``CET+1``."""
    if value not in available_timezones():
        raise ValidationError(_("%(zone)s is not a time zone."), params={"zone": value})


class People(BaseUserManager["User"]):
    """Accounts. Nobody is found here by what they share: that is ``partnerships.permissions.people_visible_to``."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A new account; ``password=None`` leaves sign-in to a code by mail."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """An administrator; ``manage.py invite EMAIL --role administrator`` is the usual way."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """By e-mail, whatever its case."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account. What they may do comes from their memberships, never from here,
    except that ``is_superuser`` makes an administrator."""

    class Theme(models.TextChoices):
        AUTO = "", _("As the device says")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    title = models.CharField(_("title at work"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=7, choices=settings.LANGUAGES, default="en")
    zone = models.CharField(_("time zone"), max_length=64, default=settings.DEFAULT_ZONE, validators=[validate_zone])
    data_saver = models.BooleanField(_("data saver"), default=False)
    theme = models.CharField(_("colours"), max_length=5, choices=Theme, default=Theme.AUTO, blank=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_staff = models.BooleanField(_("sees the administration"), default=False)
    session_round = models.PositiveIntegerField(default=0, editable=False)
    """Counts up to end every session at once; part of what a session is checked against."""
    date_joined = models.DateTimeField(default=timezone.now, editable=False)
    erased_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[People] = People()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_an_address")]

    def __str__(self) -> str:
        return self.name

    @property
    def shown_name(self) -> str:
        """What others see: once erased, a former member."""
        return gettext("Former member") if self.erased_at else self.name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0]

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """As Django's, with the round of sessions beside the password. The name is Django's own seam."""
        salt = "accounts.models.User.get_session_auth_hash"
        return salted_hmac(salt, f"{self.password}:{self.session_round}", secret=secret, algorithm="sha256").hexdigest()

    @property
    def initials(self) -> str:
        """One or two letters for the drawn mark: ``AO`` for Amina Otieno."""
        words = self.name.split() or ["?"]
        return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()

    @property
    def tone(self) -> int:
        """Which of the six tones of the design the mark has, 1 to 6."""
        return self.pk % 6 + 1
