"""The product page, through HTTP."""

import json
import re

import pytest
from bs4 import BeautifulSoup

from accounts.testing import client_for, make_brand, make_member, make_person
from catalog import actions, queries
from catalog.testing import Product, make_image, make_product, product_data
from catalog.types import OptionData, PictureInput, VariantInput
from core.money import Money
from tracking.models import DailyCount
from tracking.queries import touch_token

pytestmark = pytest.mark.django_db


def address(product):
    return f"/product/{product.public_id}/{product.slug}/"


def vase(**changes):
    """Two glazes in two heights, one combination not made, another sold out."""
    product = make_product(
        title="Tall stoneware vase",
        options=[
            OptionData(name="Glaze", values=("Teal", "Sand")),
            OptionData(name="Height", values=("S", "L")),
        ],
        variants=[
            VariantInput(sku="T-S", price=Money(7200, "EUR"), values=("Teal", "S")),
            VariantInput(sku="T-L", price=Money(14800, "EUR"), values=("Teal", "L")),
            VariantInput(sku="S-S", price=Money(7200, "EUR"), values=("Sand", "S")),
        ],
        **changes,
    )
    gone = product.variants.get(sku="S-S")
    actions.set_availability(levels={gone.pk: "sold_out"})
    product.refresh_from_db()
    return product


def test_a_guest_sees_price_delivery_returns_and_who_sells(client):
    product = vase()
    answer = client.get(address(product))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<h1>Tall stoneware vase</h1>" in page
    assert "€72.00" in page
    assert "VAT included" in page
    assert "Arrives" in page
    assert "to Germany for €6.00" in page
    assert "Returns within 30 days" in page
    assert product.seller.organization.name in page
    assert f"/buy/{product.variants.get(sku='T-S').public_id}/?t=product." in page


def test_a_wrong_slug_leads_to_the_right_one_for_now_and_keeps_the_query(client):
    product = vase()
    answer = client.get(f"/product/{product.public_id}/old-name/?v=abc")
    assert answer.status_code == 302
    assert answer["Location"] == f"{address(product)}?v=abc"


def test_choosing_a_value_changes_price_buy_and_address(client):
    product = vase()
    large = product.variants.get(sku="T-L")
    first = client.get(address(product)).content.decode()
    assert f'href="{address(product)}?v={large.public_id}"' in first
    page = client.get(address(product), {"v": large.public_id}).content.decode()
    assert '<span class="price big">€148.00</span>' in page
    assert f"/buy/{large.public_id}/?t=" in page


def test_choosing_a_value_shows_its_picture_and_one_without_keeps_the_first(client):
    brand = make_brand()
    images = [make_image(owner_id=brand.pk).pk for _n in range(3)]
    product = make_product(
        seller=brand,
        pictures=[PictureInput(image_id=pk, alt=f"View {n}") for n, pk in enumerate(images)],
        options=[OptionData(name="Glaze", values=("Teal", "Sand", "Moss"))],
        variants=[
            VariantInput(sku=value, price=Money(7200, "EUR"), values=(value,), image_id=image)
            for value, image in (("Teal", images[0]), ("Sand", images[2]), ("Moss", None))
        ],
    )

    def shown(sku):
        asked = {"v": product.variants.get(sku=sku).public_id}
        page = BeautifulSoup(client.get(address(product), asked).content, "html5lib")
        current = page.select_one(".gal a[aria-current=true]")
        return page.select_one(".gal__main img")["alt"], current["aria-label"]

    assert shown("Sand") == ("View 2", "Photo 3 of 3")
    assert shown("Teal") == ("View 0", "Photo 1 of 3")
    assert shown("Moss") == ("View 0", "Photo 1 of 3")


def test_values_that_are_sold_out_say_so(client):
    page = client.get(address(vase())).content.decode()
    assert re.search(r"<span>Sand<small>sold out</small></span>", page)


def test_a_sold_out_product_shows_its_state_and_similar_ones(client):
    product = make_product(availability="sold_out")
    similar = make_product(title="Round vase")
    page = client.get(address(product)).content.decode()
    assert "/buy/" + product.variants.get().public_id not in page
    assert "Add to bag" not in page
    assert "Sold out" in page
    assert f"/product/{similar.public_id}/" in page


def test_each_picture_is_a_link_away(client):
    brand = make_brand()
    pictures = [
        PictureInput(image_id=make_image(owner_id=brand.pk).pk, alt=f"View {n}") for n in range(5)
    ]
    product = make_product(seller=brand, pictures=pictures)
    page = client.get(address(product)).content.decode()
    assert page.count("?image=") == 5
    assert 'alt="View 0"' in page
    assert 'alt="View 2"' in client.get(address(product), {"image": "3"}).content.decode()


@pytest.mark.parametrize(
    "query",
    ["v=%00", "v=" + "x" * 9000, "image=0", "image=-1", "image=99999999", "image=%D9%A1", "t=x.y",
     "t=%00", "country=%00", "country=US", "v[]=1", "image=1e3"],
)  # fmt: skip
def test_hostile_queries_show_the_page(client, query):
    product = make_product()
    assert client.get(f"{address(product)}?{query}").status_code == 200


@pytest.mark.parametrize("public_id", ["nothing", "%00", "a' OR 1=1", "x" * 300])
def test_an_absent_product_is_a_404(client, public_id):
    assert client.get(f"/product/{public_id}/x/").status_code == 404


def test_drafts_and_taken_down_products_answer_like_absent_ones(client):
    draft = make_product(publish=False)
    gone = make_product()
    actions.take_down_product(public_id=gone.public_id, operator_id=None, reason="Counterfeit")
    absent = client.get("/product/nothing/x/")
    for product in (draft, gone):
        answer = client.get(address(product))
        assert answer.status_code == 404
        assert _body(answer) == _body(absent)
    member = make_member(brand=draft.seller, role="catalogue")
    answer = client_for(member).get(address(draft))
    assert answer.status_code == 200
    assert b"only your team sees this page" in answer.content
    assert client_for(make_person()).get(address(draft)).status_code == 404


def _body(answer):
    """The page without what differs by address."""
    return re.sub(r"/product/[^\"]*", "", re.sub(r'value="[^"]{64}"', "", answer.content.decode()))


def test_an_archived_product_explains_itself_without_an_offer(client):
    product = make_product()
    actions.archive_product(
        product_id=product.public_id, seller_id=product.seller_id, actor_id=None
    )
    answer = client.get(address(product))
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "does not sell this any more" in page
    assert "/buy/" not in page
    assert "ld+json" not in page


def test_linked_data_names_price_and_state_and_cannot_break_out(client):
    product = make_product(
        title="Vase </script><script>alert(1)</script>", description="<b>&amp;</b>"
    )
    page = client.get(address(product)).content.decode()
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert len(found) == 1
    data = json.loads(found[0])
    assert data["name"] == product.title
    assert data["offers"][0]["price"] == "96.00"
    assert data["offers"][0]["availability"].endswith("InStock")
    assert "alert(1)" not in re.sub(r"<script type.*?</script>", "", page, flags=re.DOTALL).replace(
        "&lt;script&gt;alert(1)", ""
    )
    assert 'property="og:title"' in page


def test_a_click_with_a_touch_is_counted_once_and_a_forged_one_is_not(client):
    product = make_product()
    token = touch_token(source="pin", ref="abc", product=product.public_id)
    client.get(address(product), {"t": token})
    assert DailyCount.objects.get(source="pin").clicks == 1
    client.get(address(product), {"t": token[:-2] + "xx"})
    assert DailyCount.objects.get(source="pin").clicks == 1


def test_pictures_and_text_of_others_are_escaped(client):
    product = make_product(
        title='"><img src=x onerror=alert(1)>',
        description="<script>alert(2)</script>",
        details="<i>x</i>",
    )
    page = client.get(address(product)).content.decode()
    assert "<img src=x" not in page
    assert "<script>alert(2)" not in page
    assert "<i>x</i>" not in page


def test_only_the_team_may_pin_and_edit(client):
    product = make_product()
    edit = f"/studio/{product.seller.handle}/products/{product.public_id}/"
    assert edit not in client.get(address(product)).content.decode()
    member = make_member(brand=product.seller, role="catalogue")
    assert edit in client_for(member).get(address(product)).content.decode()
    packer = make_member(brand=product.seller, role="orders")
    assert edit not in client_for(packer).get(address(product)).content.decode()


def test_the_page_keeps_to_its_budget(client, django_assert_max_num_queries):
    """Product, related products, pins, what the pins tag: 4; session and user beside them: 6."""
    product = vase()
    queries.categories()
    with django_assert_max_num_queries(4):
        client.get(address(product))
    for _ in range(5):
        make_product(seller=product.seller, sizes=["S", "L"])
        make_product()
    with django_assert_max_num_queries(4):
        client.get(address(product))
    buyer = client_for(make_person())
    buyer.get("/help/")
    with django_assert_max_num_queries(6):
        buyer.get(address(product))


def test_what_was_archived_without_a_variant_is_still_explained(client):
    product = make_product()
    names = {"product_id": product.public_id, "seller_id": product.seller_id, "actor_id": None}
    actions.archive_product(**names)
    variant = product.variants.get()
    off = [VariantInput(sku=variant.sku or "", price=Money(9600, "EUR"), active=False)]
    actions.update_product(**names, data=product_data(variants=off))
    answer = client.get(f"/product/{product.public_id}/{Product.objects.get().slug}/")
    assert answer.status_code == 200
    assert "does not sell this any more" in answer.content.decode()


def test_the_sheet_groups_choices_by_option_as_the_page_does(client):
    product = vase()
    at = {one.sku: one.public_id for one in product.variants.all()}

    def choices(path, **headers):
        page = client.get(path, headers=headers).content.decode()
        groups = re.findall(
            r'role="group" aria-label="(Glaze|Height)"(.*?)</div></div>', page, re.DOTALL
        )
        return {name: re.findall(r'href="([^"]+)".*?<span>(\w+)', part) for name, part in groups}

    tall = choices(f"/buy/{at['T-L']}/?t=x", **{"X-Fragment": "sheet"})
    named = {name: [word for _href, word in found] for name, found in tall.items()}
    assert named == {"Glaze": ["Teal", "Sand"], "Height": ["S", "L"]}
    # A value leads to what shares most with what is chosen: sand is made in S only.
    led = [href.partition("?")[0] for href, _word in tall["Glaze"]]
    assert led == [f"/buy/{at['T-L']}/", f"/buy/{at['S-S']}/"]
    on_page = choices(f"{address(product)}?v={at['T-L']}")
    assert {name: [word for _href, word in found] for name, found in on_page.items()} == named
    token = touch_token(source="product", ref=product.public_id, product=product.public_id)
    kept = choices(f"/buy/{at['T-L']}/?t={token}")
    assert kept["Height"][0][0] == f"/buy/{at['T-S']}/?t={token}"
