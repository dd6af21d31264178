"""What is surely quoted goes; what a person wrote stays, also when it looks a little like a mail program's."""

import pytest

from notifications.incoming.cutting import own_words

KEPT = {
    "a list after hyphens": "We bring:\n- the plan\n- four people",
    "thanks, and then the matter": "Hello!\nThanks, that is good.\nWe come on Tuesday with four people.",
    "thanks and a line": "Thanks,\nSee you on Tuesday",
    "a sentence that ends in wrote": "In 2019 the council wrote:\nNo new landfill before 2030.",
    "the agenda of a meeting": "Date: 12 May\nSubject: the landfill",
    "a question at the end of a greeting": "Best regards to Thandi?\nWe come on Tuesday.",
    "a path": "The file is in\n/srv/plan and /srv/map",
    "a letter from somewhere": "From: Nairobi, to: Mombasa, by train.",
    "afterwards": "We come.\n\nBest regards\nAnna\n\nPS. The bus leaves at eight.",
    "a short line that would be a paragraph": "One\ntwo\nthree",
    "swedish words for a warning": "Varning: det blir mail om detta sedan.",
    "sent from my office": "Sent from my office in Nairobi yesterday were two letters about the new landfill.",
    "what regards a thing": "Regards the landfill: no.",
    "a sentence after a greeting": "Kind regards\n\nThe bus leaves at nine, please bring boots.",
    "a boss": "Skickat från min chef igår.",
    "a virus": "It was\n\nthe virus, and confidential too.",
    "numbers and brackets": "1. Yes\n2. No [see 3]",
}


@pytest.mark.parametrize("name", list(KEPT))
def test_what_a_person_wrote_stays(name: str) -> None:
    assert own_words(KEPT[name]) == KEPT[name]


CUT = {
    "two dashes": ("We come.\n\n-- \nAnna Lind\nKarlskrona", "We come."),
    "a name after a greeting": ("We come.\n\nMvh Anna", "We come."),
    "a greeting with a comma": ("We come.\n\nBest regards, Anna", "We come."),
    "a telephone": ("We come.\n\nSent from my Galaxy", "We come."),
    "outlook on a telephone": ("We come.\n\nGet Outlook for iOS<https://aka.ms/o0ukef>", "We come."),
    "hämta outlook": ("Vi kommer.\n\nHämta Outlook för Android<https://aka.ms/x>", "Vi kommer."),
    "a german": ("Wir kommen.\n\nAm 23.11.2026 um 10:12 schrieb Anna:\n> Wann?", "Wir kommen."),
    "an older separator": ("We come.\n\n-----Original Message-----\nFrom: A\nWhen?", "We come."),
    "a forwarded mail": ("See below.\n\n---------- Forwarded message ---------\nFrom: A\n\nWords", "See below."),
    "below the quote": ("On Mon, 23 Nov 2026 at 10:12, A <a@b.example> wrote:\n> When?\n\nOn Tuesday.", "On Tuesday."),
    "below the quote without a line between": ("> When?\nOn Tuesday.", "On Tuesday."),
    "a virus below a quote": ("> What was it?\n\nA virus. It is confidential.", "A virus. It is confidential."),
    "an own line above a quote": ("I can at 14:30, since you said:\n> Come.", "I can at 14:30, since you said:"),
    "a language we do not know": ("Ee.\n\nKu wa 23 Ugu 2026 10:12, Anna <a@b.example> x:\n> Ryari?", "Ee."),
    "a french client that quotes nothing": (
        "Oui.\n\nLe lun. 23 nov. 2026 à 10:12, Anna Lind <a@b.example> a écrit :\nQuand ?",
        "Oui.",
    ),
    "an english client that quotes nothing": ("Yes.\n\nOn 23 Nov 2026, at 10:12, A <a@b.se> wrote:\nWhen?", "Yes."),
    "between quotes": ("> When?\n\nOn Tuesday.\n\n> Where?\n\nIn Rombo.", "On Tuesday.\n\nIn Rombo."),
    "the rest of a broken quote": (f"We come.\n\n> {'a long line ' * 6}that\nwas broken\n> here", "We come."),
    "an answer right under a quote": ("Hello!\n\n> When?\nOn Tuesday.", "Hello!\n\nOn Tuesday."),
    "a server's own words": (
        "We come.\n\n> When?\n\nThis message is confidential and intended only for you.",
        "We come.",
    ),
    "quotes in quotes": ("Yes.\n\n>> When?\n> Soon.", "Yes."),
    "nothing but a quote": ("> When?\n>\n", ""),
    "nothing but a signature": ("\n-- \nAnna", "--\nAnna"),
    "many empty lines": ("One.\n\n\n\nTwo.\n\n\n", "One.\n\nTwo."),
    "hard lines": (
        "We would like to see the new landfill on the first day, before the\n"
        "council meets, since the engineer who built it is there only until\nnoon.\n\nAnna",
        "We would like to see the new landfill on the first day, before the council meets, since the engineer who "
        "built it is there only until noon.\n\nAnna",
    ),
    "hard lines of a list": (
        "- We would like to see the new landfill on the first day, before it\n- then the school",
        "- We would like to see the new landfill on the first day, before it\n- then the school",
    ),
}


@pytest.mark.parametrize("name", list(CUT))
def test_what_is_not_theirs_or_not_new_goes(name: str) -> None:
    text, left = CUT[name]
    assert own_words(text) == left
