"""F38: the index is lost, and made again from what it mirrors, while people search and sell."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.testing import hide_brand, make_brand, make_person
from catalog import actions as catalog
from catalog.testing import make_product, make_service
from feed import actions as feed
from feed.models import Pin
from feed.testing import make_pin
from search.actions import put_documents, rebuild
from search.models import Document
from search.queries import ORDERS, find
from search.sources import kinds
from search.types import KINDS, DocumentData

pytestmark = pytest.mark.django_db

ASKED = ("clay vase", "clay", "vaze", "works", "sam", "photography", '"clay vase 3"')


@pytest.fixture
def market():
    brand = make_brand(name="Clay Works", handle="clay")
    for number in range(8):
        product = make_product(seller=brand, title=f"Clay vase {number}", price=2000 + number)
        make_pin(author=brand, title=f"Clay evening {number}", products=[product])
    make_service(seller=brand, title="Clay photography")
    make_person(name="Sam Clay", handle="sam")
    return brand


def everything():
    """All answers in all orders, and what the documents say."""
    lists = [
        [
            (hit.kind, hit.public_id, hit.score)
            for hit in find(text=text, order=order, limit=99).items
        ]
        for text in ASKED
        for order in ORDERS
    ]
    rows = Document.objects.order_by("kind", "public_id")
    return lists, list(rows.values_list("kind", "public_id", "title", "body", "facets", "vector"))


def reindex(*wanted):
    out, told = io.StringIO(), io.StringIO()
    call_command("reindex", *wanted, stdout=out, stderr=told)
    return out.getvalue(), told.getvalue()


def test_every_kind_has_a_source():
    assert kinds() == sorted(KINDS)


def test_a_lost_index_comes_back_with_the_same_answers(market):
    before = everything()
    assert all(before[0][0])
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE search_document RESTART IDENTITY")
    assert not any(everything()[0])
    out, told = reindex()
    assert everything() == before
    assert "product  8 documents" in out
    assert "product  8 of 8 looked at" in told


def test_making_it_again_changes_nothing_that_is_right(market):
    before = everything()
    reindex()
    assert everything() == before


def test_what_should_not_be_there_leaves_and_what_is_wrong_is_put_right(market):
    before = everything()
    gone = DocumentData(kind="product", public_id="zzzzzzzzzzzz", title="Clay ghost")
    other = Document.objects.filter(kind="pin").first()
    assert other is not None
    put_documents(documents=[gone])
    Document.objects.filter(pk=other.pk).update(title="Clay lies", facets={})
    Document.objects.update(updated_at="2020-01-01T00:00Z")
    reindex()
    assert everything() == before


def test_what_nobody_may_see_stays_out(market):
    product = make_product(title="Clay secret", publish=False)
    draft = make_pin(title="Clay secret", publish_now=False)
    other = make_product(title="Clay secret").seller
    hide_brand(other)
    reindex()
    assert product.public_id != draft.public_id
    assert "Clay secret" not in Document.objects.values_list("title", flat=True)


def test_what_changes_while_it_is_made_is_not_lost(market, monkeypatch):
    """An act between two batches, on rows before and behind the place."""
    monkeypatch.setattr("search.actions.rebuilding.BATCH", 3)
    pins = list(feed_pins(market))
    turned = []

    def change(kind, done, total):
        assert find(text="clay", kinds=["product"]).total > 0, "it is searched meanwhile"
        if done == 3:
            feed.delete_pin(public_id=pins[0], author_id=market.pk)
            feed.delete_pin(public_id=pins[-1], author_id=market.pk)
            turned.append(make_pin(author=market, title="Clay news").public_id)

    rebuild(kind="pin", progress=change)
    found = {hit.public_id for hit in find(text="clay", kinds=["pin"], limit=50).items}
    assert turned
    assert found == {*pins[1:-1], *turned}


def feed_pins(market):
    return Pin.objects.filter(author=market).order_by("pk").values_list("public_id", flat=True)


def test_rows_are_held_while_their_documents_are_made(market):
    """Else an act between reading and writing would lose its document to an older one."""
    with CaptureQueriesContext(connection) as queries:
        rebuild(kind="product")
    said = [one["sql"] for one in queries]
    held = next(at for at, sql in enumerate(said) if "FOR NO KEY UPDATE" in sql)
    written = next(at for at, sql in enumerate(said) if 'INTO "search_document"' in sql)
    assert held < written
    assert "catalog_product" in said[held]


def test_an_unknown_kind_is_refused(market):
    with pytest.raises(CommandError, match="no kind nonsense"):
        reindex("nonsense")
    out, _told = reindex("brand")
    assert "product" not in out


def test_a_product_that_is_archived_meanwhile_leaves(market):
    product = make_product(seller=market, title="Clay bowl")

    def archive(kind, done, total):
        catalog.archive_product(product_id=product.public_id, seller_id=market.pk, actor_id=None)

    rebuild(kind="product", progress=archive)
    assert "Clay bowl" not in Document.objects.values_list("title", flat=True)
