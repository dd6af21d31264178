"""Which of the exchange's languages a text is written in: a guess from its small words and letters.

The small words of a language are a fifth to a half of any text in it (Zipf), and hardly shared: ten words are
most often enough. A guess that is not clear is not made; the writer is asked instead.
"""

import re

SMALL_WORDS = {
    "en": "the and of to in is was for that with on are we it as by from this be were our at have not they which has "
    "had but their there when who will what you your would can been",
    "sv": "och att det som en på är av för med den till inte har de om ett vi var men så han hon kan när skulle från "
    "vår våra där efter utan eller också hade ska blev bara mycket sedan",
    "fr": "le la les de des du et un une est dans que qui pour par sur pas ne au aux avec ce cette nous vous ils sont "
    "été plus mais ou son ses leur leurs nos notre était avait fait",
    "sw": "ya wa na kwa ni za la katika cha kuwa hii yake hiyo wao sisi kama lakini au si huo hilo yetu wetu zetu pia "
    "kila mwaka watu hawa baada kabla bila tu sana ambao ambayo hapo kwenye",
}
LETTERS = {"sv": "åäö", "fr": "éèêàçùîôœ"}
LETTER_WEIGHT = 0.5
CLEAR = 1.5
"""How many times more evidence the first language must have than the second."""
ENOUGH = 2.0
"""Small words (or twice as many letters) below which nothing is said."""

WORD = re.compile(r"\w+")

spoken_in: dict[str, list[str]] = {}
"""Small word → the languages that have it."""
for _language, _words in SMALL_WORDS.items():
    for _word in _words.split():
        spoken_in.setdefault(_word, []).append(_language)


def guess_language(text: str, limit: int = 4000) -> str | None:
    """``sv``, ``en``, ``fr`` or ``sw``, from the first ``limit`` characters; None where it is not clear."""
    sample = text[:limit].casefold()
    evidence = dict.fromkeys(SMALL_WORDS, 0.0)
    for word in WORD.findall(sample):
        for language in spoken_in.get(word, ()):
            evidence[language] += 1
    if not sample.isascii():
        for language, letters in LETTERS.items():
            evidence[language] += LETTER_WEIGHT * sum(sample.count(letter) for letter in letters)
    (most, first), (second, _) = sorted(((weight, language) for language, weight in evidence.items()), reverse=True)[:2]
    return first if most >= ENOUGH and most >= CLEAR * second else None
