"""The one way to reach an open browser. Knows sockets and topics, and no app.

A topic is ``kind:id``. An app registers what it knows of its kind, then publishes from any thread or process::

    kinds.register("room", heads=…, fill=…, admits=…)
    publishing.publish("room:7", {"type": "change", …}, version=352, access=4)
    publishing.publish("user:12", {"type": "read", …})

What is published leaves after the commit, once, and reaches every socket on the topic, whatever its process. It is a
hint: what is lost on the way is found by the versions and fetched from the database.
"""
