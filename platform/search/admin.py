"""The vocabulary in the administration. What is changed here reaches the index by itself."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from search.models import Theme


@admin.register(Theme)
class ThemeAdmin(admin.ModelAdmin[Theme]):
    """Labels and synonyms are by language; a slug stays as it is, since addresses and lessons name it."""

    list_display = ["slug", "english", "swedish", "group"]
    list_filter = ["group"]
    search_fields = ["slug", "labels", "synonyms"]

    def get_readonly_fields(self, request: object, obj: Theme | None = None) -> list[str]:
        """A theme that exists keeps its slug."""
        return ["slug"] if obj else []

    @admin.display(description=_("in English"))
    def english(self, theme: Theme) -> str:
        """Its label in English."""
        return theme.label("en")

    @admin.display(description=_("in Swedish"))
    def swedish(self, theme: Theme) -> str:
        """Its label in Swedish."""
        return theme.label("sv")
