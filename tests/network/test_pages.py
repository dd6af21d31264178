"""The network's pages show what one shares with others, and nothing else."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from chat.models import Room
from knowledge.models import Lesson
from network.lane import lane_of
from partnerships.actions import end_membership
from partnerships.models import Function
from tests.conftest import World, person

PINNED = Callable[..., Any]


def page(user: object, path: str, status: int = 200) -> str:
    client = Client()
    client.force_login(user)  # type: ignore[arg-type]
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


def test_ones_own_partnership_comes_before_the_others(world: World) -> None:
    text = page(world.owner, "/network/")
    assert text.index("Karlskrona–Saldanha Bay") < text.index("The others") < text.index("Älvsbyn–Rombo")


def test_a_guest_sees_only_the_partnership_they_are_a_guest_of(world: World) -> None:
    text = page(world.guest, "/network/")
    assert "Karlskrona–Saldanha Bay" in text
    assert "Älvsbyn–Rombo" not in text
    page(world.guest, f"/network/partnerships/{world.other_partnership.pk}/", 404)


def test_someone_without_a_seat_is_told_what_to_do(world: World) -> None:
    assert "You have no seat yet" in page(world.stranger, "/network/")


def test_the_partnership_page_names_those_one_may_see(world: World) -> None:
    path = f"/network/partnerships/{world.partnership.pk}/"
    assert "Guest Test" in page(world.owner, path)
    outside = page(world.outsider, path)
    assert "Owner Test" in outside
    assert "Councillor Test" in outside  # who sits there is known in the network; what they say is not
    assert "Guest Test" not in outside


def test_people_who_share_nothing_do_not_exist(world: World) -> None:
    text = page(world.guest, "/network/people/")
    assert "Owner Test" in text
    assert "Outsider Test" not in text
    page(world.guest, f"/network/people/{world.outsider.pk}/", 404)
    page(world.guest, f"/network/people/{world.owner.pk}/")


def test_a_persons_card_names_the_seats_that_one_may_know_of(world: World) -> None:
    world.seat(world.owner, Function.SENIOR_MANAGER, world.karlskrona, body=world.steering)
    path = f"/network/people/{world.owner.pk}/"
    assert "Senior manager" in page(world.outsider, path)  # the same network
    guest = page(world.guest, path)
    assert "Project member" in guest
    assert "Senior manager" not in guest


def test_people_are_found_by_name_and_municipality_without_a_hit_it_says_so(world: World) -> None:
    assert "Owner Test" in page(world.partner, "/network/people/?q=karlskr")
    assert "Partner Test" not in page(world.owner, "/network/people/?q=owner")
    assert "Nobody found" in page(world.owner, "/network/people/?q=xyzzy")


def test_the_second_page_of_people(world: World) -> None:
    for number in range(60):
        world.seat(person(f"Member{number:02}"), Function.COORDINATOR, world.rombo, network=world.network)
    assert "Member59" not in page(world.owner, "/network/people/")
    second = page(world.owner, "/network/people/?page=2")
    assert "Member59" in second
    assert 'rel="prev"' in second


def test_an_organisation_is_seen_through_its_partnerships(world: World) -> None:
    page(world.outsider, "/network/organisations/karlskrona/")
    page(world.guest, "/network/organisations/rombo/", 404)


@pytest.mark.parametrize("path", ["/network/", "/network/people/"])
def test_lists_take_the_same_queries_however_long(world: World, path: str, django_assert_num_queries: PINNED) -> None:
    client = Client()
    client.force_login(world.owner)
    client.get(path)
    with django_assert_num_queries(QUERIES[path]):
        client.get(path)
    for number in range(3):
        world.seat(person(f"More{number}"), Function.COORDINATOR, world.rombo, partnership=world.other_partnership)
    with django_assert_num_queries(QUERIES[path]):
        client.get(path)


QUERIES = {"/network/": 11, "/network/people/": 13}
"""Three of each belong to the count on the door of Talk."""


def test_the_lane_ends_with_half_a_year_of_reporting(world: World) -> None:
    world.partnership.begins, world.partnership.ends = date(2024, 1, 1), date(2027, 12, 31)
    lane = lane_of(world.partnership, date(2026, 7, 1))
    assert lane is not None
    assert [(s.phase, s.begins.year, s.ends.year) for s in lane.stretches] == [
        ("preparation", 2024, 2024),
        ("project", 2025, 2027),
        ("reporting", 2028, 2028),
    ]
    assert [s.years for s in lane.stretches] == ["2024", "2025–2027", "2028"]
    assert sum(stretch.width for stretch in lane.stretches) < 100
    assert lane.today == pytest.approx(50, abs=0.3)
    world.partnership.ends = None
    assert lane_of(world.partnership, date(2026, 7, 1)) is None


@pytest.mark.parametrize("words", ["åsa", "Åsa", "ÅSA", "åsa örn"])
def test_a_name_is_found_whatever_its_case_in_any_alphabet(world: World, client: Client, words: str) -> None:
    world.partner.name = "Åsa Örn"
    world.partner.save()
    client.force_login(world.owner)
    assert [one.name for one in client.get("/network/people/", {"q": words}).context["page"]] == ["Åsa Örn"]


def test_who_worked_there_once_does_not_stand_there_now(world: World, client: Client) -> None:
    seat = world.partner.memberships.get()
    world.seat(world.partner, "project_member", world.karlskrona, body=world.project)
    end_membership(seat)
    client.force_login(world.owner)
    page = client.get("/network/organisations/saldanha-bay/")
    assert world.partner not in page.context["people"]


def test_a_search_for_lessons_without_a_hit_leads_to_the_people(world: World, client: Client) -> None:
    client.force_login(world.owner)
    page = client.get("/knowledge/?q=Amina+Juma").content.decode()
    assert 'href="/network/people/?q=Amina%20Juma"' in page
    assert client.get("/network/people/?q=Amina%20Juma").status_code == 200


def test_a_person_is_written_to_in_the_nearest_room_that_both_share(world: World, client: Client) -> None:
    client.force_login(world.partner)
    html = client.get(f"/network/people/{world.owner.pk}/").content.decode()
    project = Room.objects.get(body=world.project)
    assert f'href="{project.get_absolute_url()}?draft=%40Owner+Test+#latest"' in html
    assert "Write to Owner in Project group" in html
    client.force_login(world.administrator)
    assert "There is no room in which you write and Guest reads." in (
        client.get(f"/network/people/{world.guest.pk}/").content.decode()
    )


def test_a_lesson_in_two_languages_stands_once_on_its_partnership(world: World, client: Client) -> None:
    told = {"author": world.owner, "organisation": world.karlskrona}
    told |= {"partnership": world.partnership, "network": world.network}
    swedish = Lesson.objects.create(title="Sortering", language="sv", status="published", **told)
    Lesson.objects.create(title="Sorting", language="en", status="published", translation_of=swedish, **told)
    Lesson.objects.create(title="Kompost", language="sv", status="published", **told)
    client.force_login(world.owner)
    lessons = client.get(f"/network/partnerships/{world.partnership.pk}/").context["lessons"]
    assert {lesson.title for lesson in lessons} == {"Sorting", "Kompost"}
