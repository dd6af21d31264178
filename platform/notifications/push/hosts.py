"""Which push services there are. The address of one is given by a user, and this server goes there: so it has to be
spelled exactly as browsers spell it, by HTTPS, on a host that is known."""

import re

from django.conf import settings

PLAIN = re.compile(
    r"https://(?P<host>[a-z0-9-]+(?:\.[a-z0-9-]+)*)(?P<port>:[1-9][0-9]{0,4})?/[A-Za-z0-9._~!$&'()*+,;=:@%/?-]*"
)
"""No name or word before the host, no fragment, nothing that two readers of addresses could read differently."""


def is_known(endpoint: str) -> bool:
    """Whether ``endpoint`` is an address at a push service of ``PUSH_HOSTS``."""
    return bool(host_of(endpoint)) and any(fits(host_of(endpoint), known) for known in settings.PUSH_HOSTS)


def host_of(endpoint: str) -> str:
    """``fcm.googleapis.com``, with the port where it is not that of HTTPS; empty for what is no such address."""
    found = PLAIN.fullmatch(endpoint)
    return found["host"] + (found["port"] or "") if found else ""


def fits(host: str, known: str) -> bool:
    """``*.push.apple.com`` stands for every host below ``push.apple.com``."""
    if known.startswith("*."):
        return host.endswith(known[1:]) and len(host) > len(known[1:])
    return host == known
