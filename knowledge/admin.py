"""Lessons and tags in the administration: found, corrected, merged. What is saved here goes through the actions."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from simple_history.admin import SimpleHistoryAdmin

from knowledge.actions import merge_tags, store, withdraw_lesson
from knowledge.models import Lesson, Tag


@admin.register(Lesson)
class LessonAdmin(SimpleHistoryAdmin):
    """Every lesson, drafts too: whoever administers an exchange may have to correct them."""

    list_display = ["title", "organisation", "author", "language", "status", "visibility", "version", "changed_at"]
    list_filter = ["status", "visibility", "language", "network", "themes"]
    search_fields = ["title", "summary", "author__name", "organisation__name", "source"]
    autocomplete_fields = [
        "author", "contact", "organisation", "network", "partnership", "themes", "translation_of",
    ]  # fmt: skip
    list_select_related = ["organisation", "author"]
    readonly_fields = ["version", "created_at", "changed_at", "published_at", "source"]
    date_hierarchy = "changed_at"
    actions = ["withdraw"]

    def save_model(self, request: HttpRequest, obj: Lesson, form: ModelForm[Lesson], change: bool) -> None:
        """A change of a published lesson is a version, here too; the rest follows in ``save_related``."""
        obj.version += 1 if obj.published_at and form.changed_data else 0
        obj.skip_history_when_saving = True
        super().save_model(request, obj, form, change)
        del obj.skip_history_when_saving

    def save_related(self, request: Any, form: Any, formsets: Any, change: bool) -> None:
        """Now that tags and themes are set, let the version and the index have them."""
        super().save_related(request, form, formsets, change)
        lesson: Lesson = form.instance
        store(lesson, by=request.user, tags=lesson.tags.names(), themes=lesson.themes.all())

    @admin.action(description=_("Withdraw"))
    def withdraw(self, request: Any, queryset: QuerySet[Lesson]) -> None:
        """Take the chosen lessons back; each can be put back from its page."""
        for lesson in queryset:
            withdraw_lesson(lesson, by=request.user)


@admin.register(Tag)
class TagAdmin(admin.ModelAdmin[Tag]):
    """Tags with how often they are used."""

    list_display = ["name", "slug", "used"]
    search_fields = ["name", "key"]
    actions = ["merge"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tag]:
        """Each with its count."""
        return super().get_queryset(request).annotate(number=Count("tagged"))

    @admin.display(description=_("lessons"), ordering="number")
    def used(self, tag: Any) -> int:
        """How many lessons have it."""
        return int(tag.number)

    @admin.action(description=_("Merge into the most used one"))
    def merge(self, request: Any, queryset: QuerySet[Tag]) -> None:
        """Several words for one thing become one."""
        kept, *others = sorted(queryset, key=lambda tag: (-self.used(tag), tag.pk))
        moved = merge_tags(kept, others, by=request.user)
        told = ngettext(
            "%(number)d lesson now has the tag %(tag)s.", "%(number)d lessons now have the tag %(tag)s.", moved
        )
        messages.success(request, told % {"number": moved, "tag": kept})
