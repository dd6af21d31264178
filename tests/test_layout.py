"""The house stands as it is drawn: the top level is fixed, and ``platform/`` never becomes a package."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TOP = {
    "pyproject.toml", "README.md", "manage.py", "platform", "chat", "knowledge", "events", "templates", "tests",
    "Makefile", "CHANGELOG.md", "LICENSE", "requirements", ".ci", "bench", "docs", "deploy", ".gitignore",
}  # fmt: skip


def test_the_top_level_holds_nothing_else() -> None:
    files = subprocess.check_output(["git", "ls-files"], cwd=ROOT, text=True).splitlines()
    assert {file.split("/")[0] for file in files} <= TOP


def test_platform_is_no_package() -> None:
    """As a package it would be imported in place of the standard library's ``platform``."""
    assert not (ROOT / "platform" / "__init__.py").exists()
