"""A disk that is slow at times: now and then a commit takes long, so that whoever tells of it too early is caught."""

from django.db import connection

SHARE = 0.03
"""Of the changes of rooms, this part is slow to commit."""
SECONDS = 0.3
TRIGGER = f"""
CREATE FUNCTION take_long() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN IF random() < {SHARE} THEN PERFORM pg_sleep({SECONDS}); END IF; RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER slow_disk AFTER UPDATE ON chat_room
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION take_long();
"""
"""A deferred trigger runs within COMMIT, before anybody else sees what is committed."""


def slow_down() -> None:
    """From now on. (SQLite has no such moment between writing and being seen.)"""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(TRIGGER)
