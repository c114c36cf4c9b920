"""The administration shows money as money, in lists and in rows."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.contrib import admin
from django.db.models import BigIntegerField

from accounts.testing import client_for, make_operator
from catalog.testing import make_product
from inventory.actions import receive
from marketplace.settings import OUR_APPS
from orders.models import Order, Purchase
from orders.testing import make_paid_order

# Big numbers that count something else, or are keys.
KEYS = {"actor_id", "owner_id", "window", "rank"}
NO_MONEY = {"impressions", "clicks", "on_hand", "reserved", *KEYS}


def test_no_amount_is_shown_in_minor_units() -> None:
    bare: list[str] = []
    for model, shown in admin.site._registry.items():
        if model._meta.app_label not in OUR_APPS:
            continue
        places = [(model, {one.name for one in model._meta.fields}, shown)]
        places += [(one.model, set(map(str, one.fields or ())), one) for one in shown.inlines]
        for of, columns, place in places:
            amounts = {
                one.name
                for one in of._meta.fields
                if isinstance(one, BigIntegerField) and not one.primary_key
            }
            spoken = set(getattr(place, "money", ()))
            bare += [f"{of._meta.label}.{one}" for one in (amounts & columns) - spoken - NO_MONEY]
    assert bare == []


@pytest.mark.django_db
def test_amounts_stand_in_their_currency_in_lists_and_in_rows() -> None:
    variant = make_product().variants.get()
    receive(variant_id=variant.pk, quantity=5, actor_id=None)
    order = make_paid_order(variant=variant)
    Order.objects.filter(pk=order.pk).update(items_total=7500, delivery_total=590, total=8090)
    operator = client_for(make_operator())

    def cell(path: str, selector: str) -> str:
        page = BeautifulSoup(operator.get(path).content, "html.parser")
        found = page.select_one(selector)
        assert found is not None, path
        return found.get_text(" ", strip=True)

    rows = "/admin/orders/order/"
    one = f"{rows}{order.pk}/change/"
    assert cell(rows, "#result_list td.field-total") == "€80.90"
    assert "€80.90" in cell(one, ".form-row.field-total")
    assert "€5.90" in cell(one, ".form-row.field-delivery_total")
    line = order.lines.get()
    assert cell(one, "td.field-unit_price") == f"€{line.unit_price / 100:.2f}"
    assert cell(rows, "th.column-total").startswith("Total")
    # Yen have no cents.
    Order.objects.filter(pk=order.pk).update(currency="JPY")
    Purchase.objects.filter(pk=order.purchase_id).update(currency="JPY")
    assert cell(rows, "#result_list td.field-total") == "¥8,090"
    # Sorted by the number and not by its words.
    assert operator.get(rows, {"o": "5"}).status_code == 200
    payments = "/admin/payments/payment/"
    assert cell(payments, "#result_list td.field-amount").startswith("€")
