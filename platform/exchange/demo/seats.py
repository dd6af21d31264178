"""Fills the bodies: officials and politicians of both sides, mentors, officers, editors, and those who have left."""

from datetime import date, timedelta

from accounts.models import User
from exchange.demo.people import Cast
from exchange.demo.places import Pair
from partnerships.models import Body, Function, Membership, Network, Organisation

SIDES = ("swedish", "international")
SWEDISH, INTERNATIONAL = SIDES
FORMER = {"karlskrona-saldanha-bay", "robertsfors-machakos", "lidkoping-lusaka", "ekero-cape-agulhas"}
"""Where a councillor's seat changed hands and the one before is remembered."""


def fill_seats(cast: Cast, scale: int) -> None:
    """Everybody but the named accounts, who are there already and count as members of their bodies."""
    seat_named_speakers(cast)
    for slug, pair in cast.places.pairs.items():
        for which in SIDES:
            if pair.is_past:
                fill_archive(cast, slug, pair, which)
            else:
                fill_side(cast, slug, pair, which, scale)
    for network in cast.places.networks.values():
        fill_network(cast, network)
    seat_alumni(cast)


def seat_named_speakers(cast: Cast) -> None:
    """The accounts speak first on their side, so that whoever signs in finds their own words."""
    for email, slug, which, body in [
        ("coordinator@karlskrona.example", "karlskrona-saldanha-bay", SWEDISH, "working"),
        ("official@saldanhabay.example", "karlskrona-saldanha-bay", INTERNATIONAL, "working"),
        ("councillor@karlskrona.example", "karlskrona-saldanha-bay", SWEDISH, "steering"),
        ("official@rombo.example", "alvsbyn-rombo", INTERNATIONAL, "working"),
    ]:
        cast.crews[slug, which, body].append(cast.accounts[email])


def fill_side(cast: Cast, slug: str, pair: Pair, which: str, scale: int) -> None:
    """One side of a living partnership, ``scale`` times over: three to five officials, two or three who decide."""
    sides = pair.swedish if which == SWEDISH else pair.international
    named = {seat.function for seat in cast.seats if seat.person in cast.crews[slug, which, "working"]}
    for round_ in range(scale):
        wanted = [Function.COORDINATOR, Function.PROJECT_MANAGER, Function.PROJECT_MEMBER]
        wanted += [Function.PROJECT_MEMBER] * (cast.chance.random() < 0.15)
        for index, function in enumerate(wanted):
            if round_ or function not in {Function.COORDINATOR, Function.PROJECT_MANAGER} & named:
                seat_official(cast, slug, pair, which, function, sides[index % len(sides)])
        for index, political in enumerate(Membership.Political.values):
            if round_ or not (political == Membership.Political.MAJORITY and cast.crews[slug, which, "steering"]):
                seat_councillor(cast, slug, pair, which, political, sides[index % len(sides)])
        if cast.chance.random() < 0.3:
            seat_manager(cast, slug, pair, which, sides[0])


def newcomer(cast: Cast, slug: str, which: str, function: str, organisation: Organisation, since: date) -> User:
    """Somebody invented for one side of a partnership, told apart from all others of the partnership by name."""
    among = [person for (of, *_rest), crew in cast.crews.items() if of == slug for person in crew]
    return cast.invent(organisation, cast.title(which, function), since, among)


def seat_official(cast: Cast, slug: str, pair: Pair, which: str, function: str, organisation: Organisation) -> None:
    """A coordinator sits in the partnership and works in the group; the others sit in the group."""
    begins = pair.partnership.begins
    person = newcomer(cast, slug, which, function, organisation, begins)
    cast.crews[slug, which, "working"].append(person)
    if function == Function.COORDINATOR:
        cast.seat(person, function, begins, partnership=pair.partnership)
        function = Function.PROJECT_MEMBER
    cast.seat(person, function, begins, body=pair.working)


def seat_councillor(cast: Cast, slug: str, pair: Pair, which: str, political: str, organisation: Organisation) -> None:
    """A politician of the majority or the opposition; in some places after somebody else, whose seat has ended."""
    begins, steering = pair.partnership.begins, pair.bodies[Body.Kind.STEERING]
    person = newcomer(cast, slug, which, Function.COUNCILLOR, organisation, begins)
    cast.crews[slug, which, "steering"].append(person)
    if slug in FORMER and political == Membership.Political.OPPOSITION:
        change = cast.day - timedelta(days=cast.chance.randint(330, 360))
        change = max(change, begins + timedelta(days=30))
        before = newcomer(cast, slug, which, Function.COUNCILLOR, organisation, begins)
        cast.seat(before, Function.COUNCILLOR, begins, ends=change, body=steering, political=political)
        begins = change + timedelta(days=1)
    cast.seat(person, Function.COUNCILLOR, begins, body=steering, political=political)


def seat_manager(cast: Cast, slug: str, pair: Pair, which: str, organisation: Organisation) -> None:
    """A senior manager in the steering group."""
    begins = pair.partnership.begins
    person = newcomer(cast, slug, which, Function.SENIOR_MANAGER, organisation, begins)
    cast.crews[slug, which, "steering"].append(person)
    cast.seat(person, Function.SENIOR_MANAGER, begins, body=pair.bodies[Body.Kind.STEERING])


def fill_archive(cast: Cast, slug: str, pair: Pair, which: str) -> None:
    """Three officials of a closed partnership, whose seats ``close_archive`` ends once they have spoken."""
    organisation = (pair.swedish if which == SWEDISH else pair.international)[0]
    for function in (Function.COORDINATOR, Function.PROJECT_MANAGER, Function.PROJECT_MEMBER):
        person = newcomer(cast, slug, which, function, organisation, pair.partnership.begins)
        cast.crews[slug, which, "working"].append(person)
        cast.seat(person, function, pair.partnership.begins, partnership=pair.partnership)


def fill_network(cast: Cast, network: Network) -> None:
    """Those around the partnerships: an officer, mentors, an expert, an editor, staff of the partner organisation."""
    icld, partner = cast.places.organisations["icld"], cast.places.organisations["iclei-africa"]
    university = cast.places.organisations["example-university"]
    officer = cast.accounts["officer@icld.example"]
    if not any(seat.person == officer and seat.network == network for seat in cast.seats):
        officer = around(cast, icld, "Programme officer", Function.PROGRAMME_OFFICER, network)
    cast.officers[network.slug] = officer
    around(cast, icld, "Editor of the knowledge repository", Function.KNOWLEDGE_EDITOR, network)
    around(cast, partner, "Programme manager", Function.PARTNER_STAFF, network)
    around(cast, university, "Adviser on municipal finance", Function.EXPERT, network)
    mentors = [
        around(cast, icld, "Adviser on local democracy", Function.MENTOR, network),
        around(cast, partner, "Adviser on climate and water", Function.MENTOR, network),
    ]
    for index, pair in enumerate(cast.places.pairs_of(network)):
        seat_mentor(cast, pair, mentors[index % 2])


def around(cast: Cast, organisation: Organisation, title: str, function: str, network: Network) -> User:
    """Somebody with a seat in the network itself."""
    person = cast.invent(organisation, title, network.begins, cast.people)
    cast.seat(person, function, network.begins, network=network)
    return person


def seat_mentor(cast: Cast, pair: Pair, mentor: User) -> None:
    """A mentor is a guest of the partnership and of each of its bodies."""
    slug, begins = pair.partnership.slug, pair.partnership.begins
    cast.mentors[slug] = mentor
    cast.seat(mentor, Function.MENTOR, begins, partnership=pair.partnership)
    for body in pair.bodies.values():
        cast.seat(mentor, Function.MENTOR, begins, body=body)


def seat_alumni(cast: Cast) -> None:
    """Some who were there before: their seat in the group has ended, an alumnus's has begun. And three others."""
    for slug in ("robertsfors-machakos", "lidkoping-lusaka", "jonkoping-stellenbosch", "umea-kajiado"):
        pair = cast.places.pairs[slug]
        begins = pair.partnership.begins
        left = begins + (cast.day - begins) / 2
        person = newcomer(cast, slug, SWEDISH, Function.PROJECT_MEMBER, pair.swedish[0], begins)
        cast.seat(person, Function.PROJECT_MEMBER, begins, ends=left, body=pair.working)
        cast.seat(person, Function.ALUMNUS, left + timedelta(days=1), network=pair.partnership.network)
    for slug, home, function, title in [
        ("karlskrona-saldanha-bay", "bay-youth-forum", Function.CIVIL_SOCIETY, "Chair of the youth forum"),
        ("vasterbotten-umea-kisumu", "lake-pickers", Function.CIVIL_SOCIETY, "Secretary of the cooperative"),
        (
            "exempelkommun-exempeldistrikt",
            "exempeldistrikt",
            Function.INTERPRETER,
            "Interpreter, French and Kinyarwanda",
        ),
    ]:
        pair = cast.places.pairs[slug]
        person = cast.invent(cast.places.organisations[home], title, pair.partnership.begins, cast.people)
        cast.seat(person, function, pair.partnership.begins, partnership=pair.partnership)
