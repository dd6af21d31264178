"""Organisations, networks, partnerships, bodies, and the memberships from which all access comes."""

from partnerships.models.invitation import Invitation
from partnerships.models.membership import COLUMN, Column, Function, Membership
from partnerships.models.organisation import Organisation
from partnerships.models.structure import Body, Network, Partnership, Side

__all__ = [
    "COLUMN",
    "Body",
    "Column",
    "Function",
    "Invitation",
    "Membership",
    "Network",
    "Organisation",
    "Partnership",
    "Side",
]
