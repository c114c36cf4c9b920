"""What a brand was asked."""

from __future__ import annotations

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Q

from core.media import PICTURE_FIELDS, Picture
from core.money import Money
from messaging.models import Brief, Enquiry
from messaging.types import BriefRow, EnquiryPage, EnquiryRow

PAGE = 20


def enquiries_for(*, brand_id: int, cursor: str = "", open_only: bool = False) -> EnquiryPage:
    """The questions to a brand, newest first. A bad cursor begins at the start.

    One query; a second one for pictures where there are requests for quotes.
    """
    rows = Enquiry.objects.filter(to_id=brand_id).select_related("asker", "brief").order_by("-id")
    if open_only:
        rows = rows.filter(answered_at__isnull=True)
    if cursor.isascii() and cursor.isdigit() and len(cursor) < 19:
        rows = rows.filter(id__lt=int(cursor))
    found = list(rows[: PAGE + 1])
    briefs = {one.pk: brief for one in found[:PAGE] if (brief := _brief_of(one))}
    pictures = _pictures(list(briefs))
    return EnquiryPage(
        rows=[
            _row(one, briefs.get(one.pk), tuple(pictures.get(one.pk, ()))) for one in found[:PAGE]
        ],
        next=str(found[PAGE - 1].pk) if len(found) > PAGE else None,
    )


def enquiries_from(*, brand_id: int, user_id: int | None, email: str) -> list[EnquiryRow]:
    """What one person asked a brand, newest first, at most a page of it. Two queries at most.

    By the account that asked, and by the e-mail address that the answer goes to.
    """
    who = Q(asker__user=user_id) if user_id is not None else Q(pk__in=[])
    if email:
        who |= Q(email__iexact=email)
    rows = Enquiry.objects.filter(who, to_id=brand_id).select_related("asker", "brief")
    found = list(rows.order_by("-id")[:PAGE])
    briefs = {one.pk: brief for one in found if (brief := _brief_of(one))}
    pictures = _pictures(list(briefs))
    return [_row(one, briefs.get(one.pk), tuple(pictures.get(one.pk, ()))) for one in found]


def _brief_of(row: Enquiry) -> Brief | None:
    try:
        return row.brief
    except ObjectDoesNotExist:
        return None


def _pictures(brief_ids: list[int]) -> dict[int, list[Picture]]:
    """Pictures of these requests in the order in which they were added."""
    found: dict[int, list[Picture]] = {}
    if not brief_ids:
        return found
    links = Brief.pictures.through.objects.filter(brief_id__in=brief_ids).order_by("id")
    columns = [f"image__{name}" for name in PICTURE_FIELDS]
    for brief_id, *values in links.values_list("brief_id", *columns):
        found.setdefault(brief_id, []).append(Picture.from_row(*values))
    return found


def _brief_row(brief: Brief, pictures: tuple[Picture, ...]) -> BriefRow:
    return BriefRow(
        package=brief.package,
        quantity=brief.quantity,
        unit=brief.unit,
        budget=None if brief.budget is None else Money(brief.budget, brief.currency),
        destination=brief.destination,
        needed_by=brief.needed_by,
        pin_ids=tuple(brief.pins),
        pictures=pictures,
    )


def _row(row: Enquiry, brief: Brief | None, pictures: tuple[Picture, ...]) -> EnquiryRow:
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
        brief=_brief_row(brief, pictures) if brief else None,
    )
