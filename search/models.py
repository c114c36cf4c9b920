"""The index."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q

from core import clock


class Document(models.Model):
    """One thing that can be found. `vector` and `plain_title` are computed by the database."""

    kind = models.CharField(max_length=10)
    public_id = models.CharField(max_length=28)
    title = models.TextField()
    body = models.TextField(blank=True)
    facets = models.JSONField(default=dict)
    popularity = models.FloatField(default=0)
    updated_at = models.DateTimeField(default=clock.now)
    # Before that moment not everybody finds it.
    shown_from = models.DateTimeField(null=True, blank=True)
    # Lower case without accents, for the trigrams.
    plain_title = models.GeneratedField(
        expression=models.Func("title", function="search_plain"),
        output_field=models.TextField(),
        db_persist=True,
    )
    # Title at weight A, body at B: five to one in the ranking.
    vector = models.GeneratedField(
        expression=models.Func("title", "body", function="search_vector"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "public_id"], name="search_document_once"),
            models.CheckConstraint(
                condition=Q(kind__in=["pin", "product", "brand", "person", "service"]),
                name="search_document_kind",
            ),
        ]
        indexes = [
            # Words of one kind, and words of any: a million pins cost the brands nothing.
            GinIndex(fields=["kind", "vector"], name="search_document_vector"),
            GinIndex(
                fields=["plain_title"], opclasses=["gin_trgm_ops"], name="search_document_alike"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"
