"""Messages to the screens of a person's devices, through the push services of the browsers' makers (RFC 8030).

``hosts`` says which services may be named, ``devices`` which browsers take messages and from where one asks, ``vapid``
signs for this installation (RFC 8292), ``message`` is what is said, ``posting`` encrypts it (RFC 8291) and hands it
over. When and to whom is ``notifications.pushing``.
"""
