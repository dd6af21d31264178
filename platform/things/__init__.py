"""The registry: a Thing (kind, id) has a title, an address, a card and ``visible_to``.

Each app registers its kinds from its ``apps.py``; whoever needs another app's thing asks here, not there::

    things.register("lesson", title=…, url=…, visible_to=…)
    things.find("lesson", 7, user)      → Thing, or None when it is not there or not theirs
"""

from things.registry import Kind, Thing, find, find_many, kinds, register, visible

__all__ = ["Kind", "Thing", "find", "find_many", "kinds", "register", "visible"]
