"""Mail that comes in: answers to what was told, mails that come back, and everything else.

``boxes`` gives the mails of a pipe, an mbox or a Maildir; ``parts`` takes one apart, ``texts`` and ``hypertext`` make
plain text of it, ``cutting`` leaves what the person wrote now; ``senders`` and ``machines`` say who wrote, ``bounces``
what came back. ``reading`` is the verb that decides. Nothing here trusts a byte: what comes in may be anything.
"""

from notifications.incoming.reading import read

__all__ = ["read"]
