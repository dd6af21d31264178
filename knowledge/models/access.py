"""The lessons' columns of the access table, each as a condition on rows. ``knowledge.documents`` says who may read
once more, in scopes of the index; ``tests/knowledge/test_visibility.py`` holds the two equal."""

from django.db.models import Q

from knowledge.models.states import Status, Visibility
from partnerships.permissions import Reach

EVERYTHING = ~Q(pk__in=[])
NOTHING = Q(pk__in=[])
PRIVATE = Q(status=Status.DRAFT) | Q(status=Status.WITHDRAWN, published_at=None)
"""Never shared so far: its author's alone."""


def readable(reach: Reach) -> Q:
    """One's own whatever its state, published ones as far as each is shared; proposed and withdrawn ones where one
    may publish them (again)."""
    if reach.person is None:
        return NOTHING
    kept = ~PRIVATE & Q(status__in=[Status.REVIEW, Status.WITHDRAWN]) & runs(reach)
    return Q(author=reach.person) | published(reach) | kept


def published(reach: Reach) -> Q:
    """Published lessons that a reach opens: the members' to everybody who is signed in."""
    shared = Q(visibility=Visibility.MEMBERS)
    shared |= Q(visibility=Visibility.NETWORK, network__in=reach.networks)
    shared |= Q(partnership__in=reach.partnerships) | Q(network__in=reach.officer)
    return Q(status=Status.PUBLISHED) & (EVERYTHING if reach.administrator else shared)


def runs(reach: Reach) -> Q:
    """Lessons of the places where one writes by right: a partnership's are kept by all its members, a network's by
    its officers and editors; a draft is its author's alone."""
    kept = Q(partnership__in=reach.full_partnerships) | Q(network__in=reach.officer | reach.editor)
    return EVERYTHING if reach.administrator else kept


def publishable(reach: Reach) -> Q:
    """Lessons that one may publish, change while they are published, and withdraw. Guests only propose."""
    if reach.person is None:
        return NOTHING
    own = Q(author=reach.person)
    return runs(reach) & (own | ~PRIVATE) | own & Q(partnership=None, network__in=reach.full)


def editable(reach: Reach) -> Q:
    """Lessons whose words one may change: what one may publish, and one's own until it is published."""
    own = Q(author=reach.person) & (PRIVATE | Q(status=Status.REVIEW))
    return publishable(reach) | (own if may_propose(reach) else NOTHING)


def may_propose(reach: Reach) -> bool:
    """Whoever has a seat in which they may speak: observers and alumni only read."""
    held = {("network", pk) for pk in reach.networks}
    held |= {("partnership", pk) for pk in reach.partnerships} | {("body", pk) for pk in reach.bodies}
    return reach.administrator or bool(held - reach.silent)
