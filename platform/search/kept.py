"""The rows of an index that is kept in the database: parts that never change, and their postings as arrays."""

from django.db import models
from django.db.models import Q


class Index(models.Model):
    """One index; a rebuild makes another beside it. Readers may go on a while with one that is retired."""

    name = models.CharField(max_length=40, unique=True)
    vocabulary = models.JSONField(default=dict)
    generation = models.PositiveBigIntegerField(default=0)
    living = models.BooleanField(default=False)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("living", condition=Q(living=True), name="one_living_index")]

    def __str__(self) -> str:
        return self.name


class Part(models.Model):
    """A number of documents of an index: what each is called, its numbers, and which of them are deleted."""

    index = models.ForeignKey(Index, on_delete=models.CASCADE)
    rows = models.JSONField(default=list)
    deleted = models.BinaryField(default=b"")
    retired_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.pk)


class Posting(models.Model):
    """The documents of a part that have a term, how often each (empty: once), and where it stands in them."""

    part = models.ForeignKey(Part, on_delete=models.CASCADE, db_index=False)
    field = models.CharField(max_length=8)
    term = models.TextField()
    numbers = models.BinaryField()
    times = models.BinaryField(default=b"")
    places = models.BinaryField(default=b"")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["part", "field", "term"], name="one_posting_list_a_term")]

    def __str__(self) -> str:
        return f"{self.field}:{self.term}"
