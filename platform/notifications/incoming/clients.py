"""How mail programs mark what is not new: who wrote it, the headers of the mail answered, signatures.

``mailparser_reply`` knows their ways in Swedish, English and French; here are Swahili, the separators it misses, and
a guard: its expressions take the cube of a line's length, and some of them fit what people write.
"""

import re

from mailparser_reply import EmailReplyParser
from mailparser_reply.constants import MAIL_LANGUAGES, QUOTED_MATCH_INCLUDE

MAIL_LANGUAGES["sw"] = {
    "wrote_header": rf"^({QUOTED_MATCH_INCLUDE}(?:Mnamo|Tarehe|Jum\w*|On)\s[^\n]+\n?[^\n]*a(?:li|me)andika\s?:)$",
    "from_header": rf"((?:(?:^|\n){QUOTED_MATCH_INCLUDE}[* ]*(?:Kutoka|Imetumwa|Kwa|Mada|Tarehe) ?:[^\n]*){{3,}})",
}
reader = EmailReplyParser(languages=["sv", "en", "fr", "sw"])

READABLE = 200
"""Characters of a line that the library is shown; a longer one is no header."""
MOST_LINES = 400
WROTE = re.compile(
    r"\b(wrote|writes|skrev|skriver|écrit|aliandika|ameandika|schrieb|escribió|escreveu|skreiv|geskryf|schreef|yanditse"
    r"|akanyora|wabhala|ubhale)\b.{0,160}:$",
    re.IGNORECASE,
)
WITNESS = re.compile(r"@|\d{1,2}[:.h]\d\d")
"""An address or an hour: what a program's line about a mail has, and a sentence about a letter rarely."""
ADDRESSED = re.compile(r"<[^<>\s]{1,64}@[^<>\s]{1,253}>.{0,80}:$")
DATED = re.compile(
    r"(on|den|le|mnamo|tarehe|am|el|em|op|ku|ngo|\w{2,4}[.,]+)\s.{0,40}\b\d{1,2}\b.{1,20}\b20\d\d\b.{0,80}:$",
    re.IGNORECASE,
)
"""How the line above a quote looks in any language: with the address of whom it quotes, or with a date."""
SEPARATOR = re.compile(
    r"-{3,}\s*(original message|ursprungligt meddelande|message d['’]origine|forwarded message"
    r"|vidarebefordrat meddelande|message transféré|ujumbe (halisi|uliosambazwa)|originalnachricht)\s*-{3,}$"
    r"|(begin forwarded message|vidarebefordrat brev|début du message (transféré|réexpédié))\s*:$",
    re.IGNORECASE,
)
WROTE_THIS = re.compile(r"(on|den|le|mnamo)\s.{8,120}@.{1,80}(wrote|skrev|a écrit|aliandika)\s?:\s*\S", re.IGNORECASE)
"""Yahoo's program for telephones, which goes on in the same line."""
FIRST = re.compile(r"\*?(from|från|de|kutoka|von|fra|van)\s?:\*?\s", re.IGNORECASE)
FURTHER = re.compile(
    r"\*?(sent|date|to|cc|subject|skickat|datum|till|kopia|ämne|envoyé|à|objet|imetumwa|tarehe|kwa|mada|gesendet|an"
    r"|betreff|sendt|til|emne|verzonden|aan|onderwerp)\s?:\*?(\s|$)",
    re.IGNORECASE,
)
SENT_FROM = re.compile(
    r"(sent from (my|mail for|outlook|yahoo|proton|samsung|gmail)|get outlook for"
    r"|skickat från (min|mitt|outlook|mail|e-post|yahoo|samsung|proton)|skickades från outlook|(hämta|skaffa) outlook"
    r"|envoyé (de mon|de ma|depuis|à partir)"
    r"|(obtenez|obtenir|télécharger|téléchargez) outlook|imetumwa kutoka|pata outlook)\b",
    re.IGNORECASE,
)
CLOSING = re.compile(
    r"((with )?(best|kind|kindest|warm|warmest|many)?( and \w+)? ?regards|all the best|best wishes"
    r"|yours (sincerely|faithfully|truly)|sincerely"
    r"|m\.?v\.?h\b|(med )?((vänliga?|bästa|varma|hjärtliga) )?hälsning(ar)?|vänligen"
    r"|(bien )?cordialement|bien à vous|(meilleures |sincères |mes )?salutations( \w+)?"
    r"|wako (mwaminifu|mtiifu)|wasalaam)",
    re.IGNORECASE,
)
AFTERWARDS = re.compile(r"(p\.? ?s\b|obs\b|nb\b|n\.b\.)", re.IGNORECASE)
NAME = re.compile(r"[ ,.!/]*([^\W\d_a-zåäöéèêç][\w.'’-]{0,40} ?){0,3}")
SENTENCE = re.compile(r"\?$|(\S+\s+){4}\S*[.!]$")
LINK = re.compile(r"\s*[<(]https?://[^\s<>()]{1,500}[>)]")
LONGEST_SIGNATURE = 12
WIDEST_SIGNATURE = 90


def wrote(lines: list[str]) -> int:
    """How many of the lines above a quote stay: without the last one to three that say who wrote it."""
    end = len(lines)
    while end and not lines[end - 1]:
        end -= 1
    if not end or not lines[end - 1].endswith(":"):
        return len(lines)
    for start in range(end - 1, max(end - 4, -1), -1):
        said = " ".join(lines[start:end])
        if not lines[start] or len(said) > 2 * READABLE:
            break
        if (WROTE.search(said) and WITNESS.search(said)) or ADDRESSED.search(said) or DATED.match(said):
            return start
    return end


def headed(lines: list[str]) -> int:
    """Where the mail answered begins with its headers or a line across; their number where it does not."""
    for place, line in enumerate(lines):
        if SEPARATOR.match(line) or WROTE_THIS.match(line) or begins_headers(lines, place):
            return place
    return len(lines)


def is_header_block(lines: list[str], place: int) -> bool:
    """From, and two more of its like in the next five lines."""
    if not FIRST.match(lines[place][:READABLE]):
        return False
    return sum(FURTHER.match(line[:READABLE]) is not None for line in lines[place + 1 : place + 6]) >= 2


def begins_headers(lines: list[str], place: int) -> bool:
    """Headers, or Outlook's 32 underscores with headers under them."""
    if re.fullmatch(r"[_-]{32,}", lines[place]):
        return any(is_header_block(lines, under) for under in range(place + 1, min(place + 3, len(lines))))
    return is_header_block(lines, place)


def library_cut(lines: list[str]) -> int:
    """Where the library sees an older mail begin, if what it goes by looks like a program's; else their number."""
    shown = [line if len(line) <= READABLE else "…" for line in lines[:MOST_LINES]]
    replies = reader.read("\n".join(shown)).replies
    header = next((reply.headers for reply in replies if reply.headers), "")
    if not header or not (WITNESS.search(header) or header.count("\n") >= 2):
        return len(lines)
    first = " ".join(header.split("\n", 1)[0].split())
    return next((place for place, line in enumerate(shown) if " ".join(line.split()) == first), len(lines))


def signature_start(lines: list[str]) -> int:
    """Where the signature begins; their number where there is none. Lines such as *Sent from my telephone* are emptied
    on the way, wherever they stand near the end."""
    for place in range(max(len(lines) - LONGEST_SIGNATURE, 0), len(lines)):
        bare = LINK.sub("", lines[place])
        if SENT_FROM.match(bare) and len(bare.split()) <= 7 and not bare.endswith("."):
            lines[place] = ""
    for place, line in enumerate(lines):
        if line in {"--", "—", "__"} and any(lines[:place]):
            return place
        if len(lines) - place <= 2 * LONGEST_SIGNATURE and is_closing(line) and is_signature(lines[place + 1 :]):
            return place
    return len(lines)


def is_closing(line: str) -> bool:
    """*Kind regards*, alone or with a name."""
    found = CLOSING.match(line)
    return found is not None and NAME.fullmatch(line[found.end() :]) is not None


def is_signature(lines: list[str]) -> bool:
    """Whether nothing but a name and addresses follows: few short lines, no sentence, no afterthought."""
    said = [line for line in lines if line]
    if len(said) > LONGEST_SIGNATURE or any(len(line) > WIDEST_SIGNATURE or SENTENCE.search(line) for line in said):
        return False
    return not any(AFTERWARDS.match(line) for line in said)
