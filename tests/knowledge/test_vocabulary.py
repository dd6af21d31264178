"""The shared vocabulary changed in the interface: by whom, followed by the search, kept, undone."""

import pytest

from knowledge.models import ThemeChange
from partnerships.models import Function
from search import find, work_off
from search.models import Theme
from tests.conftest import World
from tests.knowledge.conftest import Visit, Write

ADDRESS = "/knowledge/vocabulary/waste/"


def form_of(theme: Theme, **changed: str) -> dict[str, str]:
    """The theme's form as it is sent."""
    sent = {"seen": str(theme.changes.values_list("pk", flat=True).first() or 0)}
    for code in ("en", "sv", "fr", "sw"):
        sent[f"label_{code}"] = theme.labels.get(code, "")
        sent[f"synonyms_{code}"] = "\n".join(theme.synonyms.get(code, []))
    return sent | changed


@pytest.fixture
def waste(db: None) -> Theme:
    """The theme *waste*."""
    return Theme.objects.get(slug="waste")


def test_a_new_synonym_finds_lessons_and_can_be_undone(world: World, write: Write, visit: Visit, waste: Theme) -> None:
    write(visibility="members", body="Our waste management is better now.")
    client, scopes = visit(world.administrator), {"member"}
    work_off()
    assert find("skräpkunskap", scopes=scopes, language="sv").total == 0
    words = "\n".join([*waste.synonyms["sv"], "skräpkunskap"])
    client.post(ADDRESS, form_of(waste, synonyms_sv=words))
    work_off()
    assert find("skräpkunskap", scopes=scopes, language="sv").total == 1
    change = ThemeChange.objects.get()
    assert (change.by, [line[0] for line in change.lines]) == (world.administrator, ["sv"])
    assert "skräpkunskap" in client.get("/knowledge/vocabulary/").content.decode()
    client.post(f"/knowledge/vocabulary/changes/{change.pk}/undo/")
    now = Theme.objects.get(slug="waste")
    assert (now.labels, now.synonyms) == (waste.labels, waste.synonyms)
    assert ThemeChange.objects.count() == 2


def test_an_editor_keeps_it_and_nobody_else(world: World, visit: Visit, waste: Theme) -> None:
    world.seat(world.stranger, Function.KNOWLEDGE_EDITOR, world.icld, network=world.network)
    assert visit(world.stranger).get(ADDRESS).status_code == 200
    for person in (world.owner, world.outsider, world.guest):
        assert visit(person).get("/knowledge/vocabulary/").status_code == 404
        assert visit(person).post(ADDRESS, form_of(waste, label_en="Rubbish")).status_code == 404
    assert Theme.objects.get(slug="waste").labels == waste.labels


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(world: World, visit: Visit, waste: Theme) -> None:
    client = visit(world.administrator)
    first, second = form_of(waste, label_en="Rubbish"), form_of(waste, label_en="Litter")
    client.post(ADDRESS, first)
    assert "Somebody changed this theme" in client.post(ADDRESS, second).content.decode()
    assert Theme.objects.get(slug="waste").labels["en"] == "Rubbish"
    client.post(ADDRESS, form_of(Theme.objects.get(slug="waste")))
    assert ThemeChange.objects.count() == 1


def test_it_keeps_an_english_name_and_the_languages_that_nobody_sees(world: World, visit: Visit, waste: Theme) -> None:
    client = visit(world.administrator)
    assert "Without a name in English" in client.post(ADDRESS, form_of(waste, label_en=" ")).content.decode()
    assert "At most 40 words" in client.post(ADDRESS, form_of(waste, synonyms_en="x" * 200)).content.decode()
    client.post(ADDRESS, form_of(waste, label_fr="Ordures"))
    now = Theme.objects.get(slug="waste")
    assert now.labels == waste.labels | {"fr": "Ordures"}
