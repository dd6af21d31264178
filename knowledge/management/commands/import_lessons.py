"""``manage.py import_lessons FOLDER``: a folder of Markdown files becomes lessons, again and again without doubles."""

from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from time import perf_counter

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from knowledge.importing.files import markdown_files
from knowledge.importing.store import Destination, Outcome, import_files
from knowledge.models import Lesson
from knowledge.places import organisation_in
from partnerships.models import Network, Partnership
from partnerships.permissions import Reach


class Command(BaseCommand):
    """See ``docs/lessons.md``."""

    help = "Import Markdown files below FOLDER as lessons. The same file again makes a new version only if it changed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", metavar="FOLDER", type=Path)
        parser.add_argument("--publish", choices=Lesson.Visibility.values, default="", help="without it: drafts")
        parser.add_argument("--network", metavar="SLUG", default="", help="default: the oldest network")
        parser.add_argument("--partnership", metavar="SLUG", default="", help="default: the author's, where needed")
        parser.add_argument("--author", metavar="EMAIL", default="", help="default: the first administrator")

    def handle(
        self,
        *,
        folder: Path,
        publish: str,
        network: str,
        partnership: str,
        author: str,
        verbosity: int,
        **options: object,
    ) -> None:
        if not folder.is_dir():
            raise CommandError(f"There is no folder {folder}.")
        to = destination(publish, network, partnership, author)
        paths = markdown_files(folder)
        if not paths:
            raise CommandError(f"There is no Markdown file (*.md, *.markdown) in {folder}.")
        begun = perf_counter()
        states: Counter[str] = Counter()
        warned = 0
        for place, outcome in enumerate(import_files(folder, paths, to), start=1):
            states[outcome.state] += 1
            warned += bool(outcome.notes) and outcome.state != "skipped"
            if verbosity:
                self.stdout.write(line(outcome, place, len(paths)))
        self.stdout.write(summary(states, warned, perf_counter() - begun))


def line(outcome: Outcome, place: int, total: int) -> str:
    """What became of one file: ``[ 7/214] new  waste/market.md (its front matter is broken …)``."""
    notes = f" ({'; '.join(outcome.notes)})" if outcome.notes else ""
    shown = outcome.source.encode(errors="replace").decode()
    return f"[{place:>{len(str(total))}}/{total}] {outcome.state:<9}  {shown}{notes}"


def summary(states: Counter[str], warned: int, seconds: float) -> str:
    """The last line."""
    total = sum(states.values())
    counted = ", ".join(f"{number} {state}" for state, number in states.most_common())
    warnings = f"; {warned} with a warning" if warned else ""
    return f"{total} files in {seconds:.1f} s ({total / max(seconds, 0.001):.0f} a second): {counted}{warnings}."


def destination(publish: str, network: str, partnership: str, email: str) -> Destination:
    """Where the files go. Raises ``CommandError`` with a sentence that says what is missing."""
    author = author_of(email)
    place = partnership_of(partnership)
    within = place.network if place else network_of(network)
    if publish == Lesson.Visibility.PARTNERSHIP and place is None:
        place = own_partnership(author, within)
    if publish == Lesson.Visibility.NETWORK and within is None:
        raise CommandError("This partnership stands in no network. Choose --publish partnership or members.")
    organisation = organisation_in(author, place or within)
    if organisation is None:
        raise CommandError(f"{author.email} represents no organisation. Give them a seat, or choose --author.")
    return Destination(author, organisation, within, place, publish)


def author_of(email: str) -> User:
    """The person with this address, or the first administrator."""
    if email:
        found = User.objects.filter(email__iexact=email).first()
        if found is None:
            raise CommandError(f"There is no account {email}.")
        return found
    first = User.objects.filter(is_superuser=True, is_active=True).order_by("pk").first()
    if first is None:
        raise CommandError("There is no administrator yet. Invite one, or choose --author EMAIL.")
    return first


def network_of(slug: str) -> Network:
    """The network with this name in addresses, or the oldest."""
    if slug:
        found = Network.objects.filter(slug=slug).first()
        if found is None:
            known = ", ".join(Network.objects.values_list("slug", flat=True)) or "none"
            raise CommandError(f"There is no network {slug}. There are: {known}.")
        return found
    oldest = Network.objects.order_by("begins", "pk").first()
    if oldest is None:
        raise CommandError("There is no network yet. Found one in the administration first.")
    return oldest


def partnership_of(slug: str) -> Partnership | None:
    """The partnership with this name in addresses, if one is named."""
    if not slug:
        return None
    found = Partnership.objects.select_related("network").filter(slug=slug).first()
    if found is None:
        raise CommandError(f"There is no partnership {slug}.")
    return found


def own_partnership(author: User, network: Network | None) -> Partnership:
    """The author's partnership in the network, or the network's only one."""
    inside = Partnership.objects.filter(network=network)
    mine = inside.filter(pk__in=Reach.of(author).partnerships).order_by("begins", "pk").first()
    if mine:
        return mine
    if inside.count() != 1:
        known = ", ".join(inside.values_list("slug", flat=True)) or "none"
        raise CommandError(f"Which partnership? Choose one with --partnership SLUG. There are: {known}.")
    return inside.get()
