"""The structure in the administration. Everything is saved through the verbs, so that the rooms hear of it."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.forms import BaseInlineFormSet, ModelForm
from django.http import HttpRequest

from partnerships.actions import begin_memberships, change_membership, change_partnership, found, remove_membership
from partnerships.models import Body, Invitation, Membership, Network, Organisation, Partnership, Side
from partnerships.permissions import Reach, can_run

SEAT = ("person", "function", "organisation", "begins", "ends")
LOOKED_UP = ["person", "organisation", "network", "partnership", "body"]


class SeatInline(admin.TabularInline[Membership, Model]):
    """Seats where they are held. The political side is never in a list."""

    model = Membership
    fields = SEAT
    autocomplete_fields = ["person", "organisation"]
    extra = 0
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        """With what each row names."""
        return super().get_queryset(request).select_related("person", "organisation", "network", "partnership", "body")


class SideInline(admin.TabularInline[Side, Partnership]):
    """Who the partnership is between."""

    model = Side
    autocomplete_fields = ["organisation"]
    extra = 0
    min_num = 2


class BodyInline(admin.TabularInline[Body, Partnership]):
    """The groups of a partnership; one that has a room is not taken away."""

    model = Body
    fields = ["kind"]
    extra = 0
    can_delete = False
    show_change_link = True


class Structure(admin.ModelAdmin[Any]):
    """Saves what is edited in line through the verbs."""

    def save_formset(
        self, request: HttpRequest, form: ModelForm[Any], formset: BaseInlineFormSet[Any, Any, Any], change: bool
    ) -> None:
        rows = formset.save(commit=False)
        for row in formset.deleted_objects:
            remove(row)
        for row in rows:
            store(row)
        formset.save_m2m()


def store(row: Model) -> None:
    """Save one row by the verb that belongs to it."""
    if isinstance(row, Membership) and row.pk:
        change_membership(row)
    elif isinstance(row, Membership):
        begin_memberships([row])
    elif isinstance(row, Network | Partnership | Body) and not row.pk:
        found(row)
    elif isinstance(row, Partnership):
        change_partnership(row)
    else:
        row.save()


def remove(row: Model) -> None:
    """Delete one row by the verb that belongs to it."""
    if isinstance(row, Membership):
        remove_membership(row)
    else:
        row.delete()


@admin.register(Network)
class NetworkAdmin(Structure):
    """Networks."""

    list_display = ["name", "theme", "begins", "ends"]
    search_fields = ["name", "theme"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [SeatInline]

    def save_model(self, request: HttpRequest, obj: Network, form: ModelForm[Network], change: bool) -> None:
        store(obj)


@admin.register(Partnership)
class PartnershipAdmin(Structure):
    """Partnerships, with their sides, groups and seats."""

    list_display = ["name", "network", "status", "begins", "ends"]
    list_filter = ["network", "status"]
    list_select_related = ["network"]
    search_fields = ["name", "challenge", "organisations__name"]
    autocomplete_fields = ["network"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [SideInline, BodyInline, SeatInline]

    def save_model(self, request: HttpRequest, obj: Partnership, form: ModelForm[Partnership], change: bool) -> None:
        store(obj)


@admin.register(Body)
class BodyAdmin(Structure):
    """Groups, with their seats."""

    list_display = ["partnership", "kind"]
    list_filter = ["kind", "partnership__network"]
    list_select_related = ["partnership"]
    search_fields = ["partnership__name", "kind"]
    autocomplete_fields = ["partnership"]
    inlines = [SeatInline]

    def save_model(self, request: HttpRequest, obj: Body, form: ModelForm[Body], change: bool) -> None:
        store(obj)


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin[Organisation]):
    """Organisations and their context."""

    list_display = ["name", "kind", "country", "zone"]
    list_filter = ["kind", "country"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin[Membership]):
    """Seats, one by one."""

    list_display = ["person", "function", "organisation", "network", "partnership", "body", "begins", "ends"]
    list_filter = ["function", "network"]
    list_select_related = ["person", "organisation", "network", "partnership", "body__partnership"]
    search_fields = ["person__name", "person__email", "organisation__name", "partnership__name"]
    autocomplete_fields = LOOKED_UP
    date_hierarchy = "begins"

    def get_fields(self, request: HttpRequest, obj: Membership | None = None) -> tuple[str, ...]:
        """The political side only for those who check the composition of steering groups."""
        fields = (*LOOKED_UP, "function", "begins", "ends")
        return (*fields, "political") if sees_political(request, obj) else fields

    def save_model(self, request: HttpRequest, obj: Membership, form: ModelForm[Membership], change: bool) -> None:
        store(obj)

    def delete_model(self, request: HttpRequest, obj: Membership) -> None:
        remove_membership(obj)

    def delete_queryset(self, request: HttpRequest, queryset: Iterable[Membership]) -> None:
        for each in queryset:
            remove_membership(each)


def sees_political(request: HttpRequest, seat: Membership | None) -> bool:
    """Administrators, and the officers of the network that the steering group belongs to."""
    reach = Reach.of(request.user)
    body = seat.body if seat else None
    return can_run(reach, body.partnership.network if body else None)


@admin.register(Invitation)
class InvitationAdmin(admin.ModelAdmin[Invitation]):
    """What became of invitations; they are made and taken back on their own page."""

    list_display = ["email", "what", "state", "invited_by", "created_at", "accepted_at"]
    list_filter = ["administrator", "function"]
    list_select_related = ["network", "partnership", "body__partnership", "organisation", "invited_by"]
    search_fields = ["email"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
