"""What a person should be told, and how: under the bell, by mail, by push, in a digest.

    kinds.register(Kind("mention", …))           from ``<app>/notices.py``, once, when the apps are ready
    notify(people, about, Why("mention", …))     in the transaction of its cause

``about`` is a ``things.Thing``. A cause tells a person once, whatever calls ``notify`` again. Access is asked again
when something leaves: what a person may no longer see is dropped.
"""
