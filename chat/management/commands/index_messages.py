"""``manage.py index_messages``: let search take up every message anew, while search and talk go on."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from chat.indexing import start_over, work_off


class Command(BaseCommand):
    """For after a change of the analyzer, or of ``chat_findable`` itself; otherwise the worker keeps up by itself."""

    help = _("Takes up every message anew for search; search goes on meanwhile.")

    def handle(self, *args: Any, **options: Any) -> None:
        start_over()
        self.stdout.write(_("%(count)d messages taken up.") % {"count": work_off()})
