"""What may be answered by mail: for each kind of thing, who takes the words of an answer."""

from collections.abc import Callable

from accounts.models import User

Handler = Callable[[User, int, str, str], str]
"""``handler(person, about_id, text, client_id)`` posts the answer; empty, or why not, in the person's language."""

handlers: dict[str, Handler] = {}


def register(about_kind: str, handler: Handler) -> None:
    """Let mails about this kind of thing be answered. Raises ``ValueError`` when two apps want one kind."""
    if handlers.get(about_kind, handler) is not handler:
        raise ValueError(f"two apps take answers about {about_kind!r}")
    handlers[about_kind] = handler
