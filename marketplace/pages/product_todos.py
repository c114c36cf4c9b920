"""What a product in the editor still lacks, and what a buyer would be promised."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.delivery import options_to
from catalog.types import HOME_COUNTRY, DeliveryOption, ProductPage
from core import clock
from marketplace.pages.product_form import ProductForm
from marketplace.pages.product_grid import Row
from marketplace.pages.product_pictures import Shown


def todos(
    form: ProductForm, rows: Sequence[Row], pictures: Sequence[Shown], page: ProductPage | None
) -> list[tuple[bool, str, str]]:
    """Done or not, what to say of it, and where it is done."""
    silent = [n for n, one in enumerate(pictures, start=1) if not one.described]
    priced = [row for row in rows if row.active and row.sku and row.money()]
    active = [row for row in rows if row.active]
    delivered = page is not None and bool(page.delivery)
    found = [
        (
            bool(pictures),
            _("It has a picture") if pictures else _("It has no picture yet"),
            "pics-h",
        ),
        (
            not silent,
            _("Every picture is described")
            if not silent
            else _("Picture %(n)d needs words for those who cannot see it") % {"n": silent[0]},
            "pics-h",
        ),
        (
            bool(form["description"].value()),
            _("It has a description")
            if form["description"].value()
            else _("It has no description yet"),
            "id_description",
        ),
        (
            bool(active) and len(priced) == len(active),
            _("Every variant has a price and an SKU")
            if active and len(priced) == len(active)
            else _("A variant has no price or SKU, or none is on sale"),
            "axes-h",
        ),
    ]
    if page is not None:
        text = _("Delivery is known") if delivered else _("No way of delivery is known yet")
        found.append((delivered, text, "terms-h"))
    return found


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
