"""What a product in the editor still lacks, and what a buyer would be promised."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.types import ProfileRef
from catalog.delivery import options_to
from catalog.publishing import (
    Point,
    ProductFacts,
    VariantFacts,
    product_points,
    reach_of,
)
from catalog.queries import methods_of
from catalog.types import HOME_COUNTRY, DeliveryOption, ProductPage
from core import clock
from marketplace.pages.product_form import ProductForm
from marketplace.pages.product_grid import Row
from marketplace.pages.product_pictures import Shown
from marketplace.pages.todos import Todo

_PLACES = {"pictures": "#pics-h", "variants": "#axes-h"}


def todos(
    form: ProductForm,
    rows: Sequence[Row],
    pictures: Sequence[Shown],
    page: ProductPage | None,
    brand: ProfileRef,
) -> list[Todo]:
    """The list of the catalogue about what is typed, each point with where it is done. A product
    that is not stored yet costs a query for how its brand delivers.
    """
    terms = page.delivery if page else methods_of(seller_id=brand.id)
    facts = ProductFacts(
        category=bool(form["category"].value()),
        description=form["description"].value() or "",
        pictures=[one.described for one in pictures],
        variants=[
            VariantFacts(
                title=row.title,
                active=row.active,
                sku=row.sku != "",
                price=row.money() is not None,
            )
            for row in rows
        ],
        reach=reach_of([one for one in terms if one.active]),
    )
    alike: dict[str, list[Point]] = {}
    for one in product_points(facts):
        alike.setdefault(one.code, []).append(one)
    return [_todo(points, brand) for points in alike.values()]


def _todo(alike: list[Point], brand: ProfileRef) -> Todo:
    """Several variants that lack the same are one line, which leads to the first."""
    one = alike[0]
    several = {
        "price": _("%(n)d variants have no price"),
        "sku": _("%(n)d variants have no SKU"),
    }
    words = one.words
    if len(alike) > 1 and one.code in several:
        words = several[one.code] % {"n": len(alike)}
    if one.field == "delivery":
        where = reverse("brands:delivery", kwargs={"handle": brand.handle})
    elif one.index is not None:
        where = f"#v-{one.index}-{one.field}"
    else:
        where = _PLACES.get(one.field, f"#id_{one.field}")
    return Todo(code=one.code, done=one.done, forbids=one.forbids, words=words, where=where)


def arrival(rows: Sequence[Row], page: ProductPage | None) -> DeliveryOption | None:
    """What a buyer in the home country would be promised today."""
    price = next((row.money() for row in rows if row.active and row.money()), None)
    if page is None or price is None:
        return None
    ways = options_to(
        page.delivery,
        country=HOME_COUNTRY,
        subtotal=price,
        lead_days=page.lead_days,
        today=timezone.localdate(clock.now()),
    )
    return ways[0] if ways else None
