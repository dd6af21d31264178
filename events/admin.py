"""Gatherings in the administration: looked up and corrected there, called on the calendar's own pages."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from accounts.requests import PersonRequest
from events.actions import correct_event
from events.models import Answer, Event, Feed, Move


class AnswerInline(admin.TabularInline[Answer, Event]):
    """Who comes."""

    model = Answer
    extra = 0
    raw_id_fields = ["person"]
    readonly_fields = ["answered_at"]


class MoveInline(admin.TabularInline[Move, Event]):
    """Facts are read, not written."""

    model = Move
    extra = 0
    can_delete = False
    readonly_fields = ["first_day", "opens", "last_day", "closes", "zone", "moved_at", "moved_by"]

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(Event)
class EventAdmin(admin.ModelAdmin[Event]):
    """Every gathering. A change made here is a revision too, and a new time keeps the old one."""

    list_display = ["title", "kind", "state", "first_day", "opens", "zone", "network", "partnership", "body"]
    list_filter = ["kind", "state", "network", "demo"]
    list_select_related = ["network", "partnership", "body__partnership"]
    search_fields = ["title", "description", "place", "organiser__name"]
    date_hierarchy = "first_day"
    raw_id_fields = ["organiser", "network", "partnership", "body"]
    readonly_fields = ["uid", "sequence", "created_at", "changed_at", "starts_at", "ends_at"]
    inlines = [AnswerInline, MoveInline]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def save_model(self, request: PersonRequest, obj: Event, form: forms.ModelForm[Event], change: bool) -> None:  # type: ignore[override]  # the administration lets in nobody unknown
        """Through the verb that the pages use."""
        correct_event(obj, request.user, {name: form.cleaned_data[name] for name in form.changed_data})
        obj.refresh_from_db()


@admin.register(Feed)
class FeedAdmin(admin.ModelAdmin[Feed]):
    """Who has a private address, never which: deleting a row ends it."""

    list_display: Any = ["person", "created_at"]
    search_fields = ["person__name", "person__email"]
    fields = ["person", "created_at"]
    readonly_fields = ["person", "created_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
