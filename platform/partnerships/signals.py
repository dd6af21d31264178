"""What this app tells the others, inside the transaction of its cause (receivers insert rows and nothing else).

``network_created(network)``, ``partnership_created(partnership)``, ``body_created(body)``:
    a place exists now.
``partnership_changed(partnership)``:
    its name, status or network changed.
``access_changed(places, people)``:
    who may enter these places (Network, Partnership or Body objects) changed, for ``people`` (a set of user ids).
"""

from django.dispatch import Signal

network_created = Signal()
partnership_created = Signal()
partnership_changed = Signal()
body_created = Signal()
access_changed = Signal()
