# mypy: disable-error-code="union-attr, arg-type, operator, comparison-overlap"
"""What categories ask and products answer: kept, refused, shown, counted and found."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from accounts.testing import client_for, make_operator
from catalog import actions, answers, queries
from catalog.actions.attributes import AttributeInUse
from catalog.attribute_types import AttributeData, ChoiceData
from catalog.models import AttributeValue, Product
from catalog.testing import make_attribute, make_category, make_product, product_data
from catalog.types import (
    AttributeDefinition,
    AttributeFilter,
    ChoiceInput,
    OptionData,
    PictureInput,
    ProductRefused,
    VariantInput,
)
from core.errors import NotFound
from core.money import Money
from core.testing import deliver_all
from search.queries import find

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked():
    """What vases are asked; the hand-made one is asked of everything for the home."""
    make_category(slug="home", name="Home")
    make_category(slug="vases", name="Vases", parent="home")
    make_attribute(code="material", kind="choices", choices=["Stoneware", "Oak"])
    make_attribute(code="height", kind="number", unit="cm")
    make_attribute(code="hand_made", kind="yes_no", categories=["home"])
    make_attribute(code="care", kind="text")
    actions.save_attribute(
        data=AttributeDefinition(
            code="colour",
            name="Colour",
            kind="choice",
            categories=["vases"],
            also_called=["Glaze"],
            choices=[
                ChoiceInput(slug="teal", name="Teal", swatch="#1f5c63"),
                ChoiceInput(slug="red", name="Red", swatch="#a03020", also_called=["Rust"]),
            ],
        )
    )


def page_of(product):
    return queries.product_for_seller(seller_id=product.seller_id, public_id=product.public_id)


def said(product):
    return {one.code: one.text for one in page_of(product).attributes if one.variant_id is None}


ANSWERS = {
    "material": ["stoneware", "oak"],
    "height": Decimal("24.50"),
    "hand_made": True,
    "care": "Rinse by hand.",
}


def test_answers_of_every_kind_are_kept_and_read_in_words(asked):
    product = make_product(category="vases", attributes=ANSWERS)

    assert said(product) == {
        "material": "Stoneware, Oak",
        "height": "24.5 cm",
        "hand_made": "Yes",
        "care": "Rinse by hand.",
    }
    assert [one.code for one in queries.attributes_asked(category="home")] == ["hand_made"]


def test_the_next_version_of_a_product_replaces_all_answers(asked):
    product = make_product(category="vases", attributes=ANSWERS)
    variant = product.variants.get()
    actions.update_product(
        product_id=product.public_id,
        seller_id=product.seller_id,
        actor_id=None,
        data=product_data(
            category="vases",
            attributes={"hand_made": False},
            variants=[VariantInput(sku=variant.sku, price=Money(100, "EUR"))],
            pictures=[PictureInput(image_id=product.cover_id)],
        ),
    )

    assert said(product) == {"hand_made": "No"}


@pytest.mark.parametrize(
    ("code", "answer"),
    [
        ("material", ["steel"]),
        ("material", [1]),
        ("material", {"oak": 1}),
        ("height", Decimal(-1)),
        ("height", Decimal("0.001")),
        ("height", Decimal("NaN")),
        ("height", Decimal("1e9")),
        ("height", "1e3"),
        ("height", True),
        ("height", "tall"),
        ("hand_made", "yes"),
        ("hand_made", 1),
        ("care", "x" * 201),
        ("care", 7),
        ("colour", "teal "),
        ("wattage", 5),
        ("is_staff", True),
    ],
)
def test_what_does_not_fit_is_refused_by_name_and_nothing_is_made(asked, code, answer):
    with pytest.raises(ProductRefused) as refused:
        make_product(category="vases", attributes={code: answer})

    assert [(one.field, one.key) for one in refused.value.problems] == [("attributes", code)]
    assert not Product.objects.exists()
    assert not AttributeValue.objects.exists()


@given(text=st.text(max_size=40))
def test_any_text_is_a_number_or_refused(text):
    attribute = AttributeData(id=1, code="height", name="Height", kind="number", unit="cm")
    found, problems = answers.read(asked=[attribute], inputs={"height": text})

    assert len(found) + len(problems) == (0 if text == "" else 1)
    assert all(0 <= one.number <= 1_000_000 for one in found)


def test_an_option_answers_for_each_variant(asked):
    product = make_product(
        category="vases",
        attributes={"colour": "red"},
        options=[OptionData(name="Glaze", values=("Deep teal", "Rust", "Plain"))],
        variants=[
            VariantInput(sku=one, price=Money(5000, "EUR"), values=(one,))
            for one in ("Deep teal", "Rust", "Plain")
        ],
    )
    page = page_of(product)
    by_title = {
        one.title: [answer.text for answer in page.answers_for(one.id)] for one in page.variants
    }

    assert by_title == {"Deep teal": ["Teal"], "Rust": ["Red"], "Plain": []}
    assert [one.swatch for one in page.options[0].values] == ["#1f5c63", "#a03020", ""]


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("24 cm", "24"),
        ("9,5cm", "9.5"),
        ("44", "44"),
        ("5 m", None),
        ("tall", None),
        ("24 cm high", "24"),
    ],
)
def test_numbers_of_options_are_read_in_their_unit(value, number):
    attribute = AttributeData(id=1, code="height", name="Height", kind="number", unit="cm")
    found = answers.of_value(attribute=attribute, value=value)

    assert (found and found.number) == (number and Decimal(number))


def test_the_whole_word_wins_over_a_part_of_it():
    choices = tuple(
        ChoiceData(id=number, slug=name, name=name.title(), also_called=also)
        for number, (name, also) in enumerate([("green", ("olive",)), ("grey", ("pale green",))])
    )
    attribute = AttributeData(id=1, code="c", name="Colour", kind="choice", choices=choices)

    assert answers.of_value(attribute=attribute, value="Pale green").choice.slug == "grey"
    assert answers.of_value(attribute=attribute, value="Dark olive").choice.slug == "green"


def test_the_database_keeps_one_answer_in_its_own_column(asked):
    product = make_product(category="vases", attributes=ANSWERS)
    height = product.attribute_values.get(attribute__code="height")
    for changes in (
        {"text": "tall"},
        {"number": None},
        {"kind": "text"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            AttributeValue.objects.filter(pk=height.pk).update(**changes)
    with pytest.raises(IntegrityError), transaction.atomic():
        AttributeValue.objects.create(
            product=product, attribute=height.attribute, kind="number", number=3
        )


def test_a_search_knows_the_answers(asked):
    tall = make_product(category="vases", title="Carafe one", attributes=ANSWERS)
    low = make_product(
        category="vases", title="Carafe two", attributes={"height": 9, "material": ["oak"]}
    )

    def found(text="carafe", **facets):
        return {hit.public_id for hit in find(text=text, kinds=["product"], facets=facets).items}

    assert found(a_material=["stoneware"]) == {tall.public_id}
    assert found(a_material=["oak"]) == {tall.public_id, low.public_id}
    assert found(a_height_max=10) == {low.public_id}
    assert found(a_height_min=20) == {tall.public_id}
    assert found(a_hand_made=True) == {tall.public_id}
    assert found(text="stoneware") == {tall.public_id}
    assert found(text="rinse") == {tall.public_id}


def test_a_variant_that_is_switched_off_answers_nothing(asked):
    product = make_product(
        category="vases",
        title="Carafe",
        options=[OptionData(name="Glaze", values=("Teal", "Rust"))],
        variants=[
            VariantInput(sku=one, price=Money(5000, "EUR"), values=(one,), active=one == "Teal")
            for one in ("Teal", "Rust")
        ],
    )
    hit = find(text="carafe").items[0]

    assert hit.facets["a_colour"] == ["teal"]
    assert [one.slug for one in queries.facets()[0].choices] == ["teal"]
    assert product.public_id == hit.public_id


def test_facets_count_under_all_other_filters_in_one_query(asked, django_assert_num_queries):
    make_product(category="vases", attributes={"material": ["oak"], "height": 10})
    make_product(category="vases", attributes={"material": ["stoneware"], "height": 30})
    make_product(category="vases", attributes={"material": ["oak", "stoneware"], "height": 40})
    make_product(category="vases", publish=False, attributes={"material": ["oak"]})
    make_product(category=make_category(slug="lamps").slug)
    queries.facets()
    wanted = {
        "material": AttributeFilter(choices=("oak",)),
        "height": AttributeFilter(least=Decimal(20)),
    }
    with django_assert_num_queries(1):  # one statement over answers, whatever is filtered
        height, material = queries.facets(categories=["home"], filters=wanted)

    assert [(one.slug, one.count, one.chosen) for one in material.choices] == [
        ("stoneware", 2, False),
        ("oak", 1, True),
    ]
    assert (height.low, height.high, height.count) == (10, 40, 2)


def test_an_unknown_filter_finds_nothing_and_breaks_nothing(asked):
    make_product(category="vases", attributes=ANSWERS)

    assert queries.facets(filters={"nonsense": AttributeFilter(yes=True)}) == []
    assert queries.facets(filters={"nonsense": AttributeFilter()}) != []


def test_a_kind_stays_once_products_answer(asked):
    product = make_product(category="vases", attributes=ANSWERS)
    with pytest.raises(AttributeInUse):
        make_attribute(code="height", kind="text")
    with pytest.raises(NotFound):
        actions.save_attribute(
            data=AttributeDefinition(code="age", name="Age", kind="text", categories=["nowhere"])
        )

    assert said(product)["height"] == "24.5 cm"
    assert "age" not in {one.code for one in queries.attributes()}


def test_an_operator_edits_a_definition_and_search_follows(asked):
    product = make_product(category="vases", title="Carafe", attributes=ANSWERS)
    attribute = AttributeValue.objects.filter(attribute__code="material").first().attribute
    choices = list(attribute.choices.order_by("position"))
    link = attribute.asked_by.get()
    client = client_for(make_operator())
    data = {
        "name": "Made of",
        "help": "",
        "unit": "",
        "also_called": "",
        "position": 0,
        "filterable": "on",
        "choices-TOTAL_FORMS": 3,
        "choices-INITIAL_FORMS": 2,
        "choices-2-name": "Linen",
        "choices-2-slug": "linen",
        "choices-2-position": 2,
        "asked_by-TOTAL_FORMS": 1,
        "asked_by-INITIAL_FORMS": 1,
        "asked_by-0-id": link.pk,
        "asked_by-0-attribute": attribute.pk,
        "asked_by-0-category": link.category_id,
    }
    for number, (one, name) in enumerate(zip(choices, ["Clay stoneware", "Oak"], strict=True)):
        data |= {
            f"choices-{number}-id": one.pk,
            f"choices-{number}-attribute": attribute.pk,
            f"choices-{number}-name": name,
            f"choices-{number}-slug": one.slug,
            f"choices-{number}-position": number,
        }
    answer = client.post(f"/admin/catalog/attribute/{attribute.pk}/change/", data)
    deliver_all()

    assert answer.status_code == 302, answer.content.decode()
    assert {one.code: one.name for one in queries.attributes()}["material"] == "Made of"
    assert said(product)["material"] == "Clay stoneware, Oak"
    assert [hit.public_id for hit in find(text="clay").items] == [product.public_id]

    data["choices-0-DELETE"] = "on"
    client.post(f"/admin/catalog/attribute/{attribute.pk}/change/", data)
    assert said(product)["material"] == "Clay stoneware, Oak"
