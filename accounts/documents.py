"""People and brands as the search index knows them."""

from __future__ import annotations

from collections.abc import Iterable

from accounts.models import Profile
from search.actions import put_documents, remove_documents
from search.types import DocumentData


def index_profiles(*, ids: Iterable[int]) -> None:
    """Bring the search documents of the profiles up to date; hidden ones leave the index."""
    rows = list(Profile.objects.filter(id__in=set(ids)))
    documents = [_document(row) for row in rows if row.state == Profile.State.APPROVED]
    if documents:
        put_documents(documents=documents)
    for kind in Profile.Kind.values:
        hidden = [
            row.public_id
            for row in rows
            if row.kind == kind and row.state != Profile.State.APPROVED
        ]
        if hidden:
            remove_documents(kind=kind, public_ids=hidden)


def _document(profile: Profile) -> DocumentData:
    return DocumentData(
        kind=profile.kind,
        public_id=profile.public_id,
        title=f"{profile.name} {profile.handle}",
        body=profile.bio,
        facets={},
        popularity=float(profile.followers_count),
    )
