"""Python's collector of cycles, as a process that serves wants it."""

import gc

YOUNG = 20_000
"""New objects after which cycles are looked for among them; Python begins at 700."""


def spare_the_collector() -> None:
    """What is there now stays for good, so cycles are looked for among what comes later alone; and less often, since a
    message or a page that is worked on is hundreds of objects, which go without that."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, *gc.get_threshold()[1:])
