"""Who comes: the answers to a gathering, by the organisation that each person is there for."""

from collections.abc import Collection
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from events.models import Answer, Event, Move
from partnerships.models import Membership, Organisation
from partnerships.permissions import seats_reaching


@dataclass
class Party:
    """One organisation's people by their answer; None gathers those who no longer sit for any."""

    organisation: Organisation | None
    yes: list[User] = field(default_factory=list)
    maybe: list[User] = field(default_factory=list)
    no: list[User] = field(default_factory=list)


@dataclass(frozen=True)
class Attendance:
    """Everybody's answers, the reader's own apart, how many have not answered, and whether the reader
    answered before the last move."""

    parties: list[Party]
    mine: Answer | None
    yes: int
    maybe: int
    no: int
    silent: int
    stale: bool

    @property
    def summary(self) -> str:
        """``13 yes, 2 maybe, 1 no, 2 not answered``; what is none is not said, but for yes."""
        told = [
            ngettext("%(n)d yes", "%(n)d yes", self.yes) % {"n": self.yes},
            ngettext("%(n)d maybe", "%(n)d maybe", self.maybe) % {"n": self.maybe} if self.maybe else "",
            ngettext("%(n)d no", "%(n)d no", self.no) % {"n": self.no} if self.no else "",
            ngettext("%(n)d not answered", "%(n)d not answered", self.silent) % {"n": self.silent}
            if self.silent
            else "",
        ]
        return ", ".join(part for part in told if part)


def attendance(event: Event, reader: User) -> Attendance:
    """Three queries: the answers, the seats of those who answered, who is in the audience."""
    answers = list(event.answers.select_related("person").order_by("person__name"))
    here = dict(seats_reaching(event.audience).values_list("pk", "person"))
    seats = organisations_of([answer.person for answer in answers], here.keys())
    parties: dict[int | None, Party] = {}
    for answer in answers:
        organisation = seats.get(answer.person_id)
        party = parties.setdefault(organisation.pk if organisation else None, Party(organisation))
        getattr(party, answer.choice).append(answer.person)
    counts = {choice: sum(answer.choice == choice for answer in answers) for choice in Answer.Choice.values}
    mine = next((answer for answer in answers if answer.person_id == reader.pk), None)
    return Attendance(
        parties=sorted(parties.values(), key=party_order),
        mine=mine,
        stale=mine is not None and any(is_news(move, mine) for move in event.moves.all()),
        silent=len(set(here.values()) - {answer.person_id for answer in answers}),
        **counts,
    )


def is_news(move: Move, mine: Answer) -> bool:
    """True when the time was changed after this answer, by somebody else."""
    return move.moved_at > mine.answered_at and move.moved_by_id != mine.person_id


def party_order(party: Party) -> tuple[bool, int, str]:
    """Those of whom most come first, then by name; those without an organisation last."""
    return (party.organisation is None, -len(party.yes), str(party.organisation or ""))


def organisations_of(people: list[User], here: Collection[int]) -> dict[int, Organisation]:
    """Whom each person sits for: by one of the seats ``here`` (their ids) if there is one, otherwise by any."""
    seats = Membership.objects.current().filter(person__in=people).select_related("organisation")
    ordered = sorted(seats, key=lambda seat: (seat.pk in here, -seat.pk))
    return {seat.person_id: seat.organisation for seat in ordered}


def told(choice: str, event: Event) -> str:
    """What is said back to the person who answered."""
    words = {"yes": _("You answered yes to “%(title)s”."), "maybe": _("You answered maybe to “%(title)s”.")}
    return words.get(choice, _("You answered no to “%(title)s”.")) % {"title": event.title}
