"""What a brand was asked."""

from __future__ import annotations

from messaging.models import Enquiry
from messaging.types import EnquiryPage, EnquiryRow

PAGE = 20


def enquiries_for(*, brand_id: int, cursor: str = "", open_only: bool = False) -> EnquiryPage:
    """The questions to a brand, newest first. One query. A bad cursor begins at the start."""
    rows = Enquiry.objects.filter(to_id=brand_id).select_related("asker").order_by("-id")
    if open_only:
        rows = rows.filter(answered_at__isnull=True)
    if cursor.isascii() and cursor.isdigit() and len(cursor) < 19:
        rows = rows.filter(id__lt=int(cursor))
    found = list(rows[: PAGE + 1])
    return EnquiryPage(
        rows=[_row(one) for one in found[:PAGE]],
        next=str(found[PAGE - 1].pk) if len(found) > PAGE else None,
    )


def _row(row: Enquiry) -> EnquiryRow:
    return EnquiryRow(
        public_id=row.public_id,
        kind=row.kind,
        title=row.title,
        url=row.url,
        name=row.name,
        email=row.email,
        text=row.text,
        answered=row.answered_at is not None,
        at=row.created_at,
        asker_handle=row.asker.handle if row.asker and row.asker.state == "approved" else "",
    )
