"""Whatever a form takes, its column holds: words are counted in signs, columns in code points."""

import pytest
from django.apps import apps
from django.db import models

from accounts.models import Profile
from accounts.naming import NAME_LIMIT
from accounts.testing import make_person
from brands.documents import NAME_LIMIT as DOCUMENT_NAME_LIMIT
from catalog.attribute_models import ANSWER_LIMIT
from catalog.collection_models import TITLE_LIMIT as COLLECTION_LIMIT
from catalog.models import SKU_LIMIT, TITLE_LIMIT
from catalog.product_inputs import VALUE_LIMIT
from catalog.service_models import AREA_LIMIT
from core.alt import LIMIT as ALT_LIMIT
from core.text import clusters, room
from feed.types import MAX_NOTE
from orders.models import OrderLine
from orders.testing import buy, make_variant

ADDRESS = {
    "name": 120,
    "company": 120,
    "line1": 120,
    "line2": 120,
    "postcode": 20,
    "city": 80,
    "phone": 30,
}
# How many signs a door lets into each column; copies have the bound of what they are copied from.
SIGNS = {
    "accounts.ApiToken": {"name": 60},
    "accounts.Address": ADDRESS,
    "accounts.Mute": {"word": 60},
    "accounts.Organization": {
        **{key: limit for key, limit in ADDRESS.items() if key != "company"},
        "name": 200,
        "registration_number": 60,
        "vat_id": 20,
    },
    "accounts.Profile": {"name": NAME_LIMIT},
    "brands.PaperDocument": {"name": DOCUMENT_NAME_LIMIT},
    "brands.Papers": {"declared_name": 120},
    "catalog.AttributeValue": {"text": ANSWER_LIMIT},
    "catalog.Collection": {"title": COLLECTION_LIMIT},
    "catalog.DeliveryMethod": {"name": 60, "zone": 60},
    "catalog.Option": {"name": 40},
    "catalog.OptionValue": {"name": VALUE_LIMIT},
    "catalog.Product": {"title": TITLE_LIMIT},
    "catalog.ProductImage": {"alt": 140},
    "catalog.Service": {"title": TITLE_LIMIT, "area": AREA_LIMIT},
    "catalog.ServiceImage": {"alt": 140},
    "catalog.ServicePackage": {"name": 60},
    "catalog.Storefront": {"away_note": 300},
    "catalog.Variant": {"sku": SKU_LIMIT},
    "core.Image": {"alt": ALT_LIMIT},
    "feed.Board": {"title": 80},
    "feed.Pin": {"title": 120},
    "feed.Save": {"note": MAX_NOTE},
    "feed.Section": {"title": 80},
    "feed.TakenAway": {"title": 80},
    "messaging.Brief": {"package": 60, "unit": 40, "destination": 120},
    "messaging.Enquiry": {"name": NAME_LIMIT},
    "orders.Checkout": ADDRESS,
    "orders.Fulfilment": {"carrier": 60, "tracking": 80},
    "orders.Order": {
        "delivery_name": 60,
        "buyer_name": 120,
        "buyer_company": 200,
        "cancel_reason": 500,
    },
    "orders.OrderEvent": {"note": 500},
    "orders.OrderLine": {"title": TITLE_LIMIT, "sku": SKU_LIMIT},
    "orders.Purchase": ADDRESS,
}
# Words that are cut to their column where they are written.
CUT = {
    *{"accounts.BrandAct.subject", "accounts.BrandAct.detail", "accounts.LoginSession.agent"},
    *{"accounts.Profile.name_skeleton", "catalog.ProductMove.reason", "catalog.ServiceMove.reason"},
    *{"catalog.Variant.title", "feed.Comment.taken_down_reason", "feed.Pin.taken_down_reason"},
    *{"feed.Hashtag.name", "feed.Hashtag.shown"},
    *{"inventory.StockMovement.reason", "messaging.Enquiry.title", "moderation.Report.title"},
    *{"notifications.Mail.name", "notifications.Mail.subject", "notifications.Notice.title"},
    *{"orders.BagLine.title", "orders.OrderLine.variant_title", "core.Image.file_name"},
    *{"payments.Payment.review_reason", "payments.Operation.reason"},
    "reviews.Review.taken_down_reason",
}
# Written in the admin alone, whose forms count code points as the column does.
ADMIN = {"catalog.Attribute", "catalog.AttributeChoice", "catalog.Category"}
# What programs write: codes, keys, addresses, states, digests.
MACHINE = frozenset(
    [
        "accent",
        "act",
        "action",
        "actor",
        "agent",
        "behaviour",
        "body_hash",
        "brand",
        "bucket",
        "buyer",
        "cancel_url",
        "cancelled_by",
        "code",
        "code_digest",
        "colour",
        "combination",
        "country",
        "currency",
        "description",
        "digest",
        "domain",
        "email",
        "event_id",
        "event_key",
        "failure_code",
        "fingerprint",
        "from_state",
        "ground",
        "group",
        "handle",
        "handle_skeleton",
        "hint",
        "hold_reference",
        "iban_last4",
        "idempotency_key",
        "issuer",
        "key",
        "kind",
        "last4",
        "method_label",
        "new",
        "number",
        "old",
        "order_number",
        "own_id",
        "password",
        "principal",
        "product",
        "product_public_id",
        "provider",
        "provider_ref",
        "public_id",
        "queue",
        "receiver",
        "redirect_url",
        "ref",
        "reference",
        "request_id",
        "requirement",
        "return_url",
        "role",
        "route",
        "session_key",
        "share_reference",
        "source",
        "state",
        "state_before",
        "sub",
        "subject",
        "to_state",
        "token",
        "token_digest",
        "type",
        "url",
        "variant_public_id",
        "why",
    ]
)
HEAVY = "👨‍👩‍👧‍👦"  # one sign, seven code points


def columns() -> list[tuple[str, models.CharField[str, str]]]:
    """Every column of short text of the market itself."""
    ours = {name for name in apps.app_configs if apps.get_app_config(name).path.count("site-") == 0}
    return [
        (f"{model._meta.label}.{field.name}", field)
        for model in apps.get_models()
        if model._meta.app_label in ours - {"sandbox"}
        for field in model._meta.local_fields
        if type(field) is models.CharField and not field.choices
    ]


def test_every_column_of_words_holds_what_its_form_takes() -> None:
    known = dict(columns())
    for model, fields in SIGNS.items():
        for name, limit in fields.items():
            held = known.pop(f"{model}.{name}").max_length
            assert (held or 0) >= room(limit), f"{model}.{name} is too narrow"
    undecided = [
        name
        for name in known
        if name not in CUT
        and name.rpartition(".")[0] not in ADMIN
        and name.rpartition(".")[2] not in MACHINE
    ]
    assert not undecided, "Say in SIGNS how many signs a door lets in, or who writes it."


@pytest.mark.django_db
def test_the_heaviest_title_is_sold() -> None:
    """As many code points as a title may have reach the line of an order whole."""
    heavy = HEAVY * 60 + "x" * 60
    assert len(heavy) == room(TITLE_LIMIT)
    assert len(list(clusters(heavy))) == TITLE_LIMIT
    variant = make_variant(title=heavy)
    buy(variant)
    assert OrderLine.objects.get().title == heavy


@pytest.mark.django_db
def test_a_name_that_folds_to_much_more_than_it_is() -> None:
    """One letter of Arabic stands for a sentence; what passes for it is still found."""
    name = "\ufdfa" * NAME_LIMIT
    person = make_person(name=name)
    assert Profile.objects.get(pk=person.pk).name == name
