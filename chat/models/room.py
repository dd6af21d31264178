"""A place to talk. Rooms mirror the structure: who is in the place is in its room."""

from collections.abc import Iterable
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, FilteredRelation, Q, Sum
from django.db.models.functions import Coalesce, Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chat.models.marker import ReadMarker
from chat.models.participant import Participant
from chat.models.rows import Adapter, write
from partnerships.models import COLUMN, Body, Column, Membership, Network, Partnership
from partnerships.permissions import Reach, people_in
from search.models import Theme

OPEN_NOTHING = [function for function, column in COLUMN.items() if column is Column.NONE]
"""Functions that give no room."""


def own_marker(user: User) -> FilteredRelation:
    """The join that gives each room the one read marker of ``user``, or none."""
    return FilteredRelation("markers", condition=Q(markers__user=user))


def own_conversations(reach: Reach) -> Q:
    """The direct conversations of a person; none for whoever has no seat any more."""
    if not reach.organisations:
        return Q(pk__in=[])
    return Q(pk__in=Participant.objects.filter(user=reach.person, shares=True, left_at=None).values("room"))


def visited(reach: Reach) -> Q:
    """The rooms that an administrator looks into at present (``chat.actions.visiting``)."""
    open_now = Q(visits__user=reach.person, visits__ended_at=None, visits__ends__gt=timezone.now())
    return Q(pk__in=Room.objects.filter(open_now).values("pk"))


class Rooms(models.QuerySet["Room"]):
    """Sets of rooms. Every look-up on somebody's behalf begins with ``visible_to``."""

    def visible_to(self, user: object, reach: Reach | None = None) -> Self:
        """The rooms that ``user`` may read now: those of the places that they reach. An administrator sees the
        networks' rooms, but nobody's partnership; an officer sees no steering room without a seat in it. Direct
        conversations are seen by those in them alone, while they hold any seat; a topic room that one has left is
        not there until one joins again (``left_by``)."""
        reach = reach or Reach.of(user)
        left = ReadMarker.objects.left_by(reach.person).values("room")
        return self.open_to(reach).filter(~Q(kind=Room.Kind.TOPIC) | ~Q(pk__in=left))

    def left_by(self, reach: Reach) -> Self:
        """The topic rooms that a person has left, and may join again."""
        left = ReadMarker.objects.left_by(reach.person).values("room")
        return self.open_to(reach).filter(kind=Room.Kind.TOPIC, pk__in=left, archived_at=None)

    def open_to(self, reach: Reach) -> Self:
        """The rooms that the access table opens."""
        networks = Q() if reach.administrator else Q(network__in=reach.networks)
        partnerships = Q(partnership__in=reach.partnerships) | Q(partnership__network__in=reach.officer)
        bodies = Q(body__in=reach.bodies) | (
            Q(body__partnership__network__in=reach.officer) & ~Q(body__kind=Body.Kind.STEERING)
        )
        rooms = (Q(network__isnull=False) & networks) | partnerships | bodies | own_conversations(reach)
        return self.filter(rooms | visited(reach) if reach.administrator else rooms)

    def kept_in_order_by(self, user: object, reach: Reach) -> Self:
        """Those in which ``user`` keeps order: ``can_moderate`` for many rooms at once."""
        whole = Q(partnership__in=reach.coordinates) | Q(partnership__network__in=reach.officer)
        bodies = Q(body__partnership__in=reach.coordinates) | Q(body__partnership__network__in=reach.officer)
        networks = Q(network__isnull=False) if reach.administrator else Q(network__in=reach.officer)
        return self.visible_to(user, reach).filter(whole | bodies | networks)

    def to_be_visited(self) -> Self:
        """Those that an administrator sees only by a recorded visit: of partnerships and their bodies."""
        return self.filter(Q(partnership__isnull=False) | Q(body__isnull=False))

    def in_places(self, places: Iterable[Network | Partnership | Body]) -> Self:
        """The rooms that hang directly at these places."""
        ids: dict[type, list[int]] = {Network: [], Partnership: [], Body: []}
        for place in places:
            ids[type(place)].append(place.pk)
        return self.filter(Q(network__in=ids[Network]) | Q(partnership__in=ids[Partnership]) | Q(body__in=ids[Body]))

    def with_place(self) -> Self:
        """Each with what its name, its heading and its state are worked out from."""
        return self.select_related("network", "partnership__network", "body__partnership__network")

    def with_unread(self, user: User) -> Self:
        """Each with ``last_read_number`` and ``unread`` of ``user``. Who has no marker yet (``unjoined``) has read
        everything."""
        return self.alias(own=own_marker(user)).annotate(
            last_read_number=Coalesce(F("own__last_read_number"), F("message_count")),
            unread=F("message_count") - Coalesce(F("own__last_read_number"), F("message_count")),
            unjoined=Q(own__isnull=True),
            favourite=F("own__favourite"),
            silenced_until=F("own__silenced_until"),
        )

    def total_unread(self, user: User) -> int:
        """How many messages ``user`` has not read in all of these, in one query."""
        return int(self.with_unread(user).aggregate(total=Sum("unread"))["total"] or 0)

    def with_last_words(self) -> Self:
        """Each with ``last_author`` (a name), ``last_body``, ``last_attachments`` and ``last_language`` of its newest
        message."""
        newest = FilteredRelation("messages", condition=Q(messages__number=F("message_count")))
        return self.alias(newest=newest).annotate(
            last_author=F("newest__author__name"),
            last_body=F("newest__body"),
            last_attachments=F("newest__attachments"),
            last_language=F("newest__language"),
        )

    def advance(self, rooms: Iterable["Room"]) -> None:
        """Keep where these rooms stand after new messages; their rows are locked."""
        put = Adapter()
        rows = [(one.pk, one.version, one.message_count, put.moment(one.last_posted_at)) for one in rooms]
        write(ADVANCE, ADVANCED, rows)

    def by_place(self) -> Self:
        """In the order of the list: networks first, then partnership by partnership, the room before its bodies."""
        return self.order_by(
            F("network__begins").asc(nulls_last=True),
            F("network").asc(nulls_last=True),
            Coalesce("partnership__name", "body__partnership__name"),
            F("partnership").asc(nulls_last=True),
            "pk",
        )


ADVANCED = {"id": "bigint", "version": "bigint", "message_count": "bigint", "last_posted_at": "timestamptz"}
ADVANCE = f"""
WITH given ({", ".join(ADVANCED)}) AS ({{given}})
UPDATE chat_room
SET version = given.version, message_count = given.message_count, last_posted_at = given.last_posted_at
FROM given WHERE chat_room.id = given.id
"""  # noqa: S608 (names of our own columns)


def seated(people: Iterable[int]) -> models.QuerySet[User]:
    """Those of these people who hold any seat now, by name."""
    seats = Membership.objects.current().exclude(function__in=OPEN_NOTHING)
    return User.objects.filter(pk__in=list(people), is_active=True, memberships__in=seats).distinct().order_by("name")


class Room(models.Model):
    """A place to talk, with the numbers that every reader compares (see docs/chat-protocol.md).

    ``version`` grows by one with every change, under the row's lock, so commit order is version order;
    ``message_count`` is the highest message number; ``access`` grows whenever who may see the room changes.
    """

    class Kind(models.TextChoices):
        SQUARE = "square", _("Square")
        ANNOUNCEMENTS = "announcements", _("Announcements")
        PARTNERSHIP = "partnership", _("Partnership")
        BODY = "body", _("Body")
        TOPIC = "topic", _("Topic")
        EVENT = "event", _("Event")
        DIRECT = "direct", _("Direct")

    kind = models.CharField(_("kind"), max_length=13, choices=Kind)
    network = models.ForeignKey(
        Network, models.PROTECT, related_name="rooms", null=True, blank=True, verbose_name=_("network")
    )
    partnership = models.ForeignKey(
        Partnership, models.PROTECT, related_name="rooms", null=True, blank=True, verbose_name=_("partnership")
    )
    body = models.ForeignKey(Body, models.PROTECT, related_name="rooms", null=True, blank=True, verbose_name=_("body"))
    title = models.CharField(_("title"), max_length=120, blank=True)
    party = models.JSONField(
        default=list, editable=False, help_text="who may read a direct conversation now (ids), as its participants say"
    )
    party_key = models.CharField(
        max_length=200, null=True, unique=True, editable=False, help_text="the same people find the same conversation"
    )
    purpose = models.CharField(_("what it is about"), max_length=300, blank=True)
    theme = models.ForeignKey(Theme, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name=_("theme"))
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, editable=False)
    version = models.PositiveBigIntegerField(default=0, editable=False)
    message_count = models.PositiveBigIntegerField(default=0, editable=False)
    access = models.PositiveBigIntegerField(default=1, editable=False)
    state_version = models.PositiveBigIntegerField(
        default=0, editable=False, help_text="the version of the room's own last change"
    )
    floor = models.PositiveBigIntegerField(default=0, editable=False)
    kept_count = models.PositiveIntegerField(default=0, editable=False)
    open_questions = models.PositiveIntegerField(default=0, editable=False)
    last_posted_at = models.DateTimeField(null=True, editable=False)
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    called: str = ""
    """What its reader calls a direct conversation (``chat.naming``)."""

    objects: ClassVar[Rooms] = Rooms.as_manager()  # type: ignore[assignment]  # a manager has its verbs

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        constraints = [
            models.UniqueConstraint(
                fields=["network", "kind"],
                condition=Q(kind__in=["square", "announcements"]),
                name="one_square_and_one_announcements_a_network",
            ),
            models.UniqueConstraint(
                fields=["partnership"], condition=Q(kind="partnership"), name="one_room_a_partnership"
            ),
            models.UniqueConstraint(fields=["body"], condition=Q(kind="body"), name="one_room_a_body"),
            *(
                models.UniqueConstraint(
                    Lower("title"),
                    place,
                    condition=Q(kind="topic", archived_at=None),
                    name=f"one_open_topic_of_a_name_a_{place}",
                )
                for place in ("network", "partnership")
            ),
            models.CheckConstraint(
                name="room_hangs_at_its_place",
                condition=Q(kind__in=["square", "announcements"], network__isnull=False, partnership=None, body=None)
                | Q(kind="partnership", network=None, partnership__isnull=False, body=None)
                | Q(kind="body", network=None, partnership=None, body__isnull=False)
                | Q(kind="direct", network=None, partnership=None, body=None)
                | Q(kind__in=["topic", "event"]),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("chat:room", args=[self.pk])

    @property
    def name(self) -> str:
        """What the room is called within its place, in the current language."""
        if self.title or self.called:
            return self.title or self.called
        if self.kind == self.Kind.PARTNERSHIP and self.partnership:
            return self.partnership.name
        if self.kind == self.Kind.BODY and self.body:
            return str(self.body.get_kind_display())
        if self.kind == self.Kind.DIRECT:
            return gettext("Private conversation")
        return str(self.get_kind_display())

    @property
    def place(self) -> Network | Partnership | Body | None:
        """Where it hangs; None for a direct conversation."""
        return self.body or self.partnership or self.network

    @property
    def whole(self) -> Network | Partnership | None:
        """What it is listed under: its network or its partnership."""
        return (self.body.partnership if self.body else self.partnership) or self.network

    @property
    def is_closed(self) -> bool:
        """True where nobody writes any more: archived, the partnership is closed, or nobody else is there to read."""
        if self.kind == self.Kind.DIRECT:
            return len(self.party) < 2
        partnership = self.body.partnership if self.body else self.partnership
        return self.archived_at is not None or (partnership is not None and partnership.is_closed)

    def people(self) -> models.QuerySet[User]:
        """Everybody who may read it by a seat, by name: the reverse of ``visible_to``, administrators apart."""
        if self.kind == self.Kind.DIRECT:
            return seated(self.party)
        if (place := self.place) is None:
            return User.objects.none()
        left = ReadMarker.objects.filter(room=self, left_at__isnull=False).values("user")
        return people_in(place).exclude(pk__in=left)
