"""The lists of the studio as tests ask them: their addresses, rows, files, and what is in them."""

from __future__ import annotations

import csv
import io
from typing import Any

from bs4 import BeautifulSoup
from django.test import Client

from accounts.testing import Profile
from catalog.models import Product
from catalog.testing import (
    make_image,
)
from core.money import Money
from core.testing import undo_in
from marketplace.testing.html import assert_good_html
from messaging.models import Brief, Enquiry
from payments.actions import capture
from payments.testing import make_payment, tell, tell_done
from payments.types import PaymentData

PRODUCTS, ORDERS = "/studio/ondine/products/", "/studio/ondine/orders/"
PINS, SERVICES = "/studio/ondine/pins/", "/studio/ondine/services/"
STOCK, LOG = "/studio/ondine/stock/", "/studio/ondine/log/"
QUESTIONS, CUSTOMERS = "/studio/ondine/questions/", "/studio/ondine/customers/"
COLLECTIONS = "/studio/ondine/collections/"
TEAM, BALANCE = "/studio/ondine/team/", "/studio/ondine/balance/"
# Of one variant: behind it stands its public id.
HISTORY = "/studio/ondine/stock/{variant}/"
LISTS = [
    *(PRODUCTS, ORDERS, PINS, SERVICES, COLLECTIONS, STOCK),
    *(LOG, QUESTIONS, CUSTOMERS, TEAM, BALANCE),
]
# Pages of a studio that show several rows and are no list to work through, and why.
FEW = {
    "brands:documents": "ten at most",
    "brands:delivery": "a handful, in the order in which buyers are offered them",
    "brands:papers": "the same pieces for every brand",
    "pages:studio": "figures",
}

# Lists on which nothing is done to many rows at once, and why.
NO_ACTS = {
    CUSTOMERS: "what is theirs is done in their orders; nothing is a brand's to do to a person",
    LOG: "nobody changes what is written down",
    BALANCE: "what moved is moved: money goes back by an order, out by itself",
    HISTORY: "a count is mended by another one, on the list of the stock",
}

# And those on which something is typed.
FORMS = {
    *(f"brands:{one}" for one in ("trader", "email", "payout", "declaration", "policies")),
    *(f"brands:{one}" for one in ("pictures", "domain", "look", "vacation", "delivery_new")),
    *(f"pages:studio_{one}_new" for one in ("product", "collection", "service")),
    "feed:studio_pin_new",
}


def file_of(client: Client, address: str) -> list[dict[str, str]]:
    """The rows of a list's file by the words of its head."""
    answer: Any = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Cache-Control"] == "private, no-store"
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def page_of(client: Client, address: str) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return assert_good_html(answer.content.decode())


def keys_on(client: Client, address: str) -> list[str]:
    """Keys of the rows that can be ticked, in the order of the page."""
    return [str(box["value"]) for box in page_of(client, address).select("td input[name=row]")]


def said(client: Client, address: str) -> tuple[str, str]:
    """What the next page says, and where its Undo goes."""
    answer = client.get(address)
    box = assert_good_html(answer.content.decode()).select_one(".toasts")
    assert box is not None
    return " ".join(box.get_text(" ").split()), undo_in(answer)


def ask_for(brand: Profile, text: str, *, name: str = "Ana") -> Enquiry:
    """A question of a guest to the brand."""
    data = {"text": text, "name": name, "email": f"{name.lower()}@mail.example"}
    assert Client().post(f"/ask/brand/{brand.public_id}/", data).status_code == 302
    return Enquiry.objects.order_by("-pk")[0]


def want_quote(brand: Profile) -> Enquiry:
    """The same for a quote, with a picture."""
    found = Enquiry.objects.create(
        kind="brand",
        ref=brand.public_id,
        title=brand.name,
        url="/",
        to=brand,
        name="Noor",
        email="noor@mail.example",
        text="Twelve pots, please.",
    )
    brief = Brief.objects.create(enquiry=found, quantity=12, unit="pots", budget=50000)
    brief.pictures.add(make_image(owner_id=brand.pk))
    return found


def earn(brand: Profile, *, reference: str = "", amount: int = 10_000) -> PaymentData:
    """A payment to the brand of which everything was taken."""
    payment = make_payment(amounts=(amount,), sellers=(brand,), reference=reference)
    tell(payment)
    capture(
        payment_id=payment.payment_id,
        share_reference=f"{reference or payment.reference}-1",
        amount=Money(amount, "EUR"),
        key=f"take-{payment.payment_id}",
    )
    tell_done(payment)
    return payment


def state_of(product: Product) -> str:
    return str(Product.objects.get(pk=product.pk).state)
