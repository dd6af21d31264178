"""Who wrote a mail, as far as it says, and whether the operator's own mail server vouches for it."""

import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from notifications.incoming.parts import Mail

QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
ENCODED = re.compile(r"=\?[^?\s]{1,60}\?[bq]\?[^?\s]*\?=", re.IGNORECASE)
COMMENT = re.compile(r"\([^()]*\)")
ADDRESS = re.compile(r"[^\s<>,;:\"()\[\]\\@]{1,64}@[^\s<>,;:\"()\[\]\\@]{1,253}")


def sender(mail: Mail) -> str:
    """The one address of the one ``From``, in small letters; empty where it is not clear. Readers of mail differ on
    what stands in a doubtful one (CVE-2023-27043), and the server that vouches may have read another."""
    values = mail.all("From")
    if len(values) != 1:
        return ""
    bare = COMMENT.sub(" ", ENCODED.sub(" ", QUOTED.sub(" ", values[0])))
    found = ADDRESS.findall(bare)
    if len(found) != 1 or bare.count("@") != 1:
        return ""
    address = str(found[0])
    alone = bare.strip() == address or re.search(rf"<\s*{re.escape(address)}\s*>\s*$", bare)
    return address.lower() if alone and is_address(address) else ""


def is_address(address: str) -> bool:
    """Whether an account could have it, and a letter go to it."""
    try:
        validate_email(address)
    except ValidationError:
        return False
    return address.isascii()


def is_proven(mail: Mail, address: str) -> bool:
    """Whether the mail comes from the domain of ``address``, by what a server that the setting names has found
    (RFC 8601). True for everybody where none is named: then an address is what the mail says of itself."""
    if not settings.AUTHSERV_ID:
        return True
    domain = address.rpartition("@")[2]
    found = [one for value in mail.all("Authentication-Results") for one in results(value)]
    if any(method == "dmarc" and result == "fail" for method, result, _properties in found):
        return False
    return any(result == "pass" and speaks_for(method, properties, domain) for method, result, properties in found)


def results(value: str) -> list[tuple[str, str, dict[str, str]]]:
    """What one header says, method by method: its result and its properties. Nothing if another server wrote it."""
    name, *parts = COMMENT.sub(" ", value).lower().split(";")
    if not {*name.split()[:1]} & {own.lower() for own in settings.AUTHSERV_ID}:
        return []
    found = []
    for words in (part.split() for part in parts if "=" in part):
        method, _equals, result = words[0].partition("=")
        properties = dict(word.split("=", 1) for word in words[1:] if "=" in word)
        found.append((method.partition("/")[0], result, properties))
    return found


def speaks_for(method: str, properties: dict[str, str], domain: str) -> bool:
    """Whether a passed check is about ``domain``, or one that it lies below (RFC 7489, 3.1)."""
    names = {"dmarc": ["header.from"], "dkim": ["header.d", "header.i"], "spf": ["smtp.mailfrom"]}.get(method, [])
    checked = [properties[name].strip('"').rpartition("@")[2] for name in names if name in properties]
    return any(one == domain or ("." in one and domain.endswith(f".{one}")) for one in checked)
