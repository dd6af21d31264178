"""Founds the structure: organisations with their cards, networks, partnerships with two sides, bodies inside."""

from dataclasses import dataclass, field
from datetime import date

from exchange.demo.source import record, table
from partnerships.actions import found_body, found_network, found_partnership
from partnerships.models import Body, Network, Organisation, Partnership, Side

PREPARING = {Partnership.Status.INCEPTION, Partnership.Status.APPLIED}
CLOSED = {Partnership.Status.CLOSED, Partnership.Status.ARCHIVED}
TRUE_YEAR = 1000
"""Numbers above are years as they were; below, they count from the year of seeding."""


@dataclass
class Pair:
    """A partnership with what the rest of the demonstration asks about it."""

    partnership: Partnership
    swedish: list[Organisation]
    international: list[Organisation]
    status: Partnership.Status
    bodies: dict[str, Body] = field(default_factory=dict)

    @property
    def is_past(self) -> bool:
        """True for the closed pairs, which stand open until everything in them is said."""
        return self.status in CLOSED

    @property
    def working(self) -> Body | None:
        """Where its officials work: the project group, the inception team before there is one, nothing once closed."""
        return self.bodies.get(Body.Kind.PROJECT) or self.bodies.get(Body.Kind.INCEPTION)


@dataclass
class Places:
    """Everything that was founded, by slug."""

    organisations: dict[str, Organisation]
    networks: dict[str, Network]
    pairs: dict[str, Pair]

    def pairs_of(self, network: Network) -> list[Pair]:
        """The network's partnerships, in the order of the table."""
        return [pair for pair in self.pairs.values() if pair.partnership.network_id == network.pk]

    def pair_at(self, organisation: Organisation) -> Pair:
        """The first partnership that an organisation is a side of."""
        return next(
            pair for pair in self.pairs.values() if organisation in pair.swedish or organisation in pair.international
        )


def found_places(day: date) -> Places:
    """The whole structure as it stands on ``day``."""
    organisations = found_organisations()
    networks = {row["slug"]: found_network(**network_fields(row, day)) for row in table("networks.csv")}
    pairs = {row["slug"]: found_pair(row, day, organisations, networks) for row in table("partnerships.csv")}
    return Places(organisations, networks, pairs)


def found_organisations() -> dict[str, Organisation]:
    """Each takes what its card leaves open from its country."""
    data = record("organisations.yaml")
    made = Organisation.objects.bulk_create(
        organisation(slug, card, data["countries"][card["country"]]) for slug, card in data["organisations"].items()
    )
    return {one.slug: one for one in made}


def organisation(slug: str, card: dict[str, str], country: dict[str, str]) -> Organisation:
    """One, not yet stored."""
    kind = card.get("kind", Organisation.Kind.MUNICIPALITY)
    return Organisation(
        slug=slug,
        name=card["name"],
        kind=kind,
        country=card["country"],
        zone=country["zone"],
        languages=card.get("languages", country["languages"]),
        population=card.get("population"),
        mandate=card.get("mandate") or country[kind],
        budget_year=card.get("budget_year", country["budget_year"]),
        climate_risks=card["risks"],
        demo=True,
    )


def network_fields(row: dict[str, str], day: date) -> dict[str, object]:
    """``found_network``'s arguments."""
    begins, ends = years(row, day)
    return {"name": row["name"], "slug": row["slug"], "theme": row["theme"], "begins": begins, "ends": ends}


def found_pair(
    row: dict[str, str], day: date, organisations: dict[str, Organisation], networks: dict[str, Network]
) -> Pair:
    """A partnership with its sides and, unless it is closed, its bodies."""
    swedish = [organisations[slug] for slug in row["swedish"].split()]
    international = [organisations[slug] for slug in row["international"].split()]
    begins, ends = years(row, day)
    partnership = found_partnership(
        name="–".join(" and ".join(one.name for one in side) for side in (swedish, international)),
        slug=row["slug"],
        network=networks.get(row["network"]),
        challenge=row["theme"],
        status=Partnership.Status.RUNNING if row["status"] in CLOSED else row["status"],
        begins=begins,
        ends=ends,
    )
    Side.objects.bulk_create(
        Side(partnership=partnership, organisation=one, which=which)
        for which, side in ((Side.Which.SWEDISH, swedish), (Side.Which.INTERNATIONAL, international))
        for one in side
    )
    pair = Pair(partnership, swedish, international, Partnership.Status(row["status"]))
    for kind in kinds_of_bodies(pair):
        pair.bodies[kind] = found_body(partnership=partnership, kind=kind)
    return pair


def kinds_of_bodies(pair: Pair) -> list[str]:
    """An inception team until the project is granted, then a project group; politicians beside them all along."""
    if pair.is_past:
        return []
    return [Body.Kind.INCEPTION if pair.status in PREPARING else Body.Kind.PROJECT, Body.Kind.STEERING]


def years(row: dict[str, str], day: date) -> tuple[date, date]:
    """First and last day, from the first of January to the last of December."""
    begins, ends = (year if year > TRUE_YEAR else day.year + year for year in (int(row["begins"]), int(row["ends"])))
    return date(begins, 1, 1), date(ends, 12, 31)
