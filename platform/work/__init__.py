"""Work in the background: jobs that are tried again, what falls due, progress that a page can show.

    @job(attempts=8)                        in ``<app>/jobs.py``; handlers may run twice
    def deliver(mail: int) -> None: …

    deliver.enqueue(mail.pk)                in the transaction of its cause: both commit, or neither
    periodic("digests", digests, every=timedelta(minutes=15))      from ``apps.py``

``work.jobs`` has the decorator, ``work.schedule`` what is periodic, ``work.models.Progress`` long jobs.
"""
