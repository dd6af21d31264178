"""Styles and scripts travel with the headers that they need, and no others."""

import re
from contextlib import closing
from urllib.request import Request, urlopen

from tests.live import Live

USELESS = ["ETag", "Last-Modified", "Referrer-Policy", "Cross-Origin-Opener-Policy", "Content-Security-Policy"]


def test_a_script_travels_lightly_and_is_kept_for_ever(live: Live) -> None:
    with closing(urlopen(f"{live.url}/accounts/login/")) as page:
        assert page.headers["Referrer-Policy"] == "same-origin"
        address = re.search(r"/static/exchange/base\.\w+\.css", page.read().decode())
    assert address
    with closing(urlopen(Request(live.url + address[0], headers={"Accept-Encoding": "br"}))) as file:
        assert file.headers["Content-Type"] == "text/css"
        assert file.headers["Content-Encoding"] == "br"
        assert "immutable" in file.headers["Cache-Control"]
        assert [name for name in USELESS if name in file.headers] == []


def test_a_page_is_smaller_in_brotli_and_its_length_varies(live: Live) -> None:
    sizes = {coding: [length(live, coding) for _ in range(4)] for coding in ("gzip", "br")}
    assert max(sizes["br"]) < min(sizes["gzip"])
    assert len(set(sizes["br"])) > 1


def length(live: Live, coding: str) -> int:
    """Bytes of the sign-in page, its headers included."""
    with closing(urlopen(Request(f"{live.url}/accounts/login/", headers={"Accept-Encoding": coding}))) as page:
        assert page.headers["Content-Encoding"] == coding
        return len(page.read()) + len(str(page.headers))
