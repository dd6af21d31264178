"""The zones that a gathering can be fixed in: those of the parties first, then every place of the IANA list."""

from collections import defaultdict
from functools import cache
from importlib.resources import files
from zoneinfo import available_timezones

from django.utils.translation import gettext as _

from accounts.models import User
from partnerships.permissions import organisations_visible_to

Group = tuple[str, list[tuple[str, str]]]


def zone_choices(person: User, *more: str) -> list[Group]:
    """Choices for a ``<select>``: the zones of those one works with, one's own and ``more``, then all."""
    near: dict[str, list[str]] = {zone: [] for zone in sorted({person.zone, *more})}
    rows = organisations_visible_to(person).order_by("name").values_list("zone", "name")
    for zone, name in rows:
        near.setdefault(zone, []).append(name)
    first = [(zone, near_label(zone, names)) for zone, names in near.items()]
    return [(_("Of those you work with"), sorted(first, key=lambda one: one[1])), *all_zones()]


def near_label(zone: str, names: list[str]) -> str:
    """``Stockholm: Karlskrona, Älvsbyn and 3 more``."""
    if not names:
        return city(zone)
    shown = ", ".join(names[:3])
    rest = len(names) - 3
    return (
        _("%(city)s: %(names)s and %(n)d more")
        % {
            "city": city(zone),
            "names": shown,
            "n": rest,
        }
        if rest > 0
        else f"{city(zone)}: {shown}"
    )


def city(zone: str) -> str:
    """``Africa/Dar_es_Salaam`` as ``Dar es Salaam``."""
    return zone.rpartition("/")[2].replace("_", " ")


@cache
def all_zones() -> list[Group]:
    """Every place of ``zone.tab`` by its part of the world, Africa and Europe first."""
    rows = (files("tzdata.zoneinfo") / "zone.tab").read_text(encoding="utf-8").splitlines()
    zones = {row.split("\t")[2] for row in rows if row and not row.startswith("#")} & available_timezones()
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for zone in sorted(zones):
        groups[zone.partition("/")[0]].append((zone, zone.partition("/")[2].replace("_", " ")))
    ours = ["Africa", "Europe"]
    return [(name, groups[name]) for name in [*ours, *sorted(set(groups) - set(ours))]]
