"""The product editor: questions, order of pictures, state, dates, two people at once."""

import io
import os
import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image as Pil

from accounts.testing import client_for, make_brand, make_member
from catalog.models import Product
from catalog.testing import make_attribute, make_category, make_image, make_product
from catalog.types import PictureInput
from core import clock
from core.money import Money, format_money
from core.testing import no_room_beyond, picture_file
from feed.testing import make_pin
from marketplace.tests.pages.products import NEW, address, posted, shown_order, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def pictured(brand):
    """A product on sale with three pictures."""
    pictures = [make_image(owner_id=brand.pk, alt="") for _ in range(3)]
    return make_product(
        seller=brand, pictures=[PictureInput(image_id=one.pk, alt="A vase") for one in pictures]
    )


def order_of(product):
    return list(product.images.values_list("image__public_id", flat=True))


def test_the_questions_follow_the_category_and_answers_are_kept(brand, owner):
    make_attribute(code="material", kind="choices", choices=["Stoneware", "Oak"])
    make_attribute(code="height", kind="number", unit="cm")
    make_attribute(code="hand_made", kind="yes_no")
    make_attribute(code="socket", choices=["E27"], categories=["lamps"])
    page = owner.post(NEW, typed(category="lamps", **{"as": "category"})).content.decode()
    assert "Socket" in page
    assert "Height (cm)" not in page
    assert not Product.objects.exists()

    said = {"answer_material": ["oak"], "answer_height": "24,5", "answer_hand_made": "no"}
    answer = owner.post(NEW, typed(answer_socket="e27", **said))
    assert answer.status_code == 302
    product = Product.objects.get()
    found = {one.attribute.code: one for one in product.attribute_values.all()}
    assert set(found) == {"material", "height", "hand_made"}
    assert found["height"].number == 24.5
    assert found["hand_made"].yes is False

    page = owner.get(address(product)).content.decode()
    assert 'value="24.5"' in page
    assert re.search(r'name="answer_material" value="oak"[^>]*checked', page)


def test_a_product_is_no_service(brand, owner):
    make_category(slug="services", name="Services")
    make_category(slug="photography", name="Photography", parent="services")
    page = owner.get(NEW).content.decode()
    offered = BeautifulSoup(page, "html5lib").select("[name=category] option")
    assert [one["value"] for one in offered] == ["", "vases"]
    assert owner.post(NEW, typed(category="photography")).status_code == 422
    assert not Product.objects.exists()


def test_an_answer_that_makes_no_sense_is_told_beside_its_field(brand, owner):
    make_attribute(code="height", kind="number", unit="cm")
    answer = owner.post(NEW, typed(answer_height="tall"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="id_answer_height_error"' in page
    assert 'value="tall"' in page
    assert not Product.objects.exists()


def test_an_option_takes_over_the_question(brand, owner):
    make_attribute(code="colour", choices=["Teal", "Sand"])
    page = owner.post(
        NEW, typed(option_0="Colour", values_0=["Teal", "Sand"], **{"as": "variants"})
    ).content.decode()
    assert 'name="answer_colour"' not in page
    assert "Your options answer for each variant: Colour." in page


@pytest.mark.parametrize(
    ("act", "which", "order"),
    [
        ("earlier", 1, (1, 0, 2)),
        ("later", 1, (0, 2, 1)),
        ("first", 2, (2, 0, 1)),
        ("earlier", 0, (0, 1, 2)),
        ("later", 2, (0, 1, 2)),
        ("drop", 1, (0, 2)),
    ],
)
def test_pictures_are_moved_without_a_script_and_saved_with_the_rest(
    owner, pictured, act, which, order
):
    was = order_of(pictured)
    form = posted(owner, pictured, title="Typed")
    answer = owner.post(address(pictured), {**form, "as": f"{act}:{was[which]}"})
    page = answer.content.decode()
    wanted = [was[at] for at in order]
    assert answer.status_code == 200
    assert shown_order(page) == wanted
    assert 'value="Typed"' in page
    assert order_of(pictured) == was

    saved = owner.post(address(pictured), {**form, "kept": wanted})
    assert saved.status_code == 302
    assert order_of(pictured) == wanted
    pictured.refresh_from_db()
    assert pictured.cover.public_id == wanted[0]


def test_a_foreign_picture_is_not_taken(owner, pictured):
    foreign = make_image(owner_id=make_brand().pk).public_id
    form = posted(owner, pictured)
    owner.post(address(pictured), {**form, "kept": [foreign, "\x00", "x", *form["kept"]]})
    assert foreign not in order_of(pictured)
    assert len(order_of(pictured)) == 3


def test_a_picture_of_nobody_stays_where_it_is_and_goes_nowhere_else(brand, owner):
    shared = make_image()
    product = make_product(seller=brand, pictures=[PictureInput(image_id=shared.pk)])
    saved = owner.post(address(product), posted(owner, product, **{"v-0-price": "11"}))
    assert saved.status_code == 302
    assert order_of(product) == [shared.public_id]

    other = make_product(seller=brand)
    form = posted(owner, other)
    owner.post(address(other), {**form, "kept": [shared.public_id, *form["kept"]]})
    assert shared.public_id not in order_of(other)


def test_words_and_focal_point_belong_to_the_picture(owner, pictured):
    first = order_of(pictured)[0]
    words = {f"alt-{first}": "Two vases", f"focus-{first}_x": "20", f"focus-{first}_y": "80"}
    owner.post(address(pictured), posted(owner, pictured, **words))
    row = pictured.images.first()
    assert (row.alt, row.image.focus_x, row.image.focus_y) == ("Two vases", 20, 80)

    form = posted(owner, pictured, **{f"focus-{first}_x": "900"})
    assert owner.post(address(pictured), form).status_code == 302
    row.image.refresh_from_db()
    assert row.image.focus_x == 20


def test_the_head_says_in_how_many_pins_it_is(brand, owner, pictured):
    assert "3 pictures</span>" in owner.get(address(pictured)).content.decode()
    for _number in range(2):
        make_pin(author=brand, products=[pictured])
    make_pin(author=brand, products=[pictured], publish_now=False)
    assert "3 pictures, in 2 pins</span>" in owner.get(address(pictured)).content.decode()


def test_a_full_disk_costs_the_pictures_and_nothing_that_was_typed(brand, owner, pictured):
    """Of several what fits is there, what does not is named, and saving again saves it all."""
    noise = Pil.frombytes("RGB", (500, 500), os.urandom(500 * 500 * 3))
    large = io.BytesIO()
    noise.save(large, "PNG")

    def two():
        return [SimpleUploadedFile(f"{at}.png", large.getvalue(), "image/png") for at in range(2)]

    form = posted(owner, pictured, title="Taller vase", pictures=[picture_file(), *two()])
    with no_room_beyond(60_000):
        answer = owner.post(address(pictured), form)
    page = answer.content.decode()
    assert answer.status_code in (422, 503)
    assert "We could not save the picture just now" in page
    assert 'value="Taller vase"' in page
    pictured.refresh_from_db()
    assert pictured.title != "Taller vase"
    assert len(order_of(pictured)) == 3
    kept = shown_order(page)
    assert len(kept) == 4, "what fitted is not asked for again"
    again = owner.post(address(pictured), {**form, "pictures": two(), "kept": kept})
    assert again.status_code == 302
    assert len(order_of(pictured)) == 6


def test_the_list_counts_pictures_without_words(owner, pictured):
    page = owner.get("/studio/ondine/products/").content.decode()
    assert "100 %" in page
    pictured.images.update(alt="")
    page = owner.get("/studio/ondine/products/?state=silent").content.decode()
    assert "0 %" in page
    assert pictured.title in page
    pictured.images.update(alt="A tall vase")
    page = owner.get("/studio/ondine/products/?state=silent").content.decode()
    assert pictured.title not in page


def test_what_came_back_is_thrown_away_by_a_button(owner, pictured):
    page = BeautifulSoup(owner.get(address(pictured)).content, "html5lib")
    [button] = page.select("[data-kept] button[data-kept-drop]")
    assert "btn" in button["class"]


def test_all_rows_take_over_a_column_of_the_first(brand, owner):
    product = make_product(seller=brand, sizes=["S", "M", "L"], price=4000)
    form = posted(owner, product, **{"v-0-price": "55.50"})
    page = owner.post(address(product), {**form, "as": "fill:price"}).content.decode()
    assert page.count('value="55.50"') == 3
    assert set(product.variants.values_list("price", flat=True)) == {4000, 4100, 4200}


def test_a_date_is_set_moved_and_taken_back(brand, owner):
    product = make_product(seller=brand, publish=False)
    soon = timezone.localtime(clock.now() + timedelta(days=2)).replace(second=0, microsecond=0)
    date = soon.strftime("%Y-%m-%dT%H:%M")

    answer = owner.post(address(product), posted(owner, product, to="scheduled", publish_at=date))
    assert answer.status_code == 302
    product.refresh_from_db()
    assert (product.state, product.publish_at) == ("draft", soon)
    assert "goes on sale on" in owner.get(address(product)).content.decode()

    same = owner.post(address(product), posted(owner, product, title="New words"))
    product.refresh_from_db()
    assert same.status_code == 302
    assert (product.title, product.publish_at) == ("New words", soon)

    owner.post(address(product), posted(owner, product, to="draft"))
    product.refresh_from_db()
    assert (product.state, product.publish_at) == ("draft", None)


def test_what_is_on_sale_can_be_given_a_date_too(owner, pictured):
    page = owner.get(address(pictured)).content.decode()
    states = re.findall(r'<input type="radio" name="to" value="(\w+)"', page)
    assert states == ["draft", "published", "scheduled", "archived"]
    assert "Off sale until then, and on sale again by itself." in page
    soon = timezone.localtime(clock.now() + timedelta(days=2)).replace(second=0, microsecond=0)
    date = soon.strftime("%Y-%m-%dT%H:%M")
    form = posted(owner, pictured, to="scheduled", publish_at=date)
    page = owner.post(address(pictured), {**form, "as": "changes"}).content.decode()
    told = changes(page)
    assert "Off sale until the date</span></button>" in page
    assert told == [["State:", "Published", "From", "a", "date"]]
    assert owner.post(address(pictured), form).status_code == 302
    pictured.refresh_from_db()
    assert (pictured.state, pictured.publish_at) == ("draft", soon)
    assert "is off sale and goes on sale again on" in owner.get(address(pictured)).content.decode()


@pytest.mark.parametrize("date", ["", "2001-01-01T10:00", "soon", "9999-12-31T23:59"])
def test_a_date_that_does_not_do_is_told_and_nothing_is_saved(brand, owner, date):
    product = make_product(seller=brand, publish=False, title="Vase")
    form = posted(owner, product, to="scheduled", publish_at=date, title="Typed")
    answer = owner.post(address(product), form)
    product.refresh_from_db()
    assert answer.status_code == 422
    assert 'id="id_publish_at_error"' in answer.content.decode()
    assert 'value="Typed"' in answer.content.decode()
    assert (product.title, product.publish_at) == ("Vase", None)


@pytest.mark.parametrize(
    ("to", "words"), [("archived", "is archived"), ("draft", "Saved as a draft")]
)
def test_the_form_takes_it_off_sale_and_back(owner, pictured, to, words):
    assert owner.post(address(pictured), posted(owner, pictured, to=to)).status_code == 302
    pictured.refresh_from_db()
    assert pictured.state == to
    assert words in owner.get(address(pictured)).content.decode()
    owner.post(address(pictured), posted(owner, pictured, to="published"))
    pictured.refresh_from_db()
    assert pictured.state == "published"


@pytest.mark.parametrize("to", ["archived", "draft"])
@pytest.mark.parametrize("opened", [{"v-0-price": ""}, {"v-0-sku": ""}, {"category": ""}])
def test_one_press_takes_it_off_sale_and_leaves_something_open(owner, pictured, to, opened):
    form = posted(owner, pictured, title="Typed", **opened)
    assert owner.post(address(pictured), form).status_code == 422, "the control: it is on sale"
    pictured.refresh_from_db()
    assert (pictured.state, pictured.title == "Typed") == ("published", False)
    assert owner.post(address(pictured), {**form, "to": to}).status_code == 302
    pictured.refresh_from_db()
    assert (pictured.state, pictured.title) == (to, "Typed")


@pytest.mark.parametrize("to", ["archived", "draft"])
def test_who_takes_it_off_sale_overwrites_nobody(brand, owner, pictured, to):
    colleague = client_for(make_member(brand=brand, role="catalogue"))
    mine = posted(owner, pictured, title="Mine", to=to)
    theirs = posted(colleague, pictured, title="Theirs")
    assert colleague.post(address(pictured), theirs).status_code == 302
    assert owner.post(address(pictured), mine).status_code == 409
    pictured.refresh_from_db()
    assert (pictured.state, pictured.title) == ("published", "Theirs")


def test_what_somebody_else_saved_is_told_and_both_are_kept(brand, owner, pictured):
    colleague = client_for(make_member(brand=brand, role="catalogue"))
    mine = posted(owner, pictured, title="Mine")
    theirs = posted(colleague, pictured, title="Theirs", **{"v-0-price": "11"})
    assert colleague.post(address(pictured), theirs).status_code == 302

    answer = owner.post(address(pictured), mine)
    page = answer.content.decode()
    pictured.refresh_from_db()
    assert answer.status_code == 409
    assert pictured.title == "Theirs"
    assert 'value="Mine"' in page
    assert "<dd>Theirs</dd>" in page
    assert "€ 11.00" in page

    version = re.search(r'name="version" value="(\d+)"', page)[1]
    assert owner.post(address(pictured), {**mine, "version": version}).status_code == 302
    pictured.refresh_from_db()
    assert pictured.title == "Mine"


def test_a_refused_form_keeps_the_version_that_was_seen(owner, pictured):
    form = posted(owner, pictured, title="")
    page = owner.post(address(pictured), form).content.decode()
    assert re.search(r'name="version" value="(\d+)"', page)[1] == form["version"]


def test_a_copy_opens_as_a_draft(brand, owner, pictured):
    answer = owner.post(f"{address(pictured)}copy/")
    copy = Product.objects.exclude(pk=pictured.pk).get()
    assert answer["Location"] == address(copy)
    assert copy.state == "draft"
    assert "This is a copy" in owner.get(address(copy)).content.decode()
    finance = client_for(make_member(brand=brand, role="finance"))
    assert finance.post(f"{address(pictured)}copy/").status_code == 404
    assert Product.objects.count() == 2


def test_more_than_three_options_make_their_variants(brand, owner):
    axes = {
        f"{part}_{number}": text
        for number, (name, values) in enumerate(
            [("Glaze", "A; B"), ("Height", "S; L"), ("Finish", "M"), ("Foot", "X; Y")]
        )
        for part, text in (("option", name), ("values", values))
    }
    page = owner.post(NEW, typed(**axes, **{"as": "variants"})).content.decode()
    assert len(re.findall(r'name="v-\d+-sku"', page)) == 8
    assert "Foot, value 2" in page


# --- what is not live yet ------------------------------------------------------------------------


def changes(page):
    """The panel of what was typed and not saved, line by line."""
    panel = re.search(r'data-part="changes">(.*?)</section>', page, re.DOTALL)[1]
    lines = re.findall(r"<li>.*?<span>(.*?)</span></li>", panel, re.DOTALL)
    return [re.sub(r"<[^>]+>", " ", one).split() for one in lines]


def test_what_was_typed_is_told_before_it_goes_live(brand, owner, pictured):
    page = owner.get(address(pictured)).content.decode()
    assert changes(page) == []
    assert "Publish changes" in page

    was = order_of(pictured)
    form = posted(
        owner,
        pictured,
        title="Tall vase, new",
        kept=[was[1], was[0], was[2]],
        **{"v-0-price": "148", "v-0-stock": "3", f"alt-{was[0]}": "Other words"},
    )
    title, price = pictured.title, pictured.variants.get().price
    page = owner.post(address(pictured), {**form, "as": "changes"}).content.decode()
    told = [" ".join(one) for one in changes(page)]
    assert told == [
        f"Title: {title} Tall vase, new",
        "Cover picture",
        "Words of picture 2",
        f"Price of the product: {format_money(Money(price, 'EUR'))} €148.00",
        f"Stock of the product: {form['v-0-was']} 3",
    ]
    assert "Publish 5 changes" in page
    assert "Undo all 5" in page
    pictured.refresh_from_db()
    assert pictured.title == title

    assert owner.post(address(pictured), {**form, "as": "save"}).status_code == 302
    pictured.refresh_from_db()
    assert pictured.title == "Tall vase, new"
    assert changes(owner.get(address(pictured)).content.decode()) == []


def test_of_a_draft_they_are_not_saved_yet(brand, owner):
    product = make_product(seller=brand, publish=False)
    form = posted(owner, product, description="Thrown by hand.", to="archived")
    page = owner.post(address(product), {**form, "as": "changes"}).content.decode()
    assert "Changes not saved yet" in page
    assert [" ".join(one) for one in changes(page)][-1] == "State: Draft Archived"
    assert "Publish" not in re.search(r'id="save".*?</button>', page, re.DOTALL)[0]
    assert owner.get(NEW).content.decode().count('data-part="changes"') == 0


def test_variants_that_come_go_or_are_switched_off_are_told_by_name(brand, owner):
    product = make_product(seller=brand, sizes=["S", "M", "L"])
    form = posted(owner, product)
    form.pop("v-1-on")
    del form["values_0"][2], form["had_0"][2]
    form["values_0"] += ["XL"]
    form["had_0"] += [""]
    page = owner.post(address(product), {**form, "as": "changes"}).content.decode()
    told = [" ".join(one) for one in changes(page)]
    assert told[1:] == ["M goes off sale", "New: XL", "Gone: L"]
    assert "Off sale" in page
    assert product.variants.filter(active=True).count() == 3


def test_a_single_picture_has_nowhere_to_go(brand, owner, pictured):
    alone = make_product(
        seller=brand, pictures=[PictureInput(image_id=make_image(owner_id=brand.pk).pk, alt="A")]
    )
    moves = ('value="earlier:', 'value="later:', 'value="first:')
    page, several = (owner.get(address(one)).content.decode() for one in (alone, pictured))
    assert 'value="drop:' in page
    assert not any(move in page for move in moves)
    assert all(move in several for move in moves)
