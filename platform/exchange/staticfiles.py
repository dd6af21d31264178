"""How static files are stored: hashed and compressed once, JavaScript modules included, ours without comments, and
those that are always loaded together as one."""

import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage
from servestatic.storage import CompressedManifestStaticFilesStorage

from exchange.bundles import BUNDLES, Bundles

OURS = ("accounts/", "chat/", "events/", "exchange/", "knowledge/", "network/", "notifications/", "realtime/")
BUNDLED = tuple({f"{name.split('/')[0]}/" for name in BUNDLES})
COMMENTS = re.compile(rb"^[ \t]*/\*.*?\*/\n|^[ \t]*//[^\n]*\n|^[ \t]+", re.DOTALL | re.MULTILINE)
"""Comments that stand on lines of their own, and indentation. Our scripts and styles have no texts of several lines."""


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Names carry the hash of their content, also those that one module imports from another: a browser may keep each
    for ever, and never mixes the modules of two releases."""

    support_js_module_import_aggregation = True
    max_post_process_passes = 12
    """One for each step of the longest way from a module to what it imports by way of others."""

    def post_process(self, paths: dict[str, Any], *args: Any, **kwargs: Any) -> Iterator[Any]:
        """As above it, with our own files read without what only their readers need: a third of their bytes."""
        yield from super().post_process(
            {name: (Bare(storage) if is_ours(name) else storage, path) for name, (storage, path) in paths.items()},
            *args,
            **kwargs,
        )


def is_ours(name: str) -> bool:
    """True for a script or style that this project wrote; others keep their licences."""
    return name.endswith((".js", ".css")) and name.startswith(OURS)


class Bare:
    """A storage whose files are read without comments, its modules as they are bundled."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage
        self.bundles = Bundles(lambda name: self.short(name).decode())

    def open(self, path: str) -> File[bytes]:
        """The file at ``path``, shorter."""
        is_module = path.startswith(BUNDLED) and path.endswith(".js")
        return ContentFile(self.bundles.text(path).encode() if is_module else self.short(path))

    def short(self, path: str) -> bytes:
        """Its text without comments."""
        with self.storage.open(path) as file:
            return COMMENTS.sub(b"", file.read())
