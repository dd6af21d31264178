"""The first ratchet: every address and every socket frame says what each named person gets, and gives it."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.access_rows import NOBODY, PEOPLE, Row, rows
from tests.conftest import World

ROWS = rows()
ADMIN = "admin/"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_everyone_gets_what_the_table_says(row: Row, world: World) -> None:
    address, payload = row.address(world), row.payload(world)
    answers = {person: answer(row, address, payload, world, person) for person in {*PEOPLE, NOBODY, *row.expected}}
    assert answers == row.expected


def test_every_address_has_a_row() -> None:
    missing = sorted({route for route, _ in addresses()} - {row.route for row in ROWS})
    assert missing == [], "".join(
        f'\nAdd to tests/<app>/access_rows.py: Row("{route}", "/{route}", MEMBERS)' for route in missing
    )


def test_every_row_has_an_address() -> None:
    assert sorted({row.route for row in ROWS} - {route for route, _ in addresses()}) == []


def test_the_administration_is_for_administrators_only(world: World) -> None:
    plain = [f"/{route}" for route, _ in addresses(ADMIN) if "<" not in route and "(" not in route]
    refused = {"/admin/jsi18n/", "/admin/autocomplete/", "/admin/login/", "/admin/logout/"}
    for address in sorted(set(plain) - refused):
        for person in [*PEOPLE, NOBODY]:
            assert (address, person, visit(world, person).get(address).status_code) == (address, person, 302)


def visit(world: World, person: str) -> Client:
    """A browser in which ``person`` is signed in."""
    client = Client(raise_request_exception=False)
    if person != NOBODY:
        client.force_login(getattr(world, person))
    return client


def answer(row: Row, address: str, payload: dict[str, Any], world: World, person: str) -> int:
    """The status that one person gets; what the request changed is undone."""
    with transaction.atomic():
        client = visit(world, person)
        body: dict[str, Any] = {"data": payload}
        if row.json:
            body = {"data": json.dumps(payload), "content_type": "application/json"}
        status = getattr(client, row.method.lower())(address, **body).status_code
        transaction.set_rollback(True)
    return int(status)


def addresses(prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every route as the resolver spells it, with its pattern; the administration only where it is asked for."""
    for route, pattern in walk(get_resolver(), ""):
        if route.startswith(prefix or "") and (prefix or not route.startswith(ADMIN)):
            yield route, pattern


def walk(resolver: URLResolver, before: str) -> Iterator[tuple[str, URLPattern]]:
    """The leaves below ``resolver``."""
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from walk(pattern, route)
        else:
            yield route, pattern
