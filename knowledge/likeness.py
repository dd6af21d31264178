"""How far another municipality's world is like ours: as many people, the same country, the same weather."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from knowledge.sizes import size_of
from partnerships.models import Organisation
from search.analysis import fold

LIKE = 2
"""So many points make one municipality like another: size counts two, country and each hazard one."""

HAZARDS: dict[str, tuple[Promise, re.Pattern[str]]] = {
    "drought": (_("drought"), re.compile(r"\bdrought|\bdry\b|failed rains|\btork|secheress|\bukame")),
    "flood": (_("floods"), re.compile(r"flood|cloudburst|torrential|overvamn|skyfall|inondation|mafuriko")),
    "sea": (_("the sea"), re.compile(r"\bsea\b|storm surge|\bcoast|\bhavet|havsniva|\bla mer\b|\bbahari")),
    "heat": (_("heat"), re.compile(r"\bheat|varmebolj|\bhetta|canicule|\bchaleur|\bjoto\b")),
    "storm": (_("storms"), re.compile(r"\bstorms?\b(?! surge)|\bgales?\b|\bhail\b|\btempete|\bdhoruba")),
    "fire": (_("fire"), re.compile(r"\bfires?\b|\bskogsbrand|\bincendie|\bmoto wa\b")),
    "slide": (_("landslides"), re.compile(r"landslide|\bslides?\b|gullies|\bskred|\bras\b|glissement|maporomoko")),
    "well": (
        _("scarce drinking water"),
        re.compile(r"less water|scarce water|drinking water|springs that|ground water"),
    ),
}
"""Hazards of a climate, each with its name and how context cards speak of it (accents folded)."""


@dataclass(frozen=True)
class Likeness:
    """What two municipalities have in common."""

    ours: Organisation
    theirs: Organisation
    size: bool = False
    country: bool = False
    hazards: list[str] = field(default_factory=list)

    @property
    def points(self) -> int:
        """How like they are."""
        return 2 * self.size + self.country + len(self.hazards)

    @property
    def reasons(self) -> list[str]:
        """Why, in the reader's language."""
        said = [_("about as many inhabitants")] if self.size else []
        said += [_("the same country")] if self.country else []
        return [str(one) for one in [*said, *(HAZARDS[name][0] for name in self.hazards)]]


def hazards_of(card: str) -> list[str]:
    """The hazards that a context card speaks of."""
    said = fold(card)
    return [name for name, (_label, words) in HAZARDS.items() if words.search(said)]


def compare(ours: Organisation, theirs: Organisation) -> Likeness:
    """What they have in common."""
    size, known = size_of(ours.population), set(hazards_of(theirs.climate_risks))
    return Likeness(
        ours,
        theirs,
        size=bool(size) and size == size_of(theirs.population),
        country=bool(ours.country) and ours.country == theirs.country,
        hazards=[name for name in hazards_of(ours.climate_risks) if name in known],
    )


def most_like(ours: Iterable[Organisation], theirs: Organisation) -> Likeness | None:
    """Which of ours it is like, and why; None where it is like none, or is ours."""
    compared = [compare(one, theirs) for one in ours if one.pk != theirs.pk]
    best = max(compared, key=lambda likeness: likeness.points, default=None)
    return best if best and best.points >= LIKE else None


def local(organisations: Collection[int]) -> list[Organisation]:
    """Those of these (ids) that govern a place and its people."""
    kinds = [Organisation.Kind.MUNICIPALITY, Organisation.Kind.REGION]
    return list(Organisation.objects.filter(pk__in=organisations, kind__in=kinds).order_by("pk"))
