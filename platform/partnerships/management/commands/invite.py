"""``manage.py invite EMAIL --role …``: the way in for the first administrator, and for whoever is at the machine."""

from argparse import ArgumentParser
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db.models import Model

from partnerships.forms import FUNCTIONS
from partnerships.invitations import invite
from partnerships.models import Body, Function, Network, Organisation, Partnership

T = TypeVar("T", bound=Model)
ADMINISTRATOR = "administrator"


class Command(BaseCommand):
    """Prints the link; nothing is mailed."""

    help = "Invite one person and print the link, which works once, for two weeks."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who, as what, where."""
        parser.add_argument("email")
        parser.add_argument("--role", required=True, choices=[ADMINISTRATOR, *Function.values])
        parser.add_argument("--network", metavar="SLUG")
        parser.add_argument("--partnership", metavar="SLUG")
        parser.add_argument("--body", metavar="KIND", choices=Body.Kind.values, help="a group of --partnership")
        parser.add_argument("--organisation", metavar="SLUG", help="whom the person represents")

    def handle(self, *args: Any, email: str, role: str, **options: Any) -> None:
        """Refuse with a sentence what cannot be meant."""
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(f"{email} is not an e-mail address.") from None
        if role == ADMINISTRATOR:
            _invitation, link = invite(email, administrator=True)
        else:
            _invitation, link = invite(
                email, None, place_of(role, options), function=role, organisation=represented(options)
            )
        self.stdout.write(link)


def place_of(role: str, options: dict[str, Any]) -> Network | Partnership | Body | None:
    """The place that the options name; None is the organisation itself."""
    place: Network | Partnership | Body | None = None
    if options["partnership"]:
        place = named(Partnership, slug=options["partnership"])
        if options["body"]:
            place = named(Body, partnership=place, kind=options["body"])
    elif options["network"]:
        place = named(Network, slug=options["network"])
    elif options["body"]:
        raise CommandError("--body is a group of a partnership: name it with --partnership too.")
    if place and role not in FUNCTIONS[type(place)]:
        raise CommandError(f"Nobody is {role} in a {type(place).__name__.lower()}.")
    return place


def represented(options: dict[str, Any]) -> Organisation:
    """Whom the person represents, which every seat needs."""
    if not options["organisation"]:
        raise CommandError("--organisation says whom the person represents.")
    return named(Organisation, slug=options["organisation"])


def named(model: type[T], **by: Any) -> T:
    """The row, or a sentence."""
    found = model._default_manager.filter(**by).first()
    if found is None:
        words = ", ".join(str(value) for value in by.values())
        raise CommandError(f"There is no {model.__name__.lower()} {words}.")
    return found
