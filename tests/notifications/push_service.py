"""A push service on this machine, as RFC 8030 describes one, and a browser that subscribes to it and can decrypt.

It speaks HTTPS with a certificate of its own making, since to nothing else does a message ever go.
"""

import base64
import json
import os
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import IPv4Address
from pathlib import Path
from threading import Thread
from typing import Any

import http_ece
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from py_vapid import Vapid02

from accounts.models import User
from notifications.models import Delivery, Subscription

LOOPBACK = "127.0.0.1"


@dataclass
class Received:
    """One message as it came in."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def claims(self) -> dict[str, Any]:
        """What the token says (RFC 8292), once its signature is found to be by the key beside it."""
        assert Vapid02.verify(self.headers["authorization"])
        parts = dict(part.split("=", 1) for part in self.headers["authorization"].split(" ", 1)[1].split(","))
        claims: dict[str, Any] = json.loads(unpadded(parts["t"].split(".")[1]))
        return {**claims, "key": parts["k"]}


@dataclass
class PushService:
    """What has come in, and what it answers: the next of ``answers``, else 201."""

    host: str
    certificate: Path
    received: list[Received] = field(default_factory=list)
    answers: list[tuple[int, dict[str, str]]] = field(default_factory=list)

    def endpoint(self, name: str) -> str:
        """An address at this service."""
        return f"https://{self.host}/push/{name}"


class Browser:
    """One browser: its key pair and secret (RFC 8291), its address at the service."""

    def __init__(self, service: PushService, name: str) -> None:
        self.service = service
        self.name = name
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.secret = os.urandom(16)

    @property
    def subscription(self) -> dict[str, Any]:
        """``PushSubscription.toJSON()``."""
        point = self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        keys = {"p256dh": padless(point), "auth": padless(self.secret)}
        return {"endpoint": self.service.endpoint(self.name), "expirationTime": None, "keys": keys}

    def read(self, received: Received) -> dict[str, Any]:
        """What was said."""
        said = http_ece.decrypt(received.body, private_key=self.private, auth_secret=self.secret)
        found: dict[str, Any] = json.loads(said)
        return found

    @property
    def got(self) -> list[dict[str, Any]]:
        """Everything that was said to it."""
        return [self.read(one) for one in self.service.received if one.path == f"/push/{self.name}"]


def padless(data: bytes) -> str:
    """base64url as browsers write it."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def unpadded(text: str) -> bytes:
    """The bytes of it."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def browser_of(person: User, service: PushService, name: str = "one") -> Browser:
    """A browser that takes messages for somebody."""
    browser = Browser(service, name)
    said = browser.subscription
    Subscription.objects.create(person=person, endpoint=said["endpoint"], device="Firefox/Android", **said["keys"])
    return browser


def pushed(person: User) -> Delivery:
    """What became of the only push to somebody."""
    return Delivery.objects.get(person=person, channel="push")


@contextmanager
def push_service(folder: Path) -> Iterator[PushService]:
    """One that listens until the end."""
    certificate, key = certified(folder)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    service = PushService("", certificate)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            service.received.append(Received(self.path, headers, body))
            status, more = service.answers.pop(0) if service.answers else (201, {})
            if not status:
                self.close_connection = True
                return
            self.send_response(status)
            for name, value in {**more, "Content-Length": "0"}.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *words: Any) -> None:
            """Nothing is written."""

    server = ThreadingHTTPServer((LOOPBACK, 0), Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    service.host = f"{LOOPBACK}:{server.server_port}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def certified(folder: Path) -> tuple[Path, Path]:
    """A certificate for the loopback address and its key."""
    private = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "a push service of the tests")])
    made = (
        x509.CertificateBuilder(name, name, private.public_key(), x509.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2120, 1, 1, tzinfo=UTC))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address(LOOPBACK))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(private, hashes.SHA256())
    )
    certificate, key = folder / "push.pem", folder / "push.key"
    certificate.write_bytes(made.public_bytes(Encoding.PEM))
    key.write_bytes(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return certificate, key
