"""Accounts in the administration. They begin with an invitation and are closed, not deleted."""

from typing import Any

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.actions import save_account
from accounts.models import Token, User


class TokenInline(admin.TabularInline[Token, User]):
    """That there are tokens, and when they were used; nobody sees one."""

    model = Token
    fields = ("name", "hint", "created_at", "last_used", "expires", "revoked_at")
    readonly_fields = fields
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False


@admin.register(User)
class UserAdmin(admin.ModelAdmin[User]):
    """People."""

    list_display = ["name", "email", "title", "language", "is_active", "is_superuser"]
    list_filter = ["is_active", "is_superuser", "language"]
    search_fields = ["name", "email"]
    ordering = ["name"]
    list_per_page = 50
    readonly_fields = ["date_joined", "last_login"]
    fieldsets = [
        (None, {"fields": ["name", "email", "title"]}),
        (_("How they are spoken to"), {"fields": ["language", "zone", "theme", "data_saver"]}),
        (_("Signing in"), {"fields": ["is_active", "is_staff", "is_superuser", "date_joined", "last_login"]}),
    ]
    inlines = [TokenInline]

    def save_model(self, request: HttpRequest, obj: User, form: ModelForm[User], change: bool) -> None:
        """Through the verb, so that a closed account is closed everywhere at once."""
        save_account(obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """An account begins with an invitation."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What a person wrote stays with the seat; the account is closed instead."""
        return False
