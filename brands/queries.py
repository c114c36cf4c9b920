"""Reads of a brand's papers."""

from __future__ import annotations

import hashlib
from datetime import date

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.queries import brand_file
from brands.documents import TOLD_BEFORE
from brands.items import Evidence, checklist_items, titles
from brands.models import DomainClaim, PaperDocument, Papers, Review
from brands.types import (
    Checklist,
    DocumentData,
    DocumentFile,
    DocumentTerm,
    DomainData,
    PapersData,
    PastReview,
    ReviewSheet,
)
from catalog.queries import storefront, terms_of_seller
from core import clock
from core.errors import NotFound
from payments.queries import payout_account

WELL_KNOWN = "/.well-known/parley-brand.txt"
META = "parley-brand"


def checklist(*, brand_id: int) -> Checklist:
    """What a brand needs, what it has, what operators said. Seven queries. Raises NotFound."""
    evidence = evidence_of(brand_id=brand_id)
    reviews = list(Review.objects.filter(brand_id=brand_id).prefetch_related("items"))
    refused: dict[str, tuple[str, str]] = {}
    for review in reversed(reviews):
        refused |= {
            item.code: (item.fingerprint, item.reason)
            for item in review.items.all()
            if item.refused
        }
    return Checklist(
        state=evidence.file.state,
        items=checklist_items(evidence, refused=refused),
        history=tuple(_past(review) for review in reviews),
        trader_checked=evidence.file.trader.checked_at is not None,
    )


def evidence_of(*, brand_id: int) -> Evidence:
    """All that the list is drawn up from, in five queries. Raises NotFound."""
    file = brand_file(profile_id=brand_id)
    if file is None:
        raise NotFound(_("There is no such brand."))
    return Evidence(
        file=file,
        papers=papers_of(brand_id=brand_id),
        front=storefront(profile_id=brand_id),
        delivery=terms_of_seller(seller_id=brand_id),
        payout=payout_account(seller_id=brand_id),
    )


def papers_of(*, brand_id: int) -> PapersData:
    """What a brand declared; the empty papers of one that has not begun. One query."""
    row = Papers.objects.filter(brand_id=brand_id).first()
    if row is None:
        return PapersData()
    return PapersData(
        unregistered=row.unregistered,
        vat_exempt=row.vat_exempt,
        confirmed_email=row.confirmed_email,
        code_email=row.code_email,
        declared_at=row.declared_at,
        declared_name=row.declared_name,
    )


def domain_of(*, brand_id: int) -> DomainData | None:
    """The domain that a brand claims, or None. One query."""
    claim = DomainClaim.objects.filter(brand_id=brand_id).first()
    if claim is None:
        return None
    return DomainData(
        domain=claim.domain,
        file_url=settings.CLAIM_ADDRESS.format(domain=claim.domain, path=WELL_KNOWN),
        file_text=claim.token,
        meta_tag=f'<meta name="{META}" content="{claim.token}">',
        asked_at=claim.asked_at,
        proved_at=claim.proved_at,
    )


def documents_of(*, brand_id: int) -> tuple[DocumentData, ...]:
    """A brand's documents in the order in which they came in, without the files. One query."""
    today = timezone.localdate(clock.now())
    return tuple(
        DocumentData(
            document_id=row.public_id,
            kind=row.kind,
            kind_name=row.get_kind_display(),
            name=row.name,
            content_type=row.content_type,
            size=row.size,
            good_until=row.good_until,
            term=_term(row.good_until, today),
            added_at=row.added_at,
        )
        for row in PaperDocument.objects.filter(brand_id=brand_id)
    )


def _term(until: date | None, today: date) -> DocumentTerm:
    if until is None:
        return "open"
    if until < today:
        return "ended"
    return "ending" if until <= today + TOLD_BEFORE else "good"


def document_file(*, document_id: str, brand_id: int | None = None) -> DocumentFile:
    """A document to look at; with a `brand_id` only that brand's, without one for operators.

    One query, up to five megabytes. Raises NotFound.
    """
    rows = PaperDocument.objects.defer(None).filter(public_id=document_id)
    row = (rows if brand_id is None else rows.filter(brand_id=brand_id)).first()
    if row is None:
        raise NotFound(_("There is no such document."))
    return DocumentFile(name=row.name, content_type=row.content_type, content=bytes(row.content))


def review_sheet(*, review_id: str) -> ReviewSheet:
    """What an operator looks at: the items of a review as they are now. Raises NotFound."""
    review = Review.objects.filter(public_id=review_id).select_related("brand").first()
    if review is None:
        raise NotFound(_("There is no such review."))
    codes = {item.code for item in review.items.all()}
    found = checklist(brand_id=review.brand_id).items
    items = tuple(item for item in found if item.code in codes)
    documents = documents_of(brand_id=review.brand_id)
    marks = "".join(
        [*(item.fingerprint for item in items), *(one.document_id for one in documents)]
    )
    return ReviewSheet(
        review_id=review.public_id,
        brand=review.brand.name,
        kind=review.kind,
        state=review.state,
        items=items,
        documents=documents,
        seen=hashlib.sha256(marks.encode()).hexdigest(),
    )


def _past(review: Review) -> PastReview:
    names = titles()
    return PastReview(
        kind=review.kind,
        state=review.state,
        submitted_at=review.submitted_at,
        decided_at=review.decided_at,
        note=review.note,
        refused=tuple(
            (names.get(item.code, item.code), item.reason)
            for item in review.items.all()
            if item.refused
        ),
    )
