"""What nobody should have to look for in a review: nothing left behind, nothing of others, everything connected."""

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from tests.access_rows import APPS
from tests.sources import ROOT, complaints, tracked

PRODUCT = [name for name in tracked() if name.split("/")[0] in {"chat", "events", "knowledge", "platform"}]
MODULES = [name for name in PRODUCT if name.endswith(".py") and "/migrations/" not in name]


def test_no_file_is_too_long_or_somebody_elses() -> None:
    assert list(complaints()) == []


def test_nothing_is_left_behind() -> None:
    """Words of unfinished work, and what one writes to see what happens."""
    left = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b|console\.(log|debug)|\bdebugger\b|\bbreakpoint\(")
    texts = [name for name in tracked() if name.endswith((".py", ".js", ".css", ".html", ".md"))]
    found = [name for name in texts if (ROOT / name).is_file() and left.search((ROOT / name).read_text())]
    assert found == []


def test_the_product_does_not_print() -> None:
    assert [place for name in MODULES for place in prints(name)] == []


def test_every_module_says_what_it_is_for() -> None:
    """The head of a file is one sentence; Django's own ``apps.py`` and empty packages need none."""
    spoken_for = [name for name in MODULES if not name.endswith("/apps.py") and (ROOT / name).read_text().strip()]
    silent = [name for name in spoken_for if not docstring(name)]
    assert silent == []


def test_every_module_of_the_wiring_is_imported() -> None:
    folder = ROOT / "platform" / "exchange" / "wiring"
    names = sorted(path.stem for path in folder.glob("*.py") if path.stem != "__init__")
    wiring = import_module("exchange.wiring")
    assert [name for name in names if not hasattr(wiring, name)] == []


def test_no_row_of_the_access_table_is_lost() -> None:
    """A table in a folder that is not on the list would be read by nobody."""
    tables = {Path(name).parent.name for name in tracked() if re.match(r"tests/\w+/access_rows.py", name)}
    assert tables - set(APPS) == set()


@pytest.mark.parametrize("name", [name for name in PRODUCT if name.endswith(".js")])
def test_a_script_makes_no_markup_of_text(name: str) -> None:
    """Trusted Types would refuse it in the browser; this says it earlier."""
    sinks = re.compile(r"\.(inner|outer)HTML\s*=|insertAdjacentHTML|document\.write|\beval\(|new Function\(")
    assert sinks.findall((ROOT / name).read_text()) == []


def docstring(name: str) -> str | None:
    return ast.get_docstring(ast.parse((ROOT / name).read_text()))


def prints(name: str) -> Iterator[str]:
    for node in ast.walk(ast.parse((ROOT / name).read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
            yield f"{name}:{node.lineno}"
