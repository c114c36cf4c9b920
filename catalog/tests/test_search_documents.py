# mypy: disable-error-code="union-attr"
"""What the search index knows of products, and how it forgets them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import actions as accounts
from accounts.testing import client_for, hide_brand, make_brand, make_operator, show_brand
from catalog import actions
from catalog.models import Category
from catalog.testing import make_category, make_product, make_service, product_data
from catalog.types import PictureInput, VariantInput
from core.money import Money
from core.testing import deliver_all
from search.queries import find

pytestmark = pytest.mark.django_db


def found(text, **facets):
    hits = find(text=text, kinds=["product"], facets=facets).items
    return [hit.public_id for hit in hits]


def test_a_product_is_found_as_soon_as_it_is_published():
    product = make_product(title="Wobbly carafe", publish=False)
    assert found("carafe") == []
    actions.publish_product(
        product_id=product.public_id, seller_id=product.seller_id, actor_id=None
    )
    assert found("carafe") == [product.public_id]
    assert found(product.variants.get().sku) == [product.public_id]
    actions.archive_product(
        product_id=product.public_id, seller_id=product.seller_id, actor_id=None
    )
    assert found("carafe") == []


def test_a_change_is_found_in_the_same_transaction():
    product = make_product(title="Wobbly carafe", price=5000)
    images = list(product.images.values_list("image_id", flat=True))
    assert found("carafe", price_max=4000) == []
    actions.set_price(
        variant_id=product.variants.get().public_id, price=Money(3000, "EUR"), actor_id=None
    )
    assert found("carafe", price_max=4000) == [product.public_id]

    sku = product.variants.get().sku or ""
    data = product_data(
        title="Upright jug",
        variants=[VariantInput(sku=sku, price=Money(3000, "EUR"))],
        pictures=[PictureInput(image_id=one) for one in images],
    )
    actions.update_product(
        product_id=product.public_id, seller_id=product.seller_id, actor_id=None, data=data
    )
    assert found("carafe") == []
    assert found("jug") == [product.public_id]


def test_facets_know_stock_and_the_whole_branch_of_a_category():
    make_category(slug="home", name="Home")
    make_category(slug="jugs", name="Jugs", parent="home")
    product = make_product(title="Upright jug", category="jugs")
    assert found("jug", category=["home"]) == [product.public_id]
    assert found("jug", category=["bags"]) == []
    assert found("jug", in_stock=True) == [product.public_id]
    actions.set_availability(levels={product.variants.get().pk: "sold_out"})
    assert found("jug", in_stock=True) == []
    assert found("jug") == [product.public_id]


def test_a_brand_leaves_the_index_with_its_suspension_and_comes_back_when_it_is_restored():
    brand = make_brand()
    product = make_product(seller=brand, title="Wobbly carafe")
    assert found("carafe") == [product.public_id]
    hide_brand(brand)
    deliver_all(except_queues=("media", "mail"))
    assert found("carafe") == []
    show_brand(brand)
    deliver_all(except_queues=("media", "mail"))
    assert found("carafe") == [product.public_id]


def test_a_product_is_found_by_the_new_name_of_who_makes_it():
    brand = make_brand(name="Ondine Studio", handle="ondine")
    product = make_product(seller=brand)
    accounts.update_profile(
        profile_id=brand.pk, name="Quicksilver Works", handle="quicksilver", bio="", links=[]
    )
    deliver_all(except_queues=("media", "mail"))
    assert found("quicksilver") == [product.public_id]
    assert found("ondine") == []


def change_in_admin(of, **changes):
    row = Category.objects.get(slug=of)
    client = client_for(make_operator())
    address = f"/admin/catalog/category/{row.pk}/change/"
    data = {"name": row.name, "parent": row.parent_id or "", "position": row.position, **changes}
    answer = client.post(address, data)
    assert answer.status_code == 302, answer.content.decode()
    deliver_all(except_queues=("media", "mail"))


def test_a_renamed_or_moved_category_is_found_as_it_is_now():
    for slug, above in (("home", None), ("table", None), ("vases", "home"), ("tall", "vases")):
        make_category(slug=slug, name=f"{slug}wares", parent=above)
    product = make_product(title="Wobbly carafe", category="tall")
    service = make_service(title="Wobbly portraits", category="tall")
    other = make_product(title="Wobbly jug", category="table")

    def all_found(text, **facets):
        return {hit.public_id for hit in find(text=text, facets=facets).items}

    both = {product.public_id, service.public_id}
    assert all_found("vaseswares") == both
    change_in_admin("vases", name="Vessels")
    assert (all_found("vessels"), all_found("vaseswares")) == (both, set())

    actions.save_category(slug="vases", name="Vessels", parent="table")
    deliver_all(except_queues=("media", "mail"))
    assert all_found("wobbly", category=["table"]) == both | {other.public_id}
    assert all_found("wobbly", category=["home"]) == set()
    change_in_admin("vases", parent=Category.objects.get(slug="home").pk)
    assert all_found("wobbly", category=["home"]) == both


def test_a_category_keeps_its_slug():
    make_category(slug="vases", name="Vases")
    change_in_admin("vases", slug="pots", name="Pots")
    assert list(Category.objects.values_list("slug", "name")) == [("vases", "Pots")]
    page = client_for(make_operator()).get("/admin/catalog/category/add/").content.decode()
    assert 'name="slug"' in page


def test_what_is_written_late_is_held_while_it_is_read():
    """Else an act between reading and writing would lose its document to an older one."""
    brand = make_brand()
    make_product(seller=brand)
    make_service(seller=brand)
    hide_brand(brand)
    deliver_all(except_queues=("media", "mail"))
    show_brand(brand)
    with CaptureQueriesContext(connection) as queries:
        deliver_all(except_queues=("media", "mail"))
    said = [one["sql"] for one in queries]
    for table, kind in (("catalog_product", "product"), ("catalog_service", "service")):
        held = next(
            at for at, sql in enumerate(said) if "FOR NO KEY UPDATE" in sql and table in sql
        )
        written = next(
            at
            for at, sql in enumerate(said)
            if 'INTO "search_document"' in sql and f"'{kind}'" in sql
        )
        assert held < written
