"""People and brands as the search index knows them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from accounts.models import Profile
from search.actions import put_documents, remove_documents
from search.sources import Source
from search.types import DocumentData


def sources() -> list[Source]:
    """Both kinds of profiles, for `search.sources`."""
    return [
        Source(
            kind=kind,
            rows=partial(Profile.objects.filter, kind=kind),
            documents=documents_of,
        )
        for kind in Profile.Kind.values
    ]


def index_profiles(*, ids: Iterable[int]) -> None:
    """Bring the search documents of the profiles up to date; hidden ones leave the index."""
    rows = list(Profile.objects.filter(id__in=set(ids)).select_related("picture"))
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


def documents_of(profile_ids: Sequence[int]) -> list[DocumentData]:
    """Documents of those of the profiles that anybody may see. One query."""
    rows = Profile.objects.filter(pk__in=list(profile_ids), state=Profile.State.APPROVED)
    return [_document(row) for row in rows.select_related("picture").order_by("pk")]


def _document(profile: Profile) -> DocumentData:
    image = profile.picture
    return DocumentData(
        kind=profile.kind,
        public_id=profile.public_id,
        title=profile.name,
        body=f"{profile.handle} {profile.bio}",
        # All that a card in the results shows, so that the page need not ask again.
        facets={
            "owner": profile.public_id,
            "handle": profile.handle,
            "name": profile.name,
            "verified": profile.verified_at is not None,
            "picture": image.src(236, "webp" if image.ready else "jpeg") if image else "",
            "tagline": profile.bio.partition("\n")[0],
        },
        popularity=float(profile.followers_count),
    )
