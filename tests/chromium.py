"""Where the browsers of the tests are: the system's Chromium, installed where there is none.

Nearly every test takes the ``shell``, the same engine without the windows and menus around it, for a third of the
processor time. What a shell does not have (push messages, notifications) asks for the whole ``chromium``.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
SHELLS = ["chromium-headless-shell", "chrome-headless-shell"]


def chromium() -> str:
    """The path of a Chromium: ``$CHROMIUM``, one on the path, Debian's (as root), or the one playwright fetches."""
    if given := os.environ.get("CHROMIUM"):
        return given
    return _on_path(NAMES) or _from_debian("chromium", NAMES) or _from_playwright()


def shell() -> str:
    """The path of a headless shell: ``$CHROMIUM_SHELL``, one on the path, Debian's; else the whole browser's."""
    if given := os.environ.get("CHROMIUM_SHELL"):
        return given
    return _on_path(SHELLS) or _from_debian("chromium-headless-shell", SHELLS) or chromium()


def _on_path(names: Sequence[str]) -> str:
    return next((found for found in map(shutil.which, names) if found), "")


def _from_debian(package: str, names: Sequence[str]) -> str:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return ""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", package]
    for command in (["apt-get", "update", "-qq"], install):
        subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, check=False)
    return _on_path(names)


def _from_playwright() -> str:
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    if not Path(path).exists():
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)
    return path
