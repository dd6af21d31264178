"""What may be answered by mail: for each kind of thing, who takes the words of an answer."""

from collections.abc import Callable

from accounts.models import User
from things import Thing

Handler = Callable[[User, int, str, str], str]
"""``handler(person, about_id, text, client_id)`` posts the answer; empty, or why not, in the person's language."""

May = Callable[[User, Thing], bool]
"""Whether somebody who sees a thing may answer it at all."""

handlers: dict[str, Handler] = {}
rules: dict[str, May] = {}


def register(about_kind: str, handler: Handler, may: May | None = None) -> None:
    """Let mails about this kind of thing be answered, by everybody unless ``may`` says who. Raises ``ValueError`` when
    two apps want one kind."""
    if handlers.get(about_kind, handler) is not handler:
        raise ValueError(f"two apps take answers about {about_kind!r}")
    handlers[about_kind] = handler
    if may is not None:
        rules[about_kind] = may


def can_answer(person: User, about: Thing) -> bool:
    """Whether a mail about this thing may promise ``person`` that an answer is posted."""
    return about.kind in handlers and (about.kind not in rules or rules[about.kind](person, about))
