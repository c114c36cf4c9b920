"""The form of a product in the studio, as a browser sends it, for tests."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client

from catalog.models import Product

NEW = "/studio/ondine/products/new/"


def typed(**changes: Any) -> dict[str, Any]:
    """What a browser posts for a new vase without options."""
    return {
        "title": "Tall vase",
        "category": "vases",
        "description": "Thrown by hand.",
        "details": "",
        "vat": "19",
        "lead_days": "2",
        "return_days": "30",
        "delivery_note": "",
        "returns_note": "",
        "v-0-values": "[]",
        "v-0-sku": "OND-1",
        "v-0-price": "96.00",
        "v-0-stock": "5",
        "v-0-was": "0",
        "v-0-on": "1",
        "to": "draft",
        **changes,
    }


def edit_form(client: Client, product: Product) -> dict[str, Any]:
    """The form of a stored product, as a browser would post it back."""
    page = client.get(address(product)).content.decode()
    data: dict[str, Any] = {"as": "save"}
    again: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", page):
        attrs = dict(re.findall(r'(\S+?)="([^"]*)"', tag))
        name, kind = attrs.get("name"), attrs.get("type", "text")
        if not name or name in ("csrfmiddlewaretoken", "next", "acting", "drop"):
            continue
        if kind in ("checkbox", "radio") and "checked" not in tag:
            continue
        if kind != "file":
            again.setdefault(name, []).append(attrs.get("value", "").replace("&#34;", '"'))
    data |= {name: values if len(values) > 1 else values[0] for name, values in again.items()}
    for name, text in re.findall(
        r'<textarea[^>]* name="([\w-]+)"[^>]*>\s*(.*?)</textarea>', page, re.DOTALL
    ):
        data[name] = text
    data["category"] = product.category.slug if product.category else ""
    return data


def address(product: Product) -> str:
    return f"/studio/ondine/products/{product.public_id}/"


def shown_order(page: str) -> list[str]:
    """The pictures on the form, by their public ids."""
    return re.findall(r'name="kept" value="(\w+)"', page)


def posted(client: Client, product: Product, **changes: Any) -> dict[str, Any]:
    """The form of the product as a browser has it, with some of it changed; pictures in order."""
    page = client.get(address(product)).content.decode()
    return {**edit_form(client, product), "kept": shown_order(page), **changes}
