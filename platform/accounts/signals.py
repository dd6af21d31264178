"""What this app tells the others about a person's way in, and about the clock they live by.

``signed_out(user, session_key)``:
    one browser signed out; what it holds open must close.
``access_lost(user, request)``:
    password changed or forgotten, signed out elsewhere, or the account was closed: everything that any browser or
    program of theirs holds open must close. Whoever is still let in comes back by themselves. ``request`` comes from
    the browser in which it was done, by the person themselves; None where nobody's stays signed in.
``zone_changed(user)``:
    the person's clock is another one from now on, in the same transaction.
"""

from django.dispatch import Signal

signed_out = Signal()
access_lost = Signal()
zone_changed = Signal()
