"""Words too common to search for, by language: short lists of our own."""

ENGLISH = """
a an and are as at be been but by can could did do does for from had has have he her his how i if in into is it its me
more my no not of on or our she should so such than that the their them then there these they this those to too us was
we were what when where which while who why will with would you your
"""
SWEDISH = """
alla allt att av bara blev bli blir de dem den denna deras dess dessa det detta dig din dina ditt du där då efter ej
eller en er era ett från för ha hade han hans har henne hennes hon hur här i icke inte jag ju kan kunde man med mellan
men mig min mina mitt mot mycket ni nu när någon något några och om oss på sedan sig sin sina sitt skall ska skulle som
så sådan till under upp ut utan vad var vara varför vem vi vid vilka vilken vilket vår våra vårt än är åt över
"""
FRENCH = """
à au aux avec ce ces cet cette comme dans de des du elle elles en entre est et été être eu il ils je la le les leur
leurs lui ma mais me même mes moi mon ne nos notre nous on ont ou où par pas plus pour qu que quel quelle quels qui sa
sans se ses si son sont sous sur ta te tes toi ton tu un une vos votre vous y c d j l m n s t
"""
SWAHILI = """
au baada bila cha hadi hata hii hiki hilo hivyo hiyo huo huu ili ingawa ja juu kabla kama kati katika kila kisha kwa
kwamba la lakini lake lao mno mtu na ndani ni pia sana si tu vya wa wake wakati wao ya yake yao yeye za zao zake
"""
STOP = {
    language: frozenset(words.split())
    for language, words in {"en": ENGLISH, "sv": SWEDISH, "fr": FRENCH, "sw": SWAHILI}.items()
}
