from typing import Any

from django.apps import AppConfig
from django.db.backends.signals import connection_created

# How alike two words must be to count as one misspelt; the extension's own 0.6 misses "vaes".
LIKENESS = 0.4


class SearchConfig(AppConfig):
    name = "search"

    def ready(self) -> None:
        connection_created.connect(set_likeness, dispatch_uid="search.likeness")


def set_likeness(*, connection: Any, **_: Any) -> None:
    """Tell a fresh connection how tolerant the trigram operators are; once, not in each query."""
    with connection.connection.cursor() as cursor:
        cursor.execute(f"SET pg_trgm.word_similarity_threshold = {LIKENESS}")
