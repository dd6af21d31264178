"""The rows that search keeps: the shared vocabulary, its own copy of each document, and what is still to be indexed."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from search.analysis import fold
from search.document import Document
from search.kept import Index, Part, Posting

__all__ = ["Change", "Entry", "Index", "Part", "Posting", "Theme"]

LEAD = 2000
"""Characters of a document that are searched while the index is away."""


class Theme(models.Model):
    """A concept of the shared vocabulary. Labels and synonyms are by language, as the vocabulary's file has them."""

    slug = models.SlugField(_("name in addresses"), unique=True)
    group = models.CharField(_("group"), max_length=120)
    labels = models.JSONField(_("labels"), default=dict)
    synonyms = models.JSONField(_("synonyms"), default=dict, blank=True)
    sdgs = models.JSONField(_("sustainable development goals"), default=list, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["position", "slug"]

    def __str__(self) -> str:
        return self.label()

    def label(self, language: str | None = None) -> str:
        """What it is called in ``language`` (the reader's, unless told), or else in English."""
        wanted = (language or get_language() or "en").split("-")[0]
        return str(self.labels.get(wanted) or self.labels.get("en") or self.slug)

    def group_label(self, language: str | None = None) -> str:
        """The group's name: the file writes ``A Klimat / Climate``, Swedish first."""
        swedish, _slash, english = self.group.partition(" ")[2].partition(" / ")
        wanted = (language or get_language() or "en").split("-")[0]
        return (swedish if wanted == "sv" else english) or self.group


class Entry(models.Model):
    """The index's own copy of a document: a rebuild, the fallback and suggested titles need no other app."""

    kind = models.CharField(max_length=20)
    key = models.BigIntegerField()
    title = models.CharField(max_length=500)
    text = models.TextField(blank=True)
    lead = models.TextField(blank=True, help_text="title and beginning, folded")
    language = models.CharField(max_length=7)
    scopes = models.JSONField(default=list)
    scope_line = models.TextField(blank=True, help_text="|member|network:3|")
    facets = models.JSONField(default=dict)
    numbers = models.JSONField(default=dict)
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("indexed document")
        verbose_name_plural = _("indexed documents")
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="one_entry_a_document")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"

    FILLED = ("title", "text", "lead", "language", "scopes", "scope_line", "facets", "numbers", "changed_at")
    """The columns that a document fills."""

    @staticmethod
    def fields_of(document: Document) -> dict[str, Any]:
        """What a document fills them with."""
        scopes = sorted(document.scopes)
        return {
            "title": document.title[:500],
            "text": document.text,
            "lead": fold(f"{document.title} {document.text[:LEAD]}"),
            "language": document.language,
            "scopes": scopes,
            "scope_line": f"|{'|'.join(scopes)}|",
            "facets": {name: list(values) for name, values in document.facets.items()},
            "numbers": dict(document.numbers),
            "changed_at": document.changed_at,
        }

    def document(self) -> Document:
        """The document as it was put."""
        return Document(
            self.kind,
            self.key,
            self.title,
            self.text,
            self.language,
            frozenset(self.scopes),
            self.facets,
            self.changed_at,
            self.numbers,
        )


class Change(models.Model):
    """One line of the outbox: this document was put or removed. ``indexed_at`` says when the index took it up."""

    kind = models.CharField(max_length=20)
    key = models.BigIntegerField()
    indexed_at = models.DateTimeField(null=True, db_index=True)

    class Meta:
        indexes = [models.Index(fields=["id"], name="search_to_be_indexed", condition=Q(indexed_at__isnull=True))]

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"
