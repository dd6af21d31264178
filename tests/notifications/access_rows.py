"""What people are told: each their own; and the way out of a mail, which works for whoever holds its link."""

from chat.models import Room
from notifications.models import Notification
from notifications.stops import Stop
from tests.access_rows import API_MEMBERS, EVERYONE, MEMBERS, NOBODY, PEOPLE, Row
from tests.chat.reading import say
from tests.conftest import World

LED_ON = dict.fromkeys(MEMBERS, 302)
NOTHING_HERE = dict.fromkeys(MEMBERS, 400) | {NOBODY: 401}
"""JSON that says nothing."""
GIVEN_UP = dict.fromkeys(MEMBERS, 204) | {NOBODY: 401}
OWN = dict.fromkeys(MEMBERS, 404) | {"owner": 302, NOBODY: 302}
"""A line of the owner's list."""

ADMINISTRATOR = dict.fromkeys(PEOPLE, 404) | {NOBODY: 302, "administrator": 200}


def told(world: World) -> str:
    """The address of a line of the owner's: there is news in the announcements."""
    room = world.network.rooms.get(kind=Room.Kind.ANNOUNCEMENTS)
    say(room, world.officer, "Reports are due.")
    return f"/notifications/{Notification.objects.get(person=world.owner, place=f'room:{room.pk}').pk}/"


def stop(world: World) -> str:
    """Where the foot of a mail to the owner leads."""
    return "/" + Stop(world.owner.pk, "announcement", f"room:{world.partnership.rooms.get().pk}").url.split("/", 3)[3]


def rhythm(world: World) -> str:
    """Where the foot of the owner's digest leads."""
    return f"/notifications/digest/{Stop(world.owner.pk).token}/"


ROWS = [
    Row("notifications/", "/notifications/", MEMBERS),
    Row("notifications/<int:pk>/", told, OWN),
    Row("notifications/news/", "/notifications/news/", MEMBERS, page=None),
    Row("notifications/read/", "/notifications/read/", LED_ON, method="POST"),
    Row("notifications/unread/", "/notifications/unread/", LED_ON, method="POST"),
    Row("notifications/push/", "/notifications/push/", API_MEMBERS, page=None),
    Row("notifications/push/", "/notifications/push/", NOTHING_HERE, method="POST", json=True),
    Row("notifications/push/", "/notifications/push/", GIVEN_UP, method="DELETE"),
    Row("notifications/push/<int:pk>/remove/", "/notifications/push/1/remove/", LED_ON, method="POST"),
    Row("notifications/mail/resume/", "/notifications/mail/resume/", LED_ON, method="POST"),
    Row("notifications/deliveries/", "/notifications/deliveries/", ADMINISTRATOR, visitor="administrator"),
    Row("notifications/choices/", "/notifications/choices/", MEMBERS),
    Row("notifications/choices/mute/", "/notifications/choices/mute/", LED_ON, method="POST", data={"span": "hour"}),
    Row(
        "notifications/choices/places/",
        "/notifications/choices/places/",
        LED_ON,
        method="POST",
        data={"place": "room:1"},
    ),
    Row("notifications/choices/defaults/", "/notifications/choices/defaults/", LED_ON, method="POST"),
    Row("notifications/api/", "/notifications/api/", API_MEMBERS, page=None),
    Row("notifications/api/count/", "/notifications/api/count/", API_MEMBERS, page=None),
    Row("notifications/api/seen/", "/notifications/api/seen/", API_MEMBERS, method="POST"),
    Row(
        "notifications/api/read/",
        "/notifications/api/read/",
        dict.fromkeys(API_MEMBERS, 404) | {NOBODY: 401},
        method="POST",
        data={"upto": 1},
        json=True,
    ),
    Row("notifications/texts/", "/notifications/texts/", ADMINISTRATOR, visitor="administrator"),
    Row("notifications/texts/<str:name>/<str:language>/", "/notifications/texts/digest/sv/", ADMINISTRATOR, page=None),
    Row("notifications/digest/<str:token>/", rhythm, EVERYONE, visitor=""),
    Row(
        "notifications/digest/<str:token>/",
        rhythm,
        dict.fromkeys(EVERYONE, 302),
        method="POST",
        data={"rhythm": "weekly"},
    ),
    Row("notifications/unsubscribe/<str:token>/", stop, EVERYONE, visitor=""),
    Row("notifications/unsubscribe/<str:token>/", stop, EVERYONE, method="POST"),
]
