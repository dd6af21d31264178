"""The pages of knowledge: what they show, to whom, without script, and in a fixed number of queries."""

import uuid
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from knowledge.actions import revise_lesson, withdraw_lesson
from knowledge.forms import MISSING
from knowledge.models import Lesson
from search import work_off
from search.models import Theme
from tests.conftest import World
from tests.knowledge.conftest import WORDS, Visit, Write


def sent(world: World, **fields: Any) -> dict[str, Any]:
    """What the form sends."""
    return {
        "client_id": str(uuid.uuid4()),
        "title": "Weighing every truck",
        "language": "en",
        "did": "We weighed.",
        "place": f"partnership:{world.partnership.pk}",
        "visibility": "network",
        **fields,
    }


def test_the_search_page_shows_why_something_was_found(world: World, write: Write, visit: Visit) -> None:
    write(themes=Theme.objects.filter(slug="waste"), tags=["Market"])
    work_off()
    page = visit(world.partner).get("/knowledge/?q=sacks&theme=waste").content.decode()
    assert "1 lesson" in page
    assert "<mark>sacks</mark>" in page
    assert 'name="theme" value="waste" checked' in page
    assert "Sweden" in page


def test_a_swedish_query_finds_an_english_lesson_and_can_be_kept_from_it(
    world: World, write: Write, visit: Visit
) -> None:
    write(visibility="network", body="Our waste management is better now.")
    work_off()
    world.outsider.language = "sv"
    world.outsider.save()
    client = visit(world.outsider)
    across = client.get("/knowledge/?q=avfallshantering").context["finding"]
    alone = client.get("/knowledge/?q=avfallshantering&words=mine").context["finding"]
    assert (across.results.total, alone.results.total) == (1, 0)
    assert across.found[0].snippet.count("<mark>") >= 1


def test_outsiders_see_no_result_count_facet_or_suggestion(world: World, write: Write, visit: Visit) -> None:
    write(tags=["Market"], themes=Theme.objects.filter(slug="waste"))
    work_off()
    client = visit(world.outsider)
    for address in ("/knowledge/", "/knowledge/?q=sorting", "/knowledge/?q=sortinx", "/knowledge/?theme=waste"):
        finding = client.get(address).context["finding"]
        assert (finding.results.total, finding.found, finding.suggestions) == (0, [], [])
        assert not any(any(counts.values()) for counts in finding.counts.values())
    answer = client.get("/knowledge/api/search/").json()
    assert (answer["total"], answer["results"], any(answer["facets"].values())) == (0, [], False)
    themes = client.get("/knowledge/themes/")
    assert list(themes.context["tags"]) == []
    assert {count for rows in themes.context["groups"].values() for _theme, count in rows} == {0}


def test_a_misspelt_search_suggests_a_title(world: World, write: Write, visit: Visit) -> None:
    write()
    work_off()
    finding = visit(world.owner).get("/knowledge/?q=sortingggg&words=mine").context["finding"]
    assert (finding.found, finding.suggestions) == ([], [WORDS["title"]])


def test_page_two_and_what_is_wrong_in_an_address(world: World, write: Write, visit: Visit) -> None:
    for number in range(23):
        write(title=f"Lesson {number}", visibility="members")
    work_off()
    client = visit(world.stranger)
    second = client.get("/knowledge/?page=2").context["finding"]
    assert (len(second.found), second.results.total, second.page.has_next()) == (3, 23, False)
    assert client.get("/knowledge/?page=x&theme=nowhere&language=xx&limit=1000").status_code == 200
    beyond = client.get("/knowledge/?page=99")
    assert [one.lesson for one in beyond.context["finding"].found] == [one.lesson for one in second.found]
    assert "2 of 2" in beyond.content.decode()
    assert "Nothing is written yet" not in beyond.content.decode()
    assert client.get("/knowledge/api/search/?page=99").json()["results"] == []


def test_a_lesson_is_written_once_however_often_it_is_sent(world: World, visit: Visit) -> None:
    client, form = visit(world.owner), sent(world, tags="Trucks, trucks", publish="1")
    first, again = client.post("/knowledge/new/", form), client.post("/knowledge/new/", form)
    lesson = Lesson.objects.get()
    assert (first["Location"], again["Location"]) == (lesson.get_absolute_url(),) * 2
    assert (lesson.status, lesson.organisation, lesson.network) == ("published", world.karlskrona, world.network)
    assert list(lesson.tags.names()) == ["Trucks"]


def test_errors_keep_what_was_written(world: World, visit: Visit) -> None:
    answer = visit(world.owner).post(
        "/knowledge/new/", sent(world, title="", did="", failed=" ", problem="", publish=1)
    )
    page = answer.content.decode()
    assert 'role="alert"' in page
    assert set(answer.context["form"].errors) == {"title", "did"}
    assert "Give the lesson a title." in page
    assert 'aria-describedby="id_did_helptext id_did_error"' in page or 'aria-invalid="true"' in page
    assert not Lesson.objects.exists()


def test_what_is_missing_is_told_in_own_words(world: World, visit: Visit) -> None:
    answer = visit(world.owner).post("/knowledge/new/", {"publish": "1"})
    errors = {name: list(told) for name, told in answer.context["form"].errors.items()}
    assert {name: errors[name] for name in MISSING} == {name: [str(words)] for name, words in MISSING.items()}
    assert "This field is required" not in answer.content.decode()


def test_everybody_stands_once_among_those_who_can_be_asked(world: World, write: Write, visit: Visit) -> None:
    def offered(person: User, address: str) -> list[str]:
        form = visit(person).get(address).context["form"]
        return [str(label) for _value, label in form.fields["contact"].choices]

    names = ["Councillor Test", "Guest Test", "Owner Test", "Partner Test"]
    assert offered(world.owner, "/knowledge/new/") == ["I myself", *(n for n in names if n != "Owner Test")]
    address = f"{write().get_absolute_url()}edit/"
    assert offered(world.owner, address)[0] == "I myself"
    assert offered(world.partner, address) == ["Owner Test", *(n for n in names if n != "Owner Test")]


def test_the_forms_themes_stand_under_the_headings_of_the_vocabulary(world: World, write: Write, visit: Visit) -> None:
    lesson = write(themes=Theme.objects.filter(slug="waste"))
    form = visit(world.owner).get(f"{lesson.get_absolute_url()}edit/").context["form"]
    groups = form.theme_groups()
    assert len(groups) == 7
    assert sum(len(group.boxes) for group in groups) == Theme.objects.count()
    waste = Theme.objects.get(slug="waste")
    assert [group.label for group in groups if group.chosen] == [waste.group_label()]


def test_a_guest_only_proposes(world: World, visit: Visit) -> None:
    client = visit(world.guest)
    assert 'name="publish"' not in client.get("/knowledge/new/").content.decode()
    client.post("/knowledge/new/", sent(world, publish="1"))
    assert [lesson.status for lesson in Lesson.objects.all()] == ["review"]
    assert "Weighing every truck" in visit(world.partner).get("/knowledge/mine/").content.decode()


def test_nobody_writes_for_a_place_they_are_not_in(world: World, visit: Visit) -> None:
    foreign = sent(world, place=f"partnership:{world.partnership.pk}")
    assert visit(world.outsider).post("/knowledge/new/", foreign).status_code == 200
    assert visit(world.stranger).post("/knowledge/new/", foreign).status_code == 403
    assert not Lesson.objects.exists()


def test_a_partnerships_visibility_needs_a_partnership(world: World, visit: Visit) -> None:
    answer = visit(world.officer).post(
        "/knowledge/new/", sent(world, place=f"network:{world.network.pk}", visibility="partnership")
    )
    assert set(answer.context["form"].errors) == {"visibility"}


def test_two_editors_do_not_overwrite_each_other(world: World, write: Write, visit: Visit) -> None:
    lesson = write()
    revise_lesson(lesson, by=world.partner, title="Partner was first")
    answer = visit(world.owner).post(f"/knowledge/{lesson.pk}/edit/", sent(world, seen="1", title="Owner was second"))
    assert "Somebody changed this lesson" in answer.content.decode()
    assert 'value="Owner was second"' in answer.content.decode()
    answer = visit(world.owner).post(f"/knowledge/{lesson.pk}/edit/", sent(world, seen="2", title="Owner was second"))
    assert answer.status_code == 302
    assert Lesson.objects.get().title == "Owner was second"


def test_a_lesson_and_its_translations_are_one_result(world: World, write: Write, visit: Visit) -> None:
    english = write(visibility="members")
    swedish = write(visibility="members", language="sv", title="Sortering vid sorting", translation_of=english)
    write(visibility="members", title="Sorting again")
    work_off()
    world.stranger.language = "sv"
    world.stranger.save()
    page = visit(world.stranger).get("/knowledge/?q=sorting")
    entries = {entry.lesson: entry.translations for entry in page.context["finding"].entries}
    assert (len(entries), entries[swedish]) == (2, [english])
    assert '<h2 id="h-res">2 lärdomar</h2>' in page.content.decode()
    assert f'href="{english.get_absolute_url()}" hreflang="en"' in page.content.decode()
    assert len(visit(world.stranger).get("/knowledge/api/search/?q=sorting").json()["results"]) == 3


def test_a_tag_page_lists_what_one_may_read(world: World, write: Write, visit: Visit) -> None:
    write(tags=["Översvämning"])
    shown = write(tags=["översvämning"], visibility="network")
    withdraw_lesson(write(tags=["översvämning"], visibility="network"), by=world.owner)
    page = visit(world.outsider).get("/knowledge/tags/oversvamning/")
    assert list(page.context["page"]) == [shown]


@pytest.mark.parametrize("address", ["/knowledge/?q=sorting", "/knowledge/mine/", "/knowledge/tags/market/"])
def test_more_lessons_take_no_more_queries(
    world: World, write: Write, visit: Visit, django_assert_num_queries: DjangoAssertNumQueries, address: str
) -> None:
    client = visit(world.owner)
    counts = {"/knowledge/?q=sorting": 14, "/knowledge/mine/": 15, "/knowledge/tags/market/": 13}
    write(tags=["Market"], themes=Theme.objects.all()[:1])
    for _more in range(2):
        work_off()
        client.get(address)
        with django_assert_num_queries(counts[address]):
            client.get(address)
        write(tags=["Market", "Fees"], themes=Theme.objects.all()[:1])
        write(tags=["Market"], themes=Theme.objects.all()[:2])


def test_the_person_to_ask_stays_named_when_the_writer_does_not_see_them(
    world: World, client: Client, write: Write
) -> None:
    lesson = write(contact=world.stranger)
    client.force_login(world.partner)
    page = client.get(f"{lesson.get_absolute_url()}edit/")
    form = page.context["form"]
    sent = {name: form[name].value() or "" for name in form.fields} | {
        "themes": [],
        "core_areas": [],
        "sdgs": [],
        "title": "New",
    }
    assert sent.pop("contact") == world.stranger.pk
    assert client.post(f"{lesson.get_absolute_url()}edit/", sent | {"contact": ""}).status_code == 302
    lesson.refresh_from_db()
    assert (lesson.title, lesson.contact) == ("New", world.stranger)
    assert "Stranger" not in page.content.decode()


@pytest.mark.parametrize(
    ("visibility", "told"),
    [
        ("partnership", "Published. Everybody in the partnership Karlskrona–Saldanha Bay can read it."),
        ("network", "Published. Everybody in the network Climate can read it."),
        ("members", "Published. Every member of the exchange can read it."),
    ],
)
def test_a_notice_stands_framed_and_says_who_reads_the_lesson_now(
    world: World, write: Write, visit: Visit, visibility: str, told: str
) -> None:
    lesson = write(status="draft", visibility=visibility)
    client = visit(world.owner)
    client.post(f"/knowledge/{lesson.pk}/step/", {"step": "publish"})
    notice = client.get(lesson.get_absolute_url()).content.decode().partition('class="toasts" role="status"')[2]
    assert 'class="banner"' in notice[:60]
    assert told in notice


def test_a_page_counts_lessons_once_and_several_pages_count_texts(world: World, write: Write, visit: Visit) -> None:
    lesson = write(visibility="members")
    write(visibility="members", language="sv", title="Sortering", translation_of=lesson)
    work_off()
    client = visit(world.owner)
    assert '<h2 id="h-res">1 lesson</h2>' in client.get("/knowledge/").content.decode()
    for number in range(19):
        write(title=f"Lesson {number}", visibility="members")
    work_off()
    page = client.get("/knowledge/").content.decode()
    assert '<h2 id="h-res">21 texts</h2>' in page
    assert "a lesson in two languages is two texts" in page


def test_the_form_says_at_its_top_what_a_draft_and_what_publishing_needs(world: World, visit: Visit) -> None:
    page = visit(world.owner).get("/knowledge/new/").content.decode()
    assert "A draft needs only a title. To publish, write at least one section." in page
    assert 'Title <span class="hint">(required)</span></label>' in page
    assert "(required)" not in page.partition('for="id_summary"')[2].partition("</label>")[0]
