"""How static files are stored: hashed and compressed once, JavaScript modules included."""

from servestatic.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Names carry the hash of their content, also those that one module imports from another: a browser may keep each
    for ever, and never mixes the modules of two releases."""

    support_js_module_import_aggregation = True
