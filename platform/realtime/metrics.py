"""What an operator sees of sockets and the bus, at ``/metrics`` (Prometheus' text format). Numbers of this process."""

from prometheus_client import Counter, Gauge

SOCKETS = Gauge("exchange_sockets", "Open sockets.")
TOPICS = Gauge("exchange_topics", "Topics that somebody here listens to.")
FRAMES = Counter("exchange_frames", "Frames written to sockets, by the way they went.", ["way"])
DIRECT, ORDINARY = FRAMES.labels("direct"), FRAMES.labels("ordinary")
SLOW = Counter("exchange_slow_readers", "Sockets closed because their client read too slowly (4408).")
GAPS = Counter("exchange_gaps_filled", "Pages read from the database for topics whose next change had not come.")
MOVED = Counter("exchange_access_checks", "Looks into the rights of a topic's listeners, after they had changed.")
REMOVED = Counter("exchange_removed_listeners", "Listeners who lost a topic with their right to it.")
BUS_UP = Gauge("exchange_bus_up", "1 while the bus between processes is connected, or none is needed.")
BUS_IN = Counter("exchange_bus_heard", "Items that came from other processes.")
BUS_OUT = Counter("exchange_bus_told", "Items that were told to other processes.")
BUS_LOST = Counter("exchange_bus_refused", "Attempts to tell other processes that the bus did not take.")
