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
        assert file.headers["X-Content-Type-Options"] == "nosniff"
        assert file.headers["Content-Encoding"] == "br"
        assert "immutable" in file.headers["Cache-Control"]
        assert [name for name in USELESS if name in file.headers] == []
