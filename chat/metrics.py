"""What an operator sees of the writer, at ``/metrics``. Numbers of this process."""

from prometheus_client import Counter, Gauge, Histogram

WAITING = Gauge("exchange_posts_waiting", "Posts that wait for the writer.")
BATCH_SIZE = Histogram(
    "exchange_batch_size", "Posts stored in one transaction.", buckets=(1, 2, 5, 10, 20, 50, 100, 200, 500)
)
POSTS = Counter("exchange_posts", "Posts answered, by what became of them.", ["outcome"])
STORED = POSTS.labels("stored")
ALONE = Counter("exchange_posts_alone", "Posts tried alone, because the batch that they were in had failed.")
