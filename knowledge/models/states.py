"""What a lesson can be, and how far it can be shared."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Status(TextChoices):
    """Where a lesson stands between its first words and the reader."""

    DRAFT = "draft", _("Draft")
    REVIEW = "review", _("Proposed")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Visibility(TextChoices):
    """Who reads it once it is published."""

    PARTNERSHIP = "partnership", _("The partnership")
    NETWORK = "network", _("The whole network")
    MEMBERS = "members", _("Every member of the exchange")


class CoreArea(TextChoices):
    """The four areas of ICLD's result framework."""

    EQUITY = "equity", _("Equity")
    PARTICIPATION = "participation", _("Participation")
    TRANSPARENCY = "transparency", _("Transparency")
    ACCOUNTABILITY = "accountability", _("Accountability")


class Genre(TextChoices):
    """What kind of entry it is: what the reader may do with it."""

    EXPERIENCE = "experience", _("Experience")
    METHOD = "method", _("Method or tool")
    RULE = "rule", _("Rule or agreement")
    STUDY = "study", _("Study or report")
