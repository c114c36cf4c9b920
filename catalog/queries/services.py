"""Services: cards, the wall with its filters, a service's own page, and a seller's list."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce, JSONObject, NullIf

from accounts.types import TRADER_FIELDS, ProfileRef, TraderDetails, Viewer
from catalog.models import Service, ServiceImage, ServicePackage
from catalog.queries.cards import after, cursor_of
from catalog.queries.categories import category_by_id
from catalog.rows import PICTURE_WIDTH, PROFILE_WIDTH, picture_columns, picture_of, profile_columns
from catalog.types import (
    AltScore,
    PackageData,
    PinSource,
    ServiceCard,
    ServiceCards,
    ServiceFilter,
    ServicePage,
    ServiceRow,
    ServiceRows,
    ServiceState,
)
from core.alt import described
from core.finding import each_word
from core.media import PICTURE_FIELDS, Picture
from core.money import Money
from core.paging import NEWEST, Order, words

_PLAIN = ("id", "public_id", "slug", "title", "pricing", "area", "lead_days")
_PRICE = ("price_from", "currency")
_COLUMNS = (*_PLAIN, *_PRICE, *picture_columns("cover"), *profile_columns("seller"))
_PAGE_SIZE = 30


def service_alt_score(*, seller_id: int) -> AltScore:
    """How many pictures of the seller's services are described; archived ones count no more. One
    query."""
    shown = ServiceImage.objects.annotate(
        shown_alt=Coalesce(NullIf(F("alt"), Value("")), F("image__alt")),
        shown_file_name=F("image__file_name"),
    )
    mine = shown.filter(service__seller_id=seller_id).exclude(service__state=ServiceState.ARCHIVED)
    counted = mine.aggregate(
        pictures=Count("pk"), described=Count("pk", filter=described("shown_"))
    )
    return AltScore(**counted)


def service_cards(*, public_ids: Sequence[str]) -> list[ServiceCard]:
    """Cards of these services in the order asked for; what is not offered is left out. One query;
    none for an empty list."""
    if not public_ids:
        return []
    rows = Service.objects.public().filter(public_id__in=list(public_ids)).order_by()
    found = {card.public_id: card for card in map(_card, rows.values_list(*_COLUMNS))}
    return [found[one] for one in dict.fromkeys(public_ids) if one in found]


def services_wall(
    *, wanted: ServiceFilter, cursor: str | None = None, limit: int = 24
) -> ServiceCards:
    """Services that answer the filter, newest first. One query. A bad cursor starts at the top."""
    rows = (
        Service.objects.public()
        .filter(_matching(wanted))
        .exclude(seller_id__in=list(wanted.hidden_sellers))
    )
    rows = rows.filter(after(cursor)).order_by("-published_at", "-pk")
    found = list(rows.values_list("published_at", *_COLUMNS)[: limit + 1])
    shown = found[:limit]
    return ServiceCards(
        cards=[_card(row[1:]) for row in shown],
        next=cursor_of(shown[-1][0], shown[-1][1]) if len(found) > limit else None,
    )


def _matching(wanted: ServiceFilter) -> Q:
    found = Q()
    if wanted.seller_id is not None:
        found &= Q(seller_id=wanted.seller_id)
    if wanted.categories:
        found &= Q(category_id__in=list(wanted.categories))
    if wanted.country:
        found &= Q(countries=[]) | Q(countries__contains=[wanted.country])
    if wanted.pricing:
        found &= Q(pricing=wanted.pricing)
    if wanted.budget is not None:
        found &= Q(price_from=None) | Q(
            price_from__lte=wanted.budget.amount, currency=wanted.budget.currency
        )
    if wanted.lead_days is not None:
        found &= Q(lead_days__lte=wanted.lead_days)
    return found


def _card(row: Sequence[Any]) -> ServiceCard:
    plain = dict(zip(_PLAIN, row, strict=False))
    amount, currency = row[len(_PLAIN) :][:2]
    picture_from = len(_PLAIN) + len(_PRICE)
    seller_from = picture_from + PICTURE_WIDTH
    return ServiceCard(
        **plain,
        price=_money(amount, currency),
        picture=picture_of(row[picture_from:seller_from]),
        seller=ProfileRef.from_row(row[seller_from : seller_from + PROFILE_WIDTH]),
    )


def _money(amount: int | None, currency: str) -> Money | None:
    return None if amount is None else Money(amount, currency)


# --- a service's own page ------------------------------------------------------------------------

_DETAILS = ("description", "currency", "state", "published_at", "version")
_LINKED = ("category_id", "taken_down_at", "seller__state", "seller__storefront__reply_hours")
_PACKAGE = ("name", "scope", "price", "revisions", "lead_days")


def service_page(*, public_id: str, viewer: Viewer | None) -> ServicePage | None:
    """The page of a service that the viewer may see, or None. One query.

    Everybody sees what is offered, and what its seller archived (to explain old links). The
    seller's own team also sees drafts and what was taken down.
    """
    page = _read(Service.objects.filter(public_id=public_id))
    if page is None:
        return None
    if viewer is not None and page.seller.id in viewer.hidden.blocked:
        return None
    own = viewer is not None and any(one.profile.id == page.seller.id for one in viewer.brands)
    archived = page.state == ServiceState.ARCHIVED and page.published_at is not None
    shown = page.public or (archived and page.seller_approved and not page.taken_down)
    return page if shown or own else None


def service_for_seller(*, seller_id: int, public_id: str) -> ServicePage | None:
    """A service of this seller in any state, or None. One query."""
    return _read(Service.objects.filter(seller_id=seller_id, public_id=public_id))


def service_source(*, public_id: str, seller_id: int) -> PinSource | None:
    """What a pin of the seller's own offered service starts from, else None. One query."""
    offered = Service.objects.public().select_related("category", "cover")
    service = offered.filter(public_id=public_id, seller_id=seller_id).first()
    if service is None:
        return None
    return PinSource(
        id=service.pk,
        title=service.title,
        description=service.description,
        category_slug=service.category.slug,
        image=service.cover,
        published_at=service.published_at,
    )


def services_for_seller(*, seller_id: int, public_ids: Sequence[str]) -> list[ServicePage]:
    """Services of this seller in any state, as they are named; others are left out. One query."""
    rows = _rows(Service.objects.filter(seller_id=seller_id, public_id__in=public_ids))
    found = {row["public_id"]: _page(row) for row in rows}
    return [found[one] for one in public_ids if one in found]


def _read(services: QuerySet[Service]) -> ServicePage | None:
    row = _rows(services).first()
    return None if row is None else _page(row)


def _rows(services: QuerySet[Service]) -> QuerySet[Any, Any]:
    packages = ServicePackage.objects.filter(service=OuterRef("pk")).order_by("position", "id")
    images = ServiceImage.objects.filter(service=OuterRef("pk")).order_by("position", "id")
    said = Coalesce(NullIf(F("alt"), Value("")), F("image__alt"))
    rows: QuerySet[Any, Any] = (
        services.order_by()
        .annotate(
            page_packages=ArraySubquery(
                packages.values(json=JSONObject(**{name: name for name in _PACKAGE}))
            ),
            page_images=ArraySubquery(
                images.values(
                    json=JSONObject(
                        **{name: f"image__{name}" for name in PICTURE_FIELDS},
                        image_id="image_id",
                        said=said,
                    )
                )
            ),
        )
        .values(
            *_PLAIN,
            *_PRICE,
            *_DETAILS,
            "countries",
            "languages",
            *_LINKED,
            "page_packages",
            "page_images",
            *profile_columns("seller"),
            *_TRADER,
        )
    )
    return rows


_TRADER = tuple(f"seller__{name}" for name in TRADER_FIELDS)


def _page(row: dict[str, Any]) -> ServicePage:
    images = row["page_images"]
    return ServicePage(
        **{name: row[name] for name in (*_PLAIN, *_DETAILS)},
        countries=tuple(row["countries"]),
        languages=tuple(row["languages"]),
        price=_money(row["price_from"], row["currency"]),
        packages=tuple(
            PackageData(**{**one, "price": Money(one["price"], row["currency"])})
            for one in row["page_packages"]
        ),
        pictures=tuple(
            Picture.from_row(
                *(one["said"] if name == "alt" else one[name] for name in PICTURE_FIELDS)
            )
            for one in images
        ),
        image_ids=tuple(one["image_id"] for one in images),
        category=category_by_id(pk=row["category_id"]),
        seller=ProfileRef.from_row([row[name] for name in profile_columns("seller")]),
        seller_approved=row["seller__state"] == "approved",
        trader=TraderDetails.from_row([row[name] for name in _TRADER]),
        reply_hours=row["seller__storefront__reply_hours"],
        taken_down=row["taken_down_at"] is not None,
    )


# --- a seller's list -----------------------------------------------------------------------------


SERVICE_SORTS = {
    "newest": NEWEST,
    "oldest": Order(descending=False),
    "title": Order(field="title", read=words, descending=False),
}


def seller_services(
    *,
    seller_id: int,
    state: str = "",
    text: str = "",
    cursor: str | None = None,
    sort: str = "newest",
    size: int = _PAGE_SIZE,
) -> ServiceRows:
    """A page of the seller's services in whatever state, newest first or as one of SERVICE_SORTS.

    `text` narrows by words of the title. One query.
    """
    rows = Service.objects.filter(seller_id=seller_id)
    if state:
        rows = rows.filter(state=state)
    rows = rows.filter(each_word(text, "title__icontains"))
    order = SERVICE_SORTS.get(sort, NEWEST)
    plain = ("id", "public_id", "slug", "title", "state", "pricing", "updated_at")
    columns = (*plain, "taken_down_at", *_PRICE, *picture_columns("cover"))
    found = list(order.sorted(rows, cursor).values_list(*columns)[: size + 1])
    last = found[size - 1] if len(found) > size else None
    return ServiceRows(
        rows=[
            ServiceRow(
                **dict(zip(plain[1:], row[1:], strict=False)),
                taken_down=row[len(plain)] is not None,
                price=_money(row[len(plain) + 1], row[len(plain) + 2]),
                picture=picture_of(row[len(plain) + 3 :]),
            )
            for row in found[:size]
        ],
        next=last and order.cursor(tie=last[0], value=last[plain.index("title")]),
    )


def service_standings(*, seller_id: int, public_ids: Collection[str]) -> dict[str, tuple[str, str]]:
    """Title and state of the seller's own services by public id; others are left out. One query."""
    rows = Service.objects.filter(seller_id=seller_id, public_id__in=list(public_ids))
    return {
        one: (title, state) for one, title, state in rows.values_list("public_id", "title", "state")
    }


def service_count(*, seller_id: int) -> int:
    """How many services of the seller are offered to everybody. One query."""
    return Service.objects.public().filter(seller_id=seller_id).count()
