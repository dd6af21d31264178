"""Answers to one question as the mail programs of our municipalities write them, and what should be left of each."""

GMAIL_SV = """
Content-Type: multipart/alternative; boundary="000000000000a1b2c3"

--000000000000a1b2c3
Content-Type: text/plain; charset="UTF-8"
Content-Transfer-Encoding: quoted-printable

Hej Thandi!

Vi kommer p=C3=A5 tisdag med fyra personer och stannar till torsdag, om det =
passar
er. Kan ni boka rum?

Den m=C3=A5n 23 nov. 2026 kl 10:12 skrev Thandi Mokoena, Exchange <
exchange@test.example>:

> N=C3=A4r kommer ni?
>
> --
> Why you get this: somebody mentions you.
>

--000000000000a1b2c3
Content-Type: text/html; charset="UTF-8"

<div dir="ltr">Hej Thandi!</div>
--000000000000a1b2c3--
"""

GMAIL_EN = """
Content-Type: text/plain; charset="UTF-8"

We come on Tuesday.

On Mon, 23 Nov 2026 at 10:12, Thandi Mokoena, Exchange <exchange@test.example>
wrote:

> When do you come?
>
"""

GMAIL_FR = """
Content-Type: text/plain; charset="UTF-8"

Nous arrivons mardi.

Le lun. 23 nov. 2026 à 10:12, Thandi Mokoena, Exchange <exchange@test.example>
a écrit :

> Quand arrivez-vous ?
>
"""

GMAIL_HTML = """
Content-Type: text/html; charset="UTF-8"

<div dir="ltr"><div>Vi kommer på <b>tisdag</b>.</div><div><br></div><div>Läs <a href="https://karlskrona.test/plan">\
planen</a>.</div></div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">Den mån 23 \
nov. 2026 kl 10:12 skrev Thandi &lt;<a href="mailto:x@y.example">x@y.example</a>&gt;:<br></div><blockquote \
class="gmail_quote" style="margin:0"><p>När kommer ni?</p></blockquote></div>
"""

OUTLOOK_SV = """
Content-Type: text/plain; charset="utf-8"

Vi kommer på tisdag.

Med vänlig hälsning

Anna Lind
Miljöstrateg
Karlskrona kommun, 371 83 Karlskrona
0455-30 00 00

Från: Thandi Mokoena, Exchange <exchange@test.example>
Skickat: den 23 november 2026 10:12
Till: Anna Lind <anna@karlskrona.test>
Ämne: Avfall

När kommer ni?
"""

OUTLOOK_EN = """
Content-Type: text/plain; charset="utf-8"

We come on Tuesday.

Kind regards,
Sipho Dlamini
Manager: Solid Waste

________________________________
From: Anna Lind, Exchange <exchange@test.example>
Sent: Monday, 23 November 2026 10:12
To: Sipho Dlamini <sipho@saldanha.test>
Subject: Waste

When do you come?
"""

OUTLOOK_FR = """
Content-Type: text/plain; charset="utf-8"

Nous arrivons mardi.

Cordialement,
Jeanne Uwase

De\u00a0: Anna Lind, Exchange <exchange@test.example>
Envoyé\u00a0: lundi 23 novembre 2026 10:12
À\u00a0: Jeanne Uwase <jeanne@huye.test>
Objet\u00a0: Déchets

Quand arrivez-vous ?
"""

OUTLOOK_HTML = """
Content-Type: text/html; charset="utf-8"

<html><head><style>p.MsoNormal {margin:0}</style><title>x</title></head><body lang="SV"><div class="WordSection1">\
<p class="MsoNormal">Vi kommer på tisdag.<o:p></o:p></p><p class="MsoNormal"><o:p>&nbsp;</o:p></p><div style="border:\
none;border-top:solid #E1E1E1 1.0pt"><p class="MsoNormal"><b>Från:</b> Thandi &lt;x@y.example&gt; <br><b>Skickat:</b> \
den 23 november 2026 10:12<br><b>Till:</b> Anna<br><b>Ämne:</b> Avfall</p></div><p>När?</p></div></body></html>
"""

OUTLOOK_PHONE = """
Content-Type: text/html; charset="utf-8"

<div>We come on Tuesday.</div><div><br></div><div id="ms-outlook-mobile-signature">Get <a href="https://aka.ms/x">\
Outlook for Android</a></div><hr><div id="divRplyFwdMsg"><b>From:</b> Anna</div><div>When do you come?</div>
"""

IPHONE = """
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

Vi kommer p=C3=A5 tisdag.

Skickat fr=C3=A5n min iPhone

> 23 nov. 2026 kl. 10:12 skrev Thandi Mokoena, Exchange <exchange@test.example>:
>=20
> =EF=BB=BFN=C3=A4r kommer ni?
"""

IPHONE_EN = """
Content-Type: text/plain; charset=us-ascii

We come on Tuesday.

Sent from my iPhone

> On 23 Nov 2026, at 10:12, Anna Lind <exchange@test.example> wrote:
>
> When do you come?
"""

THUNDERBIRD = """
Content-Type: text/plain; charset=UTF-8; format=flowed

On 23/11/2026 10:12, Thandi Mokoena, Exchange wrote:
> When do you come? And how many will \r
> you be?

We come on Tuesday with four people, and would like to see the new \r
landfill before the council meets.

> Is Swedish coffee really so weak?
No.

-- \r
Anna Lind, Karlskrona
"""

SWAHILI = """
Content-Type: text/plain; charset="UTF-8"

Asante sana. Tutafika Jumanne saa nne asubuhi, watu wanne.

Mnamo Jum, 23 Nov 2026 saa 10:12 Anna Lind, Exchange <exchange@test.example>
aliandika:

> Mtafika lini?

Imetumwa kutoka kwa simu yangu
"""

SWAHILI_BARE = """
Content-Type: text/plain; charset="UTF-8"

Tutafika Jumanne.

Mnamo Jum, 23 Nov 2026 saa 10:12 Anna Lind <exchange@test.example> aliandika:
Mtafika lini?
"""

YAHOO = """
Content-Type: text/plain; charset=UTF-8

 We come on Tuesday.
Sent from Yahoo Mail on Android

  On Mon, Nov 23, 2026 at 10:12, Anna Lind<exchange@test.example> wrote:   When do you come?
"""

LEFT = {
    "GMAIL_SV": "Hej Thandi!\n\nVi kommer på tisdag med fyra personer och stannar till torsdag, om det passar er. "
    "Kan ni boka rum?",
    "GMAIL_EN": "We come on Tuesday.",
    "GMAIL_FR": "Nous arrivons mardi.",
    "GMAIL_HTML": "Vi kommer på tisdag.\n\nLäs planen (https://karlskrona.test/plan).",
    "OUTLOOK_SV": "Vi kommer på tisdag.",
    "OUTLOOK_EN": "We come on Tuesday.",
    "OUTLOOK_FR": "Nous arrivons mardi.",
    "OUTLOOK_HTML": "Vi kommer på tisdag.",
    "OUTLOOK_PHONE": "We come on Tuesday.",
    "IPHONE": "Vi kommer på tisdag.",
    "IPHONE_EN": "We come on Tuesday.",
    "THUNDERBIRD": "We come on Tuesday with four people, and would like to see the new landfill before the council "
    "meets.\n\nNo.",
    "SWAHILI": "Asante sana. Tutafika Jumanne saa nne asubuhi, watu wanne.",
    "SWAHILI_BARE": "Tutafika Jumanne.",
    "YAHOO": "We come on Tuesday.",
}

MAILS = {
    "GMAIL_SV": GMAIL_SV,
    "GMAIL_EN": GMAIL_EN,
    "GMAIL_FR": GMAIL_FR,
    "GMAIL_HTML": GMAIL_HTML,
    "OUTLOOK_SV": OUTLOOK_SV,
    "OUTLOOK_EN": OUTLOOK_EN,
    "OUTLOOK_FR": OUTLOOK_FR,
    "OUTLOOK_HTML": OUTLOOK_HTML,
    "OUTLOOK_PHONE": OUTLOOK_PHONE,
    "IPHONE": IPHONE,
    "IPHONE_EN": IPHONE_EN,
    "THUNDERBIRD": THUNDERBIRD,
    "SWAHILI": SWAHILI,
    "SWAHILI_BARE": SWAHILI_BARE,
    "YAHOO": YAHOO,
}
