"""What this app tells the others, inside the transaction of its cause (receivers insert rows and nothing else).

``answer_accepted(question, answer)``:
    somebody who may say so took one message for the answer of a question; both are ids of messages.
"""

from django.dispatch import Signal

answer_accepted = Signal()
