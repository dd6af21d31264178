"""What people were told, what is on its way to them, and how they want to be told."""

from notifications.models.choice import Choice
from notifications.models.delivery import Delivery
from notifications.models.incoming import Incoming
from notifications.models.notification import Notification
from notifications.models.preferences import Preferences
from notifications.models.server import MailServer
from notifications.models.subscription import Subscription

__all__ = ["Choice", "Delivery", "Incoming", "MailServer", "Notification", "Preferences", "Subscription"]
