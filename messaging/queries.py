"""What a brand was asked."""

from __future__ import annotations

from collections.abc import Collection

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Q

from core.finding import each_word
from core.media import PICTURE_FIELDS, Picture
from core.money import Money
from core.paging import NEWEST, Order
from messaging.models import Brief, Enquiry
from messaging.types import BriefRow, EnquiryPage, EnquiryRow, Show

PAGE = 20


SORTS = {"newest": NEWEST, "oldest": Order(descending=False)}


def enquiries_for(
    *,
    brand_id: int,
    show: str = Show.ALL,
    kind: str = "",
    text: str = "",
    sort: str = "newest",
    cursor: str = "",
    size: int = PAGE,
) -> EnquiryPage:
    """The questions to a brand, newest first or as one of SORTS. A bad cursor begins at the start.

    `show` is one of Show, `kind` is "quote" (fields of a quote are filled in) or "question", and
    `text` finds by the name and address of who asks, by what it is about and by its words.
    One query; a second one for pictures where there are requests for quotes.
    """
    rows = Enquiry.objects.filter(to_id=brand_id).select_related("asker", "brief")
    if show in (Show.OPEN, Show.ANSWERED):
        rows = rows.filter(answered_at__isnull=show == Show.OPEN)
    if kind in ("quote", "question"):
        rows = rows.filter(brief__isnull=kind == "question")
    where = ("name__icontains", "email__icontains", "title__icontains", "text__icontains")
    rows = rows.filter(each_word(text, *where))
    order = SORTS.get(sort, NEWEST)
    found = list(order.sorted(rows, cursor)[: size + 1])
    return EnquiryPage(
        rows=_rows(found[:size]),
        next=order.cursor(tie=found[size - 1].pk) if len(found) > size else None,
    )


def enquiry_standings(*, brand_id: int, public_ids: Collection[str]) -> dict[str, tuple[str, str]]:
    """Who asked, and whether it is open or answered, by public id; others are left out. One
    query."""
    rows = Enquiry.objects.filter(to_id=brand_id, public_id__in=list(public_ids))
    return {
        one: (name, Show.ANSWERED if at else Show.OPEN)
        for one, name, at in rows.values_list("public_id", "name", "answered_at")
    }


def enquiries_from(*, brand_id: int, user_id: int | None, email: str) -> list[EnquiryRow]:
    """What one person asked a brand, newest first, at most a page of it. Two queries at most.

    By the account that asked, and by the e-mail address that the answer goes to.
    """
    who = Q(asker__user=user_id) if user_id is not None else Q(pk__in=[])
    if email:
        who |= Q(email__iexact=email)
    rows = Enquiry.objects.filter(who, to_id=brand_id).select_related("asker", "brief")
    return _rows(list(rows.order_by("-id")[:PAGE]))


def _rows(found: list[Enquiry]) -> list[EnquiryRow]:
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
