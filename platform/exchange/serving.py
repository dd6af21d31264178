"""What goes over the wire goes small: files without headers that say nothing, pages in the better compression."""

import secrets

import brotli
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers
from servestatic.middleware import AsyncServeStaticFileResponse, ServeStaticMiddleware

NEVER_ASKED_AGAIN = ["ETag", "Last-Modified"]
"""Of no use for a file whose name holds the hash of its content: it is kept for a year, and has another name then."""
FOR_EVER = "max-age=31536000, immutable"
PLAIN_TYPES = {"text/javascript", "text/css"}
"""A module is always UTF-8, a style what its page is; neither is taken for anything else whatever it is called, so that
``nosniff`` adds nothing."""

QUALITY = 5
"""Of eleven. A room of fifty messages takes a millisecond and a half; more effort wins one part in a hundred."""
SHORT = 200


class LeanFiles(ServeStaticMiddleware):
    """Stands before the middleware that speaks of pages: what that says (referrers, openers, transport) does not
    concern a style or a script."""

    async def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The file, or whatever else the address gives."""
        response: HttpResponseBase = await super().__call__(request)
        if isinstance(response, AsyncServeStaticFileResponse):
            kind = response["Content-Type"].split(";")[0]
            if kind in PLAIN_TYPES:
                response["Content-Type"] = kind
            else:
                response["X-Content-Type-Options"] = "nosniff"
            if "immutable" in response.get("Cache-Control", ""):
                response["Cache-Control"] = FOR_EVER
                for name in NEVER_ASKED_AGAIN:
                    del response[name]
        return response


class SmallPages(GZipMiddleware):
    """Pages and answers in brotli where a browser takes it, a tenth to a fifth less than gzip; else in gzip."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """The same answer, smaller; also its length says nothing of its words (BREACH): Django varies that of gzip."""
        if not isinstance(response, HttpResponse) or not takes_brotli(request) or not worth_it(response):
            smaller: HttpResponseBase = super().process_response(request, response)
            return smaller
        response.content = brotli.compress(response.content, quality=QUALITY)
        response["Content-Encoding"] = "br"
        response["Content-Length"] = str(len(response.content))
        response["X-Padding"] = "0" * secrets.randbelow(self.max_random_bytes)
        patch_vary_headers(response, ["Accept-Encoding"])
        if response.get("ETag", "").startswith('"'):
            response["ETag"] = f"W/{response['ETag']}"
        return response


def takes_brotli(request: HttpRequest) -> bool:
    """As the browser says."""
    return "br" in [coding.split(";")[0].strip() for coding in request.headers.get("Accept-Encoding", "").split(",")]


def worth_it(response: HttpResponse) -> bool:
    """What is short, or smaller already, stays as it is."""
    return len(response.content) >= SHORT and not response.has_header("Content-Encoding")
