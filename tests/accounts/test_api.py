"""The door of the API: sessions with their CSRF token, personal tokens without, and errors as JSON."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.test import AsyncClient, Client
from django.urls import path
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.actions import create_token, revoke_token
from accounts.api import ApiError, api, payload
from accounts.models import Token, User
from accounts.requests import PersonRequest


@api("GET", "POST")
def me(request: PersonRequest) -> dict[str, str]:
    return {"name": request.user.name}


@api("GET", "POST")
async def me_too(request: PersonRequest) -> list[str]:
    return [request.user.name, (await request.auser()).name]


@api("GET")
def failing(request: HttpRequest, how: str) -> HttpResponse:
    raise {
        "missing": Http404("the row 7"),
        "denied": PermissionDenied("because"),
        "full": ApiError(429, "full", "Later.", retry=30),
        "away": OperationalError("server closed the connection unexpectedly"),
    }[how]


@api("POST")
def echo(request: HttpRequest) -> dict[str, object]:
    return payload(request)


urlpatterns = [path("me", me), path("me-too", me_too), path("fail/<how>", failing), path("echo", echo)]
pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def secret(owner: User) -> str:
    return create_token(owner, "script")[1]


def bearer(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


def test_a_session_comes_in(client: Client, owner: User) -> None:
    client.force_login(owner)
    response = client.get("/me")
    assert (response.status_code, response.json()["name"]) == (200, "Owner Test")
    assert response["Cache-Control"] == "private, no-store"


def test_a_session_needs_its_csrf_token_to_write(owner: User) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(owner)
    assert browser.get("/me").status_code == 200
    response = browser.post("/me")
    assert (response.status_code, response.json()["code"]) == (403, "csrf")
    browser.cookies["csrftoken"] = "a" * 32
    assert browser.post("/me", headers={"X-CSRFToken": "a" * 32}).status_code == 200


def test_a_token_writes_without_csrf(secret: str) -> None:
    response = Client(enforce_csrf_checks=True).post("/me", headers=bearer(secret))
    assert (response.status_code, response.json()["name"]) == (200, "Owner Test")


def test_a_wrong_token_is_refused_even_beside_a_session(client: Client, owner: User, secret: str) -> None:
    client.force_login(owner)
    assert client.get("/me", headers=bearer(secret + "x")).status_code == 401


def test_nobody_gets_401_as_json(client: Client, db: None) -> None:
    response = client.get("/me")
    assert (response.status_code, response.json()["code"]) == (401, "unauthenticated")
    assert response["WWW-Authenticate"] == "Bearer"


def test_revoked_run_out_and_deactivated_tokens_are_refused(client: Client, owner: User, partner: User) -> None:
    revoked, one = create_token(owner, "revoked")
    revoke_token(revoked)
    _, two = create_token(owner, "run out", expires=timezone.now() - timedelta(seconds=1))
    _, three = create_token(partner, "of someone who left")
    User.objects.filter(pk=partner.pk).update(is_active=False)
    assert [client.get("/me", headers=bearer(each)).status_code for each in (one, two, three)] == [401, 401, 401]


def test_the_secret_is_stored_nowhere(secret: str) -> None:
    stored = Token.objects.values().get()
    assert secret not in [str(value) for value in stored.values()]
    assert len(secret) >= 40


def test_a_use_is_remembered_by_its_day_and_written_once(
    client: Client, secret: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/me", headers=bearer(secret))
    assert Token.objects.get().last_used == timezone.now().date()
    with django_assert_num_queries(1):
        client.get("/me", headers=bearer(secret))
    Token.objects.update(last_used=date(2025, 1, 1))
    client.get("/me", headers=bearer(secret))
    assert Token.objects.get().last_used == timezone.now().date()


def test_a_wrong_method_is_told_which_are_right(client: Client, owner: User) -> None:
    client.force_login(owner)
    response = client.delete("/me")
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, POST")
    assert response.json()["code"] == "method_not_allowed"


@pytest.mark.parametrize(
    ("how", "status", "body"),
    [
        ("missing", 404, {"code": "not_found", "detail": "There is no such thing here."}),
        ("denied", 403, {"code": "denied", "detail": "You may not do this."}),
        ("full", 429, {"code": "full", "detail": "Later.", "retry": 30}),
    ],
)
def test_errors_are_json(client: Client, owner: User, how: str, status: int, body: dict[str, object]) -> None:
    client.force_login(owner)
    response = client.get(f"/fail/{how}")
    assert (response.status_code, response.json()) == (status, body)


def test_while_the_database_does_not_answer_one_is_asked_to_come_again(client: Client, owner: User) -> None:
    client.force_login(owner)
    response = client.get("/fail/away")
    assert (response.status_code, response.json()["code"], response["Retry-After"]) == (503, "unavailable", "2")


@pytest.mark.parametrize(("body", "code"), [("{", "bad_json"), ("[1]", "bad_json"), ("\xff", "bad_json")])
def test_what_is_no_json_object_is_said_so(client: Client, secret: str, body: str, code: str) -> None:
    response = client.post("/echo", body.encode("latin-1"), "application/json", headers=bearer(secret))
    assert (response.status_code, response.json()["code"]) == (400, code)


def test_json_comes_back_as_it_went_in(client: Client, secret: str) -> None:
    response = client.post("/echo", {"body": "Älvsbyn"}, "application/json", headers=bearer(secret))
    assert response.content.decode() == '{"body":"Älvsbyn"}'


@pytest.mark.django_db(transaction=True)
async def test_an_async_view_knows_the_person_of_a_token(secret: str) -> None:
    response = await AsyncClient().post("/me-too", headers=bearer(secret))
    assert response.json() == ["Owner Test", "Owner Test"]


@pytest.mark.django_db(transaction=True)
async def test_an_async_view_knows_the_person_of_a_session(owner: User) -> None:
    browser = AsyncClient()
    await browser.aforce_login(owner)
    assert (await browser.get("/me-too")).json() == ["Owner Test", "Owner Test"]
    assert (await AsyncClient().get("/me-too")).status_code == 401
