"""What this app tells the others, inside the transaction of its cause (receivers insert rows and nothing else).

``event_scheduled(event)``: a gathering was called or proposed.
``event_changed(event, changed)``: these fields (a set of names) are new; with ``"first_day"`` or ``"opens"`` it moved.
``event_cancelled(event)``: it does not take place.
``event_answered(event, answer)``: somebody said yes, maybe or no, for the first time or otherwise than before.
"""

from django.dispatch import Signal

event_scheduled = Signal()
event_changed = Signal()
event_cancelled = Signal()
event_answered = Signal()
