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

GENERAL_ENGLISH = """
access action anti building change clean data economic economy effective efficiency environment equality finance follow
government inclusive information infrastructure integration just leadership local municipal open organisation political
project quality reduction right risk scarcity self settlement solution supply system use
"""
GENERAL_SWEDISH = """
anti dat ekonomi ekonomisk fort hall hållbar hållbara hållbart info inte information kata koll komm kommunal kommunala
lar leda ledarskap ledare lokal lokala lokalt lösning lösningar minska minskade mång mångfald natu organisation
organisatorisk politisk politiska projekt ren roll rätt system till utveck utveckling åter över öppen öppna
"""
GENERAL_FRENCH = """
accès action autonomie base bassin capacité changement contrôle développement données durable durables efficacité
finance financement fondées gestion information intégration leadership local locale lutte numérique ouvertes plan
politique projet propre propres qualité réduction renforcement risque société solution solutions suivi
système usées vers
"""
GENERAL_SWAHILI = """
data eneo kali kazi kuendesha kujenga malengo maendeleo matumizi mazingira mifumo mipango miradi mpango ngazi safi
serikali uongozi usimamizi utekelezaji uwezo wananchi watu wenye
"""
GENERAL = {
    language: tuple(words.split())
    for language, words in {
        "en": GENERAL_ENGLISH,
        "sv": GENERAL_SWEDISH,
        "fr": GENERAL_FRENCH,
        "sw": GENERAL_SWAHILI,
    }.items()
}
"""Words that stand in a concept's name and yet tell of nothing (*change* of *climate change*)."""
AMBIGUOUS = {"LED", "LoCAL", "WASH", "refuse"}
"""Names that are everyday words as well: in lower case, or as a verb (a clerk *refused*)."""
