# mypy: disable-error-code="union-attr"
"""A service is described, offered, found, taken back and taken down."""

import pytest
from django.db import IntegrityError, transaction

from accounts import actions as accounts
from accounts.queries import brand_log
from accounts.testing import make_brand, make_operator, make_person, owner_of, viewer_for
from accounts.types import Hidden
from catalog import actions
from catalog.models import Service, ServiceMove
from catalog.queries import (
    category_tree_ids,
    seller_services,
    service_cards,
    service_for_seller,
    service_page,
    services_wall,
)
from catalog.testing import make_category, make_image, make_service, package, service_data
from catalog.types import (
    PictureInput,
    Pricing,
    ServiceFilter,
    ServiceNotMovable,
    ServiceRefused,
    ServiceState,
)
from core.errors import NotFound
from core.money import Money
from core.testing import deliver_all
from notifications.testing import notices_of
from search.queries import find

pytestmark = pytest.mark.django_db


def found(text, **facets):
    return [hit.public_id for hit in find(text=text, kinds=["service"], facets=facets).items]


def titles(**wanted):
    return [one.title for one in services_wall(wanted=ServiceFilter(**wanted)).cards]


def test_a_service_says_what_was_typed():
    seller = make_brand(name="Aperture Row")
    service = make_service(
        seller=seller,
        title="  Product  photography ",
        description="One table,\r\none window.",
        packages=[package("Half day", 48_000, revisions=None), package("Day", 86_000, lead_days=9)],
        area="Berlin and around",
        countries=["FR", "DE", "DE"],
        languages=["en", "de"],
        lead_days=7,
    )

    page = service_page(public_id=service.public_id, viewer=None)

    assert (page.title, page.slug) == ("Product photography", "product-photography")
    assert page.description == "One table,\none window."
    assert page.price == Money(48_000, "EUR"), "the cheapest package is what it costs from"
    assert [
        (one.name, one.price.amount, one.revisions, one.lead_days) for one in page.packages
    ] == [
        ("Half day", 48_000, None, 5),
        ("Day", 86_000, 2, 9),
    ]
    assert (page.countries, page.languages) == (("DE", "FR"), ("de", "en"))
    assert page.seller.name == "Aperture Row"
    assert page.trader is not None
    assert page.public


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " "}, "title"),
        ({"category": "nowhere"}, "category"),
        ({"pricing": "barter", "price": None, "packages": []}, "pricing"),
        ({"pricing": Pricing.FIXED, "price": None}, "price"),
        ({"pricing": Pricing.HOURLY, "price": Money(0, "EUR")}, "price"),
        ({"pricing": Pricing.FIXED, "price": Money(100, "SEK")}, "price"),
        ({"packages": []}, "packages"),
        ({"packages": [package(str(n)) for n in range(6)]}, "packages"),
        ({"packages": [package(" ")]}, "name"),
        ({"packages": [package(price=0)]}, "price"),
        ({"packages": [package(revisions=51)]}, "revisions"),
        ({"packages": [package(lead_days=366)]}, "days"),
        ({"countries": ["US"]}, "countries"),
        ({"languages": ["xx"]}, "languages"),
        ({"lead_days": -1}, "lead_days"),
        ({"pictures": [PictureInput(image_id=0)]}, "pictures"),
    ],
)
def test_what_makes_no_sense_is_refused_whole(changes, field):
    seller = make_brand()
    with pytest.raises(ServiceRefused) as refused:
        actions.create_service(seller_id=seller.pk, actor_id=None, data=service_data(**changes))
    assert field in {one.field for one in refused.value.problems}
    assert not Service.objects.exists()


def test_a_picture_of_somebody_else_is_refused():
    seller, other = make_brand(), make_brand()
    stolen = PictureInput(image_id=make_image(owner_id=other.pk).pk)
    with pytest.raises(ServiceRefused):
        actions.create_service(
            seller_id=seller.pk, actor_id=None, data=service_data(pictures=[stolen])
        )
    assert not Service.objects.exists()


def test_what_its_pricing_does_not_use_is_not_kept():
    service = make_service(pricing=Pricing.QUOTE, price=Money(100, "EUR"), packages=[package()])
    assert (service.price_from, service.packages.count()) == (None, 0)
    with pytest.raises(IntegrityError), transaction.atomic():
        Service.objects.filter(pk=service.pk).update(pricing="fixed")


def test_it_moves_like_a_product_and_each_move_is_written_down():
    service = make_service(publish=False)
    actor = owner_of(service.seller).user_id
    who = {"service_id": service.public_id, "seller_id": service.seller_id, "actor_id": actor}
    assert service_cards(public_ids=[service.public_id]) == []
    assert service_page(public_id=service.public_id, viewer=None) is None
    assert (
        service_page(public_id=service.public_id, viewer=viewer_for(owner_of(service.seller))).state
        == ServiceState.DRAFT
    )

    actions.publish_service(**who)
    actions.publish_service(**who)
    assert found("photography") == [service.public_id]
    actions.archive_service(**who)
    assert found("photography") == []
    assert service_cards(public_ids=[service.public_id]) == []
    assert not service_page(public_id=service.public_id, viewer=None).public, "old links are told"
    actions.publish_service(**who)
    for _again in range(2):
        actions.redraft_service(**who)
    assert found("photography") == []
    assert service_page(public_id=service.public_id, viewer=None) is None

    moves = ServiceMove.objects.filter(service=service).order_by("pk")
    assert [(one.from_state, one.to_state, one.actor_id) for one in moves] == [
        ("", "draft", None),
        ("draft", "published", actor),
        ("published", "archived", actor),
        ("archived", "published", actor),
        ("published", "draft", actor),
    ]
    assert brand_log(brand_id=service.seller_id).rows[0].words == "made a service a draft again"


def test_the_log_of_the_team_says_who_did_it():
    service = make_service()
    log = brand_log(brand_id=service.seller_id).rows
    assert [(one.words, one.subject) for one in log] == [
        ("offered a service", "Product photography"),
        ("added a service", "Product photography"),
    ]


def test_whom_a_block_keeps_apart_does_not_find_the_service():
    service = make_service()
    viewer = viewer_for(make_person())
    viewer.hidden = Hidden(blocked=frozenset({service.seller_id}))
    assert service_page(public_id=service.public_id, viewer=viewer) is None
    assert titles(hidden_sellers=[service.seller_id]) == []
    assert titles() == ["Product photography"]


def test_without_a_picture_it_is_not_offered():
    service = make_service(publish=False, pictures=[])
    with pytest.raises(ServiceRefused):
        actions.publish_service(
            service_id=service.public_id, seller_id=service.seller_id, actor_id=None
        )
    service.refresh_from_db()
    assert service.state == ServiceState.DRAFT


def test_another_sellers_service_answers_like_an_absent_one():
    service, other = make_service(publish=False), make_brand()
    before = Service.objects.values().get()
    for act in (actions.publish_service, actions.archive_service, actions.redraft_service):
        for public_id in (service.public_id, "zzzzzzzzzzzz"):
            with pytest.raises(NotFound):
                act(service_id=public_id, seller_id=other.pk, actor_id=None)
    with pytest.raises(NotFound):
        actions.update_service(
            service_id=service.public_id, seller_id=other.pk, actor_id=None, data=service_data()
        )
    assert service_for_seller(seller_id=other.pk, public_id=service.public_id) is None
    assert Service.objects.values().get() == before


def test_a_take_down_outranks_the_seller_and_tells_them_why():
    service = make_service()
    operator = make_operator()
    down = {"public_id": service.public_id, "operator_id": operator.user_id, "reason": "Stolen"}
    actions.take_down_service(**down)
    actions.take_down_service(**down)

    assert found("photography") == []
    assert service_page(public_id=service.public_id, viewer=None) is None
    with pytest.raises(ServiceNotMovable):
        actions.publish_service(
            service_id=service.public_id, seller_id=service.seller_id, actor_id=None
        )
    deliver_all(except_queues=("media",))
    assert len(notices_of(owner_of(service.seller).pk)) == 1

    actions.restore_service(**down)
    assert found("photography") == [service.public_id]


def test_services_of_a_brand_come_and_go_with_it():
    operator = make_operator()
    service = make_service()
    accounts.suspend_brand(
        brand_id=service.seller_id, operator_id=operator.user_id or 0, reason="Fraud"
    )
    deliver_all(except_queues=("media",))
    assert found("photography") == []
    assert titles() == []


def test_the_wall_is_narrowed_by_what_a_buyer_asks():
    make_category(slug="print", name="Print")
    make_category(slug="boxes", name="Boxes", parent="print")
    make_service(title="Boxes", category="boxes", price=Money(9_000, "EUR"), pricing="fixed",
                 countries=["NL"], lead_days=20)  # fmt: skip
    make_service(title="Letters", category="print", pricing="quote", lead_days=2)
    make_service(title="Hours", pricing="hourly", price=Money(60_000, "EUR"), countries=["DE"])

    assert titles() == ["Hours", "Letters", "Boxes"]
    assert titles(categories=category_tree_ids(slugs=["print"])) == ["Letters", "Boxes"]
    assert titles(country="NL") == ["Letters", "Boxes"]
    assert titles(pricing="hourly") == ["Hours"]
    assert titles(budget=Money(10_000, "EUR")) == ["Letters", "Boxes"], "a quote may fit"
    assert titles(lead_days=5) == ["Hours", "Letters"]


def test_pages_of_the_wall_follow_each_other_and_cost_the_same(django_assert_num_queries):
    seller = make_brand()
    made = [make_service(seller=seller, title=f"Service {number}") for number in range(5)]
    shown, cursor = [], None
    while True:
        with django_assert_num_queries(1):  # services with picture and seller
            page = services_wall(wanted=ServiceFilter(), cursor=cursor, limit=2)
        shown += [one.public_id for one in page.cards]
        cursor = page.next
        if cursor is None:
            break
    assert shown == [one.public_id for one in reversed(made)]
    assert (
        services_wall(wanted=ServiceFilter(), cursor="no such", limit=2).cards[0].id == made[-1].pk
    )


def test_the_seller_lists_all_states():
    service = make_service(publish=False)
    make_service(seller=service.seller)
    make_service()
    assert len(seller_services(seller_id=service.seller_id).rows) == 2
    drafts = seller_services(seller_id=service.seller_id, state="draft", cursor="x").rows
    assert [one.public_id for one in drafts] == [service.public_id]


def test_an_edit_replaces_packages_and_is_found_at_once():
    service = make_service(packages=[package("A", 100), package("B", 200)])
    pictures = [PictureInput(image_id=service.cover_id or 0, alt="A table")]
    who = {"service_id": service.public_id, "seller_id": service.seller_id, "actor_id": None}
    with pytest.raises(ServiceRefused, match="Add a picture"):
        actions.update_service(**who, data=service_data(pictures=[]))
    data = service_data(title="Flat lays", packages=[package("C", 300)], pictures=pictures)
    actions.update_service(**who, data=data)
    page = service_page(public_id=service.public_id, viewer=None)
    assert [one.name for one in page.packages] == ["C"]
    assert (page.price.amount, page.pictures[0].alt) == (300, "A table")
    assert found("flat") == [service.public_id]
    assert found("photography") == [service.public_id], "its category is still that"
    assert found("lays", price_max=299) == []
