"""What a browser without scripts does with our pages."""

import re

from bs4 import BeautifulSoup

from catalog import actions as catalog
from orders.testing import make_variant
from orders.tests.html import assert_good_html

FIVE = {
    "email": "guest@mail.example",
    "name": "Gerda Gast",
    "street": "Kurze Straße 7",
    "postcode": "10115",
    "city": "Berlin",
    "country": "DE",
}


def statements(context):
    ignored = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")
    return [one["sql"] for one in context if not one["sql"].startswith(ignored)]


def form_of(response, action=""):
    """Fields of the form that posts to `action`, as they stand."""
    soup = BeautifulSoup(response.content, "html5lib")
    form = next(
        one for one in soup.find_all("form", method="post") if action in str(one.get("action"))
    )
    fields: dict[str, str] = {}
    for field in form.find_all(["input", "select", "textarea"]):
        name, kind = field.get("name"), field.get("type")
        if not name or (kind in ("radio", "checkbox") and not field.has_attr("checked")):
            continue
        if field.name == "select":
            chosen = field.find("option", selected=True)
            fields[str(name)] = str(chosen["value"]) if chosen else ""
        else:
            fields[str(name)] = str(field.get("value", ""))
    return fields


def path_of(location):
    return re.sub(r"^https?://[^/]+", "", location)


def filled_bag(client, count=3):
    variants = [make_variant() for _ in range(count)]
    for variant in variants:
        client.post("/bag/add/", {"variant": variant.public_id})
    return variants


def begun(client):
    """A checkout of one piece, filled in: the variant, its address and what its form would post."""
    (variant,) = filled_bag(client, 1)
    started = client.post("/checkout/", form_of(client.get("/bag/"), "/checkout/"))
    page = client.get(started["location"])
    data = {**form_of(page, "/checkout/"), **FIVE, "do": "pay"}
    return variant, started["location"], data


def archive(product):
    catalog.archive_product(
        product_id=product.public_id, seller_id=product.seller_id, actor_id=None
    )


def said_on(client, path):
    """The lines of what happened, each with who did it."""
    rows = assert_good_html(client.get(path).content.decode()).select(".past li")
    times = [row.time["datetime"] for row in rows]
    assert times == sorted(times, reverse=True)
    return [tuple(row.p.get_text(" ", strip=True).split(" · ")) for row in rows]
