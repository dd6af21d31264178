"""Static files on the wire: a room's page fetches twenty, so that each header that says nothing counts."""

from django.http import HttpRequest, HttpResponseBase
from servestatic.middleware import AsyncServeStaticFileResponse, ServeStaticMiddleware

NEVER_ASKED_AGAIN = ["ETag", "Last-Modified"]
"""Of no use for a file whose name holds the hash of its content: it is kept for ten years."""


class LeanFiles(ServeStaticMiddleware):
    """Stands before the middleware that speaks of pages: what that says (referrers, openers, transport) does not
    concern a style or a script."""

    async def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The file, or whatever else the address gives."""
        response: HttpResponseBase = await super().__call__(request)
        if isinstance(response, AsyncServeStaticFileResponse):
            response["X-Content-Type-Options"] = "nosniff"
            if "immutable" in response.get("Cache-Control", ""):
                for name in NEVER_ASKED_AGAIN:
                    del response[name]
        return response
