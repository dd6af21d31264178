"""The start page and what machines ask."""

import search
from tests.access_rows import EVERYONE, MEMBERS, Row

ROWS = [
    Row("", "/", MEMBERS),
    Row("healthz", "/healthz", EVERYONE, page=None),
    Row("manifest.webmanifest", "/manifest.webmanifest", EVERYONE, page=None),
    Row("metrics", "/metrics", dict.fromkeys(EVERYONE, 404), page=None),
    Row("readyz", lambda world: "/readyz" if search.rebuild() >= 0 else "", EVERYONE, page=None),
    Row("service-worker.js", "/service-worker.js", EVERYONE, page=None),
]
