"""A lesson: what somebody tried, what came of it, what did not work, and whom to ask."""

import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, When, Window
from django.db.models.functions import Coalesce, RowNumber
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords
from taggit.managers import TaggableManager

from accounts.models import User
from knowledge.models.access import editable, publishable, readable
from knowledge.models.states import CoreArea, Genre, Status, Visibility
from knowledge.models.tag import OneSpelling, Tagged
from partnerships.models import Network, Organisation, Partnership
from partnerships.permissions import Reach
from search.models import Theme


class Lessons(models.QuerySet["Lesson"]):
    """Sets of lessons. Every look-up on somebody's behalf begins with ``visible_to`` or ``editable_by``."""

    def visible_to(self, user: object, reach: Reach | None = None) -> Self:
        """What a person may read."""
        return self.filter(readable(reach or Reach.of(user)))

    def editable_by(self, user: object, reach: Reach | None = None) -> Self:
        """Those whose words a person may change."""
        return self.filter(editable(reach or Reach.of(user)))

    def publishable_by(self, user: object, reach: Reach | None = None) -> Self:
        """Those that a person may publish and withdraw."""
        return self.filter(publishable(reach or Reach.of(user)))

    def with_rights(self, user: object, reach: Reach | None = None) -> Self:
        """Each with ``may_edit`` and ``may_publish`` of ``user``, for the buttons of a page."""
        reach = reach or Reach.of(user)
        return self.annotate(
            may_edit=Case(When(editable(reach), then=True), default=False),
            may_publish=Case(When(publishable(reach), then=True), default=False),
        )

    def listed(self) -> Self:
        """Those that stand in lists and in the index: all but the withdrawn."""
        return self.exclude(status=Status.WITHDRAWN)

    def published(self) -> Self:
        """Those that are read by others."""
        return self.filter(status=Status.PUBLISHED)

    def told_once(self, language: str) -> Self:
        """Each lesson once, however many of these tell it: in ``language`` if one does, else as it was told first."""
        in_it = Case(When(language=language, then=0), default=1)
        family = Coalesce("translation_of", "pk")
        return self.alias(place=Window(RowNumber(), partition_by=[family], order_by=[in_it, "pk"])).filter(place=1)

    def with_marks(self) -> Self:
        """Everything that a line of a list names, in three queries."""
        return self.select_related("organisation", "author", "network", "partnership").prefetch_related(
            "themes", "tags"
        )

    def with_words(self) -> Self:
        """Everything that the index sees, in three queries more; of withdrawn quotes nothing is left."""
        return self.with_marks().prefetch_related("quotes", "attachments__pages")


class Lesson(models.Model):
    """An entry of the knowledge repository. The sections are Markdown, each may be empty; ``body`` is the free text
    of what was not written by the template (imported documents). Change it through ``knowledge.actions``.

    ``theme_slugs`` and ``tag_names`` repeat the relations, so that each version in the history holds them too.
    """

    Status = Status
    Visibility = Visibility
    CoreArea = CoreArea
    Genre = Genre

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
    genre = models.CharField(_("kind"), max_length=10, choices=Genre, default=Genre.EXPERIENCE)
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
    source_digest = models.CharField(
        max_length=64, blank=True, editable=False, help_text="SHA-256 of the file as it was last imported"
    )
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    created_at = models.DateTimeField(_("begun"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    published_at = models.DateTimeField(_("published"), null=True, editable=False)

    history = HistoricalRecords(
        excluded_fields=["client_id", "created_at", "source_digest"],
        history_change_reason_field=models.CharField(max_length=200, null=True),
    )
    _history_user: User
    _change_reason: str
    skip_history_when_saving: bool
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
        return self.status == Status.DRAFT

    @property
    def is_withdrawn(self) -> bool:
        """True once it was taken back; it can be put back."""
        return self.status == Status.WITHDRAWN

    @property
    def original(self) -> "Lesson":
        """The lesson of which this is a translation; itself where it is none."""
        return self.translation_of or self


SECTIONS = ("problem", "context", "did", "cost", "result", "failed", "needs")
"""The template's sections in the order in which they are read; ``ask`` stands beside the person to ask."""

WRITTEN = ("title", "summary", "language", *SECTIONS, "ask", "body")
"""Everything that a person writes in a lesson."""
