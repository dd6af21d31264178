"""A lesson: what somebody tried, what came of it, what did not work, and whom to ask."""

import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords
from taggit.managers import TaggableManager

from accounts.models import User
from knowledge.models.tag import OneSpelling, Tagged
from partnerships.models import Network, Organisation, Partnership
from partnerships.permissions import Reach
from search.models import Theme


class Lessons(models.QuerySet["Lesson"]):
    """Sets of lessons. Every look-up on somebody's behalf begins with ``visible_to``."""

    def visible_to(self, user: object, reach: Reach | None = None) -> Self:
        """What a person may read: their own whatever its state, published ones as far as each is shared,
        proposed ones where they may publish them. ``knowledge.documents`` says the same in scopes."""
        reach = reach or Reach.of(user)
        return self.filter(Q(author=reach.person, author__isnull=False) | published(reach) | proposed(reach))

    def listed(self) -> Self:
        """Those that stand in lists and in the index: all but the withdrawn."""
        return self.exclude(status=Lesson.Status.WITHDRAWN)

    def with_marks(self) -> Self:
        """Everything that a line of a list names, in three queries."""
        return self.select_related("organisation", "author", "network", "partnership").prefetch_related(
            "themes", "tags"
        )


def published(reach: Reach) -> Q:
    """Published lessons that a reach opens: the members' to everybody who is signed in."""
    if reach.person is None:
        return Q(pk__in=[])
    shared = Q(visibility=Lesson.Visibility.MEMBERS)
    shared |= Q(visibility=Lesson.Visibility.NETWORK, network__in=reach.networks)
    shared |= Q(partnership__in=reach.partnerships) | Q(network__in=reach.officer)
    return Q(status=Lesson.Status.PUBLISHED) & (Q() if reach.administrator else shared)


def proposed(reach: Reach) -> Q:
    """Lessons that wait for somebody with this reach to publish them."""
    desk = Q(partnership__in=reach.full_partnerships) | Q(network__in=reach.officer | reach.editor)
    return Q(status=Lesson.Status.REVIEW) & (Q() if reach.administrator else desk)


class Lesson(models.Model):
    """An entry of the knowledge repository. The sections are Markdown, each may be empty; ``body`` is the free text
    of what was not written by the template (imported documents). Change it through ``knowledge.actions``.

    ``theme_slugs`` and ``tag_names`` repeat the relations, so that each version in the history holds them too.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        REVIEW = "review", _("Proposed")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Visibility(models.TextChoices):
        PARTNERSHIP = "partnership", _("The partnership")
        NETWORK = "network", _("The network")
        MEMBERS = "members", _("Every member")

    class CoreArea(models.TextChoices):
        EQUITY = "equity", _("Equity")
        PARTICIPATION = "participation", _("Participation")
        TRANSPARENCY = "transparency", _("Transparency")
        ACCOUNTABILITY = "accountability", _("Accountability")

    client_id = models.UUIDField(default=uuid.uuid4, editable=False, help_text="made by the form: one form, one lesson")
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("in two sentences"), max_length=600, blank=True)
    language = models.CharField(_("language"), max_length=7, choices=settings.LANGUAGES, default="en")
    problem = models.TextField(_("problem"), blank=True)
    context = models.TextField(_("context"), blank=True)
    did = models.TextField(_("what we did"), blank=True)
    cost = models.TextField(_("cost and resources"), blank=True)
    result = models.TextField(_("result"), blank=True)
    failed = models.TextField(_("what did not work"), blank=True)
    needs = models.TextField(_("before you copy it"), blank=True)
    ask = models.TextField(_("who to ask"), blank=True)
    body = models.TextField(_("free text"), blank=True)

    author = models.ForeignKey(User, models.PROTECT, related_name="lessons", verbose_name=_("author"))
    contact = models.ForeignKey(
        User, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name=_("person to ask")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="lessons", verbose_name=_("organisation")
    )
    network = models.ForeignKey(
        Network, models.PROTECT, related_name="lessons", null=True, blank=True, verbose_name=_("network")
    )
    partnership = models.ForeignKey(
        Partnership, models.PROTECT, related_name="lessons", null=True, blank=True, verbose_name=_("partnership")
    )
    visibility = models.CharField(_("seen by"), max_length=11, choices=Visibility, default=Visibility.NETWORK)
    status = models.CharField(_("state"), max_length=9, choices=Status, default=Status.DRAFT)

    themes = models.ManyToManyField(Theme, related_name="lessons", blank=True, verbose_name=_("themes"))
    tags = TaggableManager(_("tags"), through=Tagged, manager=OneSpelling, blank=True, related_name="lessons")
    theme_slugs = models.JSONField(default=list, editable=False)
    tag_names = models.JSONField(default=list, editable=False)
    core_areas = models.JSONField(_("core areas"), default=list, blank=True)
    sdgs = models.JSONField(_("sustainable development goals"), default=list, blank=True)
    translation_of = models.ForeignKey(
        "self", models.SET_NULL, related_name="translations", null=True, blank=True, verbose_name=_("translation of")
    )

    source = models.CharField(
        _("imported from"), max_length=500, blank=True, help_text=_("the file's path inside its folder")
    )
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    created_at = models.DateTimeField(_("begun"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    published_at = models.DateTimeField(_("published"), null=True, editable=False)

    history = HistoricalRecords(
        excluded_fields=["client_id", "created_at"],
        history_change_reason_field=models.CharField(max_length=200, null=True),
    )
    objects: ClassVar[models.Manager["Lesson"]] = Lessons.as_manager()

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")
        ordering = ["-changed_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["author", "client_id"], name="one_form_one_lesson"),
            models.UniqueConstraint(fields=["source"], condition=~Q(source=""), name="one_lesson_a_file"),
            models.CheckConstraint(
                name="shared_with_a_place_that_it_has",
                condition=Q(visibility="members")
                | Q(visibility="network", network__isnull=False)
                | Q(visibility="partnership", partnership__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["status", "-changed_at"], name="lessons_by_state_newest_first")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("knowledge:lesson", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        """True while only its author reads it."""
        return self.status == self.Status.DRAFT

    @property
    def is_withdrawn(self) -> bool:
        """True once it was taken back; it can be put back."""
        return self.status == self.Status.WITHDRAWN

    @property
    def original(self) -> "Lesson":
        """The lesson of which this is a translation; itself where it is none."""
        return self.translation_of or self


SECTIONS = ("problem", "context", "did", "cost", "result", "failed", "needs")
"""The template's sections in the order in which they are read; ``ask`` stands beside the person to ask."""

WRITTEN = ("title", "summary", "language", *SECTIONS, "ask", "body")
"""Everything that a person writes in a lesson."""
