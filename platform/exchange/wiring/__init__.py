"""When this, then that: the only place that knows two apps at once. One file per app that something is heard from."""
