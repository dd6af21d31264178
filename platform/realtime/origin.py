"""Which pages may open a socket: those of this very origin, scheme and port included (RFC 6455, section 10.2)."""

from collections.abc import Iterable

from django.conf import settings
from django.http.request import split_domain_port, validate_host


def same_origin(headers: Iterable[tuple[bytes, bytes]]) -> bool:
    """True if ``Origin`` is a trusted one, or that of the address asked for, as Django's own CSRF check has it."""
    found = {name: value.decode("latin1") for name, value in headers if name in {b"origin", b"host"}}
    origin, host = found.get(b"origin", ""), found.get(b"host", "")
    if not origin:
        return False
    if origin in settings.CSRF_TRUSTED_ORIGINS:
        return True
    scheme = "https" if settings.SECURE else "http"
    return origin == f"{scheme}://{host}" and validate_host(split_domain_port(host)[0], settings.ALLOWED_HOSTS)
