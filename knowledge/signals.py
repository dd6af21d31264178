"""What this app tells the others, inside the transaction of its cause (receivers insert rows and nothing else).

``words_quoted(lesson, sources)``:
    the lesson quotes these things now, and no others: a list of (kind, id), as ``things`` knows them.
"""

from django.dispatch import Signal

words_quoted = Signal()
