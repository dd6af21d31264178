"""Who people are: the account, how they want to be spoken to, and their personal tokens."""

from accounts.models.token import Token
from accounts.models.user import User, validate_zone

__all__ = ["Token", "User", "validate_zone"]
