"""A brand's own products: list, form, stock and photographs, through HTTP."""

import io
import re
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Pil

from accounts.testing import client_for, make_brand, make_member, make_person, owner_of
from catalog import queries
from catalog.models import Product, Variant
from catalog.testing import make_attribute, make_delivery_method, make_image, make_product
from core import files
from core.models import Image
from core.testing import picture_file, undo_in
from inventory.queries import available, stock_levels
from marketplace.tests.pages.products import NEW, edit_form, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def brand(brand):
    make_delivery_method(seller=brand)
    return brand


def summary(page):
    """What the head of a refused form says, line by line."""
    return re.findall(r"<li>(.*?)</li>", page.split('class="errs"')[1].split("</section>")[0])


def photograph(width=800, height=600, gps=False):
    exif = Pil.Exif()
    if gps:
        exif[0x0112] = 6  # the camera was held upright
        exif.get_ifd(0x8825).update({1: "N", 2: (53.0, 33.0, 0.0), 3: "E", 4: (9.0, 59.0, 0.0)})
    file = io.BytesIO()
    Pil.effect_noise((width, height), 40).convert("RGB").save(file, "JPEG", exif=exif)
    return SimpleUploadedFile("IMG_2041.jpg", file.getvalue(), "image/jpeg")


def test_an_owner_adds_and_publishes_a_product_with_stock_and_photograph(brand, owner):
    answer = owner.post(NEW, typed(pictures=photograph(), to="published"))
    product = Product.objects.get(seller=brand)
    assert answer.status_code == 302
    saved = f"/studio/ondine/products/{product.public_id}/?saved={product.version}"
    assert answer["Location"] == saved
    assert (product.state, product.lead_days) == ("published", 2)
    assert product.vat_rate == Decimal("0.19")
    variant = product.variants.get()
    assert (variant.sku, variant.price) == ("OND-1", 9600)
    assert available(variant_pks=[variant.pk]) == {variant.pk: 5}
    card = queries.product_cards(ids=[product.pk])[0]
    assert card.availability != "sold_out"
    assert card.picture is not None


def test_a_12_megapixel_photograph_loses_its_place_and_stands_upright(brand, owner):
    answer = owner.post(NEW, typed(pictures=photograph(4000, 3000, gps=True)))
    assert answer.status_code == 302
    image = Image.objects.get()
    assert image.owner_id == brand.pk
    assert image.height > image.width
    for file in files.directory_of(image.public_id).iterdir():
        with Pil.open(file) as stored:
            assert not stored.getexif()
            assert stored.height > stored.width


def test_a_refused_form_keeps_everything_even_the_picture(brand, owner):
    answer = owner.post(NEW, typed(title="", description="Keep me", pictures=picture_file()))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "There is a problem" in page
    assert "Keep me" in page
    assert 'value="OND-1"' in page
    kept = re.search(r'name="kept" value="(\w+)"', page)[1]
    assert not Product.objects.exists()

    answer = owner.post(NEW, typed(kept=kept, to="published", **{f"alt-{kept}": "A vase"}))
    assert answer.status_code == 302
    assert Product.objects.get().images.get().alt == "A vase"
    assert Image.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"title": "   "}, "field--bad"),
        ({"title": "x" * 121}, "at most 120"),
        ({"title": "a\x00b"}, "cannot"),
        ({"category": "nowhere"}, "Select a valid choice"),
        ({"vat": "NaN"}, "Enter a number"),
        ({"vat": "1e9"}, "less than or equal to 99"),
        ({"lead_days": "1e3"}, "Enter a whole number"),
        ({"return_days": "3"}, "greater than or equal to 14"),
        ({"v-0-price": "-1"}, "Write the amount in digits"),
        ({"v-0-price": "1e3"}, "Write the amount in digits"),
        ({"v-0-price": "0"}, "above zero"),
        ({"v-0-price": "9" * 5000}, "Write the amount in digits"),
        ({"v-0-price": "12.345"}, "at most 2 decimals"),
        ({"v-0-stock": "1.5"}, "Whole pieces, up to a million"),
        ({"v-0-stock": "-1"}, "Whole pieces, up to a million"),
        ({"v-0-stock": "1000001"}, "Whole pieces, up to a million"),
        ({"v-0-stock": "9" * 30}, "Whole pieces, up to a million"),
        ({"pictures": SimpleUploadedFile("a.jpg", b"<svg onload=alert(1)>")}, "a.jpg"),
        ({"option_0": "Glaze"}, "List the values"),
        ({"v-0-values": "[" * 5000}, None),
        ({"v-0-values": '{"a": 1}'}, None),
    ],
)
def test_bad_input_is_told_and_changes_nothing(brand, owner, change, words):
    answer = owner.post(NEW, typed(**change))
    if words is None:  # rows are made anew from the options; nothing of the junk is kept
        assert answer.status_code in (302, 422)
        return
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Product.objects.exists()
    assert not Variant.objects.exists()


def test_options_make_rows_that_are_then_saved(brand, owner):
    axes = {
        "option_0": "Glaze",
        "values_0": ["Teal", "Sand"],
        "option_1": "Height",
        "values_1": ["S", "L"],
        "option_2": "Finish",
        "values_2": "Matt",
    }
    page = owner.post(NEW, typed(**axes)).content.decode()
    assert "Each combination has its own row now" in page
    assert page.count('class="cell" id="v-') == 4
    assert 'value="OND-1-TEAL-S-MATT"' in page
    assert not Product.objects.exists()

    rows: dict[str, str] = {}
    for number, (glaze, height) in enumerate(
        [("Teal", "S"), ("Teal", "L"), ("Sand", "S"), ("Sand", "L")]
    ):
        rows |= {
            f"v-{number}-values": f'["{glaze}", "{height}", "Matt"]',
            f"v-{number}-sku": f"OND-{number}",
            f"v-{number}-price": f"{70 + number}",
            f"v-{number}-stock": str(number),
            f"v-{number}-was": "0",
            f"v-{number}-on": "1",
        }
    answer = owner.post(NEW, typed(**axes, **rows))
    assert answer.status_code == 302
    product = Product.objects.get()
    found = dict(product.variants.values_list("sku", "price"))
    assert found == {"OND-0": 7000, "OND-1": 7100, "OND-2": 7200, "OND-3": 7300}
    assert product.variants.get(sku="OND-3").title == "Sand, L, Matt"


def test_make_the_variants_stores_nothing(brand, owner):
    answer = owner.post(NEW, typed(option_0="Size", values_0=["S", "L"], **{"as": "variants"}))
    assert answer.status_code == 200
    assert not Product.objects.exists()


def test_changing_price_and_stock_keeps_the_variant(brand, owner):
    owner.post(NEW, typed(pictures=photograph(), to="published"))
    product = Product.objects.get()
    variant = product.variants.get()
    data = edit_form(owner, product)
    assert data["v-0-stock"] == "5"
    data |= {"v-0-price": "99,50", "v-0-stock": "2"}
    answer = owner.post(f"/studio/ondine/products/{product.public_id}/", data)
    assert answer.status_code == 302
    variant.refresh_from_db()
    assert (variant.price, variant.version) == (9950, 2)
    assert stock_levels(variant_pks=[variant.pk])[variant.pk].on_hand == 2
    product.refresh_from_db()
    assert product.state == "published"


def test_a_renamed_value_keeps_its_variant(brand, owner):
    product = make_product(seller=brand, sizes=["S", "L"])
    small = product.variants.get(title="S").pk
    data = edit_form(owner, product)
    data["values_0"] = ["Small", "L"]
    answer = owner.post(f"/studio/ondine/products/{product.public_id}/", data)
    assert answer.status_code == 302
    assert product.variants.get(title="Small").pk == small
    assert product.variants.filter(active=True).count() == 2


def test_an_sku_of_another_product_is_refused_beside_its_field(brand, owner):
    owner.post(NEW, typed())
    answer = owner.post(NEW, typed(title="Second"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Another of your products has the SKU OND-1" in page
    assert 'id="v-0-sku_error"' in page
    assert Product.objects.count() == 1


def test_all_that_is_wrong_is_told_in_one_round(brand, owner):
    """What only the catalogue knows, too: it is not asked after the rest is right."""
    make_attribute(code="height", kind="number", unit="cm")
    owner.post(NEW, typed())
    sizes = {"option_0": "Size", "values_0": ["S", "M", "L", "XL"]}
    rows: dict[str, str] = {}
    for number, (size, sku, price) in enumerate(
        [("S", "A", "much"), ("M", "a", "9"), ("L", "OND-1", "9"), ("XL", "OND-1", "0")]
    ):
        lead = f"v-{number}-"
        rows |= {lead + "values": f'["{size}"]', lead + "sku": sku, lead + "price": price}
        rows |= {lead + "stock": "1", lead + "was": "0", lead + "on": "1"}
    answer = owner.post(NEW, typed(title="", vat="much", answer_height="tall", **sizes, **rows))
    page = answer.content.decode()
    assert answer.status_code == 422
    wrong = re.findall(r'class="field__err" id="([\w-]+)_error"', page)
    fields = ["id_title", "id_answer_height", "id_vat"]
    cells = ["v-0-price", "v-1-sku", "v-2-sku", "v-3-sku", "v-3-price"]
    assert sorted(wrong) == sorted(fields + cells)
    # Each says it once, and nothing is said of a field because of another that is wrong.
    assert len(summary(page)) == len(wrong)
    assert Product.objects.count() == 1


@pytest.mark.parametrize("option", ["n" * 41, "Size"])
def test_an_option_that_is_wrong_says_it_once(brand, owner, option):
    values = ["S"] if option != "Size" else ["v" * 61]
    sent = typed(option_0=option, values_0=values, **{"v-0-price": "much"})
    page = owner.post(NEW, sent).content.decode()
    assert len(summary(page)) == 2
    assert not Product.objects.exists()


def test_publishing_without_a_picture_keeps_nothing_half_done(brand, owner):
    answer = owner.post(NEW, typed(to="published"))
    assert answer.status_code == 422
    assert "Add a picture" in answer.content.decode()
    assert not Product.objects.exists()


@pytest.mark.parametrize("role", ["orders", "chat", "ads", "finance"])
def test_other_roles_and_strangers_find_nothing(brand, role):
    product = make_product(seller=brand, title="Tall vase")
    address = f"/studio/ondine/products/{product.public_id}/"
    rival = owner_of(make_brand())
    guest = client_for(None)
    for client in (
        guest,
        client_for(make_person()),
        client_for(rival),
        client_for(make_member(brand=brand, role=role)),
    ):
        for path in ("/studio/ondine/products/", NEW, address):
            assert client.get(path).status_code == (302 if client is guest else 404)
        assert client.post(NEW, typed()).status_code == 404
        assert client.post(address, typed(title="Mine")).status_code == 404
        assert client.post(f"{address}move/", {"to": "archived"}).status_code == 404
    product.refresh_from_db()
    assert (product.title, product.state) == ("Tall vase", "published")
    assert Product.objects.count() == 1


def test_the_product_of_another_brand_is_absent_in_the_own_studio(brand, owner):
    foreign = make_product(title="Not yours")
    path = f"/studio/ondine/products/{foreign.public_id}/"
    assert owner.get(path).status_code == 404
    assert owner.post(path, typed(title="Mine")).status_code == 404
    foreign.refresh_from_db()
    assert foreign.title == "Not yours"


def test_fields_that_are_not_asked_for_change_nothing(brand, owner):
    other = make_brand()
    foreign = make_image(owner_id=other.pk)
    answer = owner.post(
        NEW,
        typed(
            seller=other.pk,
            seller_id=other.pk,
            state="published",
            published_at="2020-01-01",
            currency="USD",
            public_id="chosen",
            price_from="1",
            kept=foreign.public_id,
            **{"v-0-availability": "in_stock", "v-0-version": "99", "v-0-stock": "0"},
        ),
    )
    assert answer.status_code == 302
    product = Product.objects.get()
    assert (product.seller_id, product.state, product.currency) == (brand.pk, "draft", "EUR")
    assert product.published_at is None
    assert product.images.count() == 0
    assert product.variants.get().availability == "sold_out"
    assert product.variants.get().version == 1


def test_the_list_finds_by_words_state_and_says_when_empty(brand, owner):
    page = owner.get("/studio/ondine/products/").content.decode()
    assert "No products yet" in page
    make_product(seller=brand, title="Tall vase")
    make_product(seller=brand, title="Bowl", publish=False)
    page = owner.get("/studio/ondine/products/").content.decode()
    assert "Tall vase" in page
    assert "Bowl" in page
    page = owner.get("/studio/ondine/products/", {"state": "draft"}).content.decode()
    assert "Tall vase" not in page
    page = owner.get("/studio/ondine/products/", {"q": "nothing like it"}).content.decode()
    assert "Nothing matches" in page
    assert owner.get("/studio/ondine/products/?q=%00%25&state=x&cursor=zz").status_code == 200


def test_products_go_off_sale_and_back(brand, owner):
    product = make_product(seller=brand)
    path = f"/studio/ondine/products/{product.public_id}/move/"
    assert owner.post(path, {"to": "archived"}).status_code == 302
    product.refresh_from_db()
    assert product.state == "archived"
    owner.post(path, {"to": "published"})
    product.refresh_from_db()
    assert product.state == "published"
    assert owner.post(path, {"to": "taken_down"}).status_code == 404


def test_the_button_of_one_product_has_its_way_back(brand, owner):
    product = make_product(seller=brand)
    path = f"/studio/ondine/products/{product.public_id}/move/"
    for state in ("archived", "draft"):
        owner.post(undo_in(owner.post(path, {"to": state}, follow=True)))
        product.refresh_from_db()
        assert product.state == "published", state
    again = owner.post(path, {"to": "published"}, follow=True)
    assert undo_in(again) == "", "it was so already"


def test_hostile_words_are_shown_as_words(brand, owner):
    evil = '"><img src=x onerror=alert(1)>\u202e'
    owner.post(NEW, typed(title=evil, **{"v-0-sku": evil}))
    product = Product.objects.get()
    assert "\u202e" not in product.title
    for path in ("/studio/ondine/products/", f"/studio/ondine/products/{product.public_id}/"):
        assert "<img src=x" not in owner.get(path).content.decode()


def test_list_and_form_keep_their_number_of_queries(brand, owner, django_assert_max_num_queries):
    """List: session, user, products, described pictures, orders that wait. Form: session, user,
    page, stock, pictures, pins, orders that wait, and once a minute what categories ask."""
    product = make_product(seller=brand, sizes=["S", "M", "L"])
    owner.get("/studio/ondine/products/")
    for _ in range(4):
        make_product(seller=brand, sizes=["S", "M"])
    owner.get(f"/studio/ondine/products/{product.public_id}/")
    with django_assert_max_num_queries(5):
        owner.get("/studio/ondine/products/")
    with django_assert_max_num_queries(7):
        owner.get(f"/studio/ondine/products/{product.public_id}/")


def test_the_last_variant_of_what_is_on_sale_stays_on(brand, owner):
    product = make_product(seller=brand)
    variant = product.variants.get()
    address = f"/studio/ondine/products/{product.public_id}/"
    kept = {"kept": product.cover.public_id, "v-0-sku": variant.sku, "v-0-stock": "0"}
    form = typed(**kept, to="published")
    off = {name: value for name, value in form.items() if name != "v-0-on"}
    answer = owner.post(address, off)
    assert answer.status_code == 422
    assert "Switch on one variant" in answer.content.decode()
    variant.refresh_from_db()
    product.refresh_from_db()
    assert (variant.active, product.state) == (True, "published")
