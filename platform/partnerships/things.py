"""People and structure as other apps see them, and the seats as Me shows them."""

from django.db.models import QuerySet
from django.urls import reverse

import things
from accounts.models import User
from accounts.profile import Section, parts
from partnerships.models import Body, Membership, Network, Organisation, Partnership
from partnerships.permissions import (
    Reach,
    bodies_visible_to,
    can_invite,
    networks_visible_to,
    organisations_visible_to,
    partnerships_visible_to,
    people_visible_to,
)
from things import Thing


def register() -> None:
    """Fill the registry; called once, when the apps are ready."""
    things.register("person", visible_to=people_visible_to, card=person)
    things.register("organisation", visible_to=organisations_visible_to, card=organisation)
    things.register("network", visible_to=networks_visible_to, card=network)
    things.register("partnership", visible_to=partnerships_visible_to, card=partnership)
    things.register("body", visible_to=lambda user: bodies_visible_to(user).select_related("partnership"), card=body)
    things.register("membership", visible_to=own_seats, card=membership)
    parts.append(seats)


def person(row: User) -> Thing:
    """A colleague."""
    return Thing("person", row.pk, row.name, reverse("network:person", args=[row.pk]), row.title, row=row)


def organisation(row: Organisation) -> Thing:
    """Whom people work for."""
    url = reverse("network:organisation", args=[row.slug])
    return Thing("organisation", row.pk, row.name, url, row.get_kind_display(), {"country": row.country}, row=row)


def network(row: Network) -> Thing:
    """A network; its page is the network's home."""
    return Thing("network", row.pk, row.name, reverse("network:home"), row.theme, row=row)


def partnership(row: Partnership) -> Thing:
    """A partnership and what it is about."""
    url = reverse("network:partnership", args=[row.pk])
    return Thing("partnership", row.pk, row.name, url, row.challenge, {"status": row.get_status_display()}, row=row)


def body(row: Body) -> Thing:
    """A group; it has its place on its partnership's page."""
    url = reverse("network:partnership", args=[row.partnership_id])
    return Thing("body", row.pk, str(row), url, row.get_kind_display(), row=row)


def own_seats(user: object) -> QuerySet[Membership]:
    """The seats that a person holds now; of others' seats only what ``people`` pages say of them."""
    mine = Membership.objects.current().filter(person=getattr(user, "pk", None))
    return mine.select_related("organisation", "network", "partnership", "body__partnership")


def membership(row: Membership) -> Thing:
    """One's own seat, under its place's name; it leads to where its place is shown."""
    place = row.place
    kind = type(place).__name__.lower()
    return Thing(
        "membership", row.pk, str(place), things.kinds[kind].card(place).url, row.get_function_display(), row=row
    )


def seats(user: User) -> Section:
    """The part of Me that tells what one is a member of, and until when."""
    current = Membership.objects.current().filter(person=user)
    rows = current.select_related("organisation", "network", "partnership", "body__partnership")
    return Section("partnerships/_seats.html", {"seats": rows, "invites": can_invite(Reach.of(user))})
