"""Where the browser of the tests is: the system's Chromium, installed where there is none."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]


def chromium() -> str:
    """The path of a Chromium: ``$CHROMIUM``, one on the path, Debian's (as root), or the one playwright fetches."""
    if given := os.environ.get("CHROMIUM"):
        return given
    return _on_path() or _from_debian() or _from_playwright()


def _on_path() -> str:
    return next((found for found in map(shutil.which, NAMES) if found), "")


def _from_debian() -> str:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return ""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"]
    for command in (["apt-get", "update", "-qq"], install):
        subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, check=False)
    return _on_path()


def _from_playwright() -> str:
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    if not Path(path).exists():
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)
    return path
