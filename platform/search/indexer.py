"""Works off the outbox."""


def work_off() -> int:
    """Bring the index up to what is committed; how many documents were taken up."""
    return 0


def rebuild() -> int:
    """Make the index anew."""
    return 0
