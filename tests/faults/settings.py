"""The exchange's own settings, for processes that know the news of these tests besides."""

from exchange.settings import *  # noqa: F403
from exchange.settings import INSTALLED_APPS

INSTALLED_APPS += ["tests.faults"]
