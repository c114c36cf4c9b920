"""`manage.py audit` finds what should not be, and nothing where all is well."""

import io
import json
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from pytest_django import Settings

from accounts.actions import erase_account, follow, restore_person, suspend_person
from accounts.events import BrandApproved
from accounts.testing import make_operator, owner_of
from catalog.actions import (
    archive_product,
    archive_service,
    restore_product,
    restore_service,
    take_down_product,
    take_down_service,
)
from catalog.models import Product
from core import audits, clock, files
from core.events import publish
from core.media import files_of
from core.models import Delivery, Image
from core.testing import deliver_all
from feed.actions import save_pin
from feed.testing import make_board, make_pin
from marketplace.tests.world import World, make_world
from notifications.models import Mail, Notice
from orders.actions import ship
from orders.models import Order
from orders.testing import finish, make_paid_order
from search.models import Document as SearchDocument

pytestmark = pytest.mark.django_db

# Tables whose rows nobody rewrites.
UNGUARDED = [
    f"ALTER TABLE {table} DISABLE TRIGGER USER"
    for table in (
        "accounts_profiledecision",
        "catalog_productmove",
        "catalog_servicemove",
        "orders_orderevent",
        "payments_paymentmove",
    )
]

# Where it says when something was to be told, and what makes a row of it.
PAID = ("orders_order", "paid_at", "WHERE paid_at IS NOT NULL")
SHIPPED = ("orders_fulfilment", "shipped_at", "")
CANCELLED = ("orders_order", "cancelled_at", ", state = 'cancelled'")
REFUNDED = ("payments_operation", "finished_at", ", kind = 'refund', state = 'done'")

# What should hold, and statements that break it. The database refuses most of these by
# itself, so its own guards are dropped first; the transaction of the test brings them back.
BROKEN = [
    (
        "No count of stock is negative or promised twice",
        "ALTER TABLE inventory_stock DROP CONSTRAINT inventory_stock_within_limit;"
        "UPDATE inventory_stock SET reserved = on_hand + 1",
    ),
    ("What is reserved is what buyers hold", "UPDATE inventory_stock SET reserved = reserved + 1"),
    (
        "No hold outlives its time",
        "ALTER TABLE inventory_reservation DROP CONSTRAINT reservation_expiry;"
        "ALTER TABLE inventory_reservation DROP CONSTRAINT reservation_open;"
        "UPDATE inventory_reservation SET state = 'held', expires_at = now() - interval '1 hour'",
    ),
    (
        "What is on hand is the sum of the movements",
        "UPDATE inventory_stock SET on_hand = on_hand + 1",
    ),
    (
        "A payment is the sum of its shares",
        "ALTER TABLE payments_payment DROP CONSTRAINT payment_amounts;"
        "UPDATE payments_payment SET captured = captured + 1",
    ),
    (
        "A payment is the sum of its shares",
        "INSERT INTO payments_payment SELECT (jsonb_populate_record(p, jsonb_build_object("
        "'id', 98765, 'public_id', 'alone', 'reference', 'alone', 'provider_ref', ''))).*"
        " FROM payments_payment p LIMIT 1",
    ),
    (
        "A share is the sum of what was done with it",
        "UPDATE payments_paymentshare SET refund_asked = 1, refunded = 1 WHERE captured > 0",
    ),
    (
        "The books have what the payment has taken",
        "UPDATE payments_payment SET refunded = 1 WHERE captured > 0",
    ),
    (
        "The books hold what is held of the payment",
        "ALTER TABLE payments_payment DROP CONSTRAINT payment_amounts;"
        "UPDATE payments_payment SET voided = voided + 1",
    ),
    (
        "One payment per reference of the provider",
        "DROP INDEX payment_provider_ref_once;UPDATE payments_payment SET provider_ref = 'same'",
    ),
    (
        "One live payment per purchase",
        "DROP INDEX payment_one_live; UPDATE payments_payment SET reference = 'same'",
    ),
    (
        "The last written move of a payment is its state",
        "UPDATE payments_paymentmove SET new = 'declined'",
    ),
    ("The last written move of a payment is its state", "DELETE FROM payments_paymentmove"),
    (
        "Payments move along their graph",
        "UPDATE payments_paymentmove SET old = 'voided', new = 'authorized'",
    ),
    (
        "Every transaction of the books sums to zero",
        "ALTER TABLE payments_ledgerentry DISABLE TRIGGER USER;"
        "UPDATE payments_ledgerentry SET amount = amount + 1 WHERE account = 'provider'",
    ),
    (
        "A seller's balance is the sum of its entries",
        "ALTER TABLE payments_ledgerentry DISABLE TRIGGER USER;"
        "UPDATE payments_ledgerentry SET amount = amount - 1 WHERE account = 'seller_balance'",
    ),
    (
        "A seller's balance is the sum of its entries",
        "ALTER TABLE payments_ledgerentry DISABLE TRIGGER USER;"
        "INSERT INTO payments_ledgerentry (transaction_id, account, owner_profile_id, amount,"
        " currency) SELECT transaction_id, account, (SELECT id FROM accounts_profile"
        " WHERE handle = 'rival'), -1, currency FROM payments_ledgerentry"
        " WHERE account = 'seller_balance' LIMIT 1",
    ),
    (
        "A paid order has its share of a payment",
        "UPDATE payments_paymentshare SET reference = reference || 'x'",
    ),
    (
        "What was shipped was taken, once",
        "UPDATE orders_fulfilment SET amount = amount + 1, shipped_at = now() - interval '1 hour'",
    ),
    (
        "What was shipped was taken, once",
        "DELETE FROM orders_fulfilmentline;DELETE FROM orders_fulfilment",
    ),
    (
        "What is held or taken belongs to a paid order",
        "UPDATE payments_paymentmove SET at = now() - interval '1 hour';"
        "UPDATE payments_paymentshare SET reference = reference || 'x'",
    ),
    (
        "What is held or taken belongs to a paid order",
        "UPDATE payments_paymentmove SET at = now() - interval '1 hour';"
        "UPDATE orders_order SET state = 'pending', paid_at = NULL",
    ),
    ("An order counts what went back of its payment", "UPDATE orders_order SET given_back = 1"),
    ("A customer is what their orders add up to", "UPDATE orders_customer SET spent = spent + 1"),
    ("A customer is what their orders add up to", "UPDATE orders_customer SET currency = 'JPY'"),
    ("What an order earned is what it kept", "UPDATE insights_conversion SET total = total + 1"),
    (
        "The lines of an order sum to its items",
        "UPDATE orders_orderline SET unit_price = unit_price + 1, total = total + quantity",
    ),
    (
        "The lines of an order sum to its items",
        "DELETE FROM orders_fulfilmentline;DELETE FROM orders_orderline",
    ),
    (
        "Items and delivery sum to an order's total",
        "ALTER TABLE orders_order DROP CONSTRAINT order_totals;"
        "UPDATE orders_order SET total = total + 1",
    ),
    ("The orders of a purchase sum to its total", "UPDATE orders_purchase SET total = total + 1"),
    (
        "One purchase per key",
        "ALTER TABLE orders_purchase DROP CONSTRAINT IF EXISTS purchase_once_per_key;"
        "DROP INDEX IF EXISTS purchase_once_per_key;"
        "UPDATE orders_purchase SET principal = 'u', idempotency_key = 'k'",
    ),
    *(
        (
            says,
            f"UPDATE {table} SET {column} = now() - interval '1 hour' {more};"
            f"DELETE FROM notifications_mail WHERE kind = '{kind}';"
            f"DELETE FROM notifications_notice WHERE kind = '{kind}';"
            f"DELETE FROM core_delivery WHERE receiver LIKE '%.tell_{told}'",
        )
        for says, kind, told, table, column, more in (
            ("A buyer hears that they paid", "orders.paid", "paid", *PAID),
            ("A brand hears that it sold something", "orders.sold", "paid", *PAID),
            ("A buyer hears of every parcel", "orders.shipped", "shipped", *SHIPPED),
            (
                "A buyer hears that an order was cancelled",
                "orders.cancelled",
                "cancelled",
                *CANCELLED,
            ),
            ("A buyer hears of money that goes back", "orders.refunded", "refunded", *REFUNDED),
        )
    ),
    (
        "Nobody has news of somebody across a block",
        "INSERT INTO accounts_block (blocker_id, blocked_id, created_at)"
        " SELECT profile_id, actor_id, now() FROM notifications_notice"
        " WHERE actor_id IS NOT NULL LIMIT 1",
    ),
    (
        "Nobody has news of somebody across a block",
        "INSERT INTO accounts_block (blocker_id, blocked_id, created_at)"
        " SELECT actor_id, profile_id, now() FROM notifications_notice"
        " WHERE actor_id IS NOT NULL LIMIT 1",
    ),
    (
        "Nobody has news of somebody who is out of sight",
        "UPDATE accounts_profile SET state = 'suspended';"
        "UPDATE notifications_notice SET read_at = NULL",
    ),
    (
        "Nobody has news of somebody who is out of sight",
        "UPDATE accounts_profile SET state = 'closed';"
        "UPDATE notifications_notice SET read_at = now()",
    ),
    (
        "A picture is at its address while something shows it",
        "UPDATE feed_pin SET state = 'taken_down', taken_down_at = now() WHERE state = 'published'",
    ),
    (
        "A picture is at its address while something shows it",
        "UPDATE feed_pin SET state = 'published', deleted_at = NULL WHERE state = 'deleted'",
    ),
    (
        "The last written move of an order is its state",
        "UPDATE orders_order SET state = 'completed', completed_at = now() WHERE state = 'paid'",
    ),
    (
        "Orders move along their graph",
        "UPDATE orders_orderevent SET from_state = 'completed', to_state = 'paid'",
    ),
    ("The bag counts its pieces", "UPDATE accounts_profile SET bag_count = 7"),
    (
        "One notice per event, kind and person",
        "ALTER TABLE notifications_notice DROP CONSTRAINT notifications_notice_once;"
        "UPDATE notifications_notice SET event_key = 'e', kind = 'k', sub = ''",
    ),
    (
        "One mail per event, kind and address",
        "ALTER TABLE notifications_mail DROP CONSTRAINT notifications_mail_once;"
        "UPDATE notifications_mail SET event_key = 'e', kind = 'k', sub = '', address = 'a@b.c'",
    ),
    ("The bell counts unread notices", "UPDATE accounts_profile SET unread_count = 99"),
    (
        "The last decision about a profile is its state",
        "UPDATE accounts_profiledecision SET to_state = 'rejected'",
    ),
    (
        "The last decision about a profile is its state",
        "DELETE FROM accounts_profiledecision",
    ),
    (
        "The last decision about a profile is its state",
        "UPDATE accounts_profile SET state = 'closed' WHERE kind = 'person'",
    ),
    (
        "Profiles move along their graph",
        "UPDATE accounts_profiledecision SET from_state = 'suspended', to_state = 'rejected'",
    ),
    ("Every brand has an owner", "UPDATE accounts_membership SET role = 'chat'"),
    ("Followers are counted right", "UPDATE accounts_profile SET followers_count = 9"),
    ("Only approved profiles are found", "UPDATE accounts_profile SET state = 'suspended'"),
    ("Only products on sale are found", "UPDATE catalog_product SET state = 'archived'"),
    (
        "The last written move of a product is its state",
        "UPDATE catalog_productmove SET to_state = 'archived'",
    ),
    ("The last written move of a product is its state", "DELETE FROM catalog_productmove"),
    (
        "Products move along their graph",
        "UPDATE catalog_productmove SET from_state = '', to_state = 'published'"
        " WHERE from_state = 'draft'",
    ),
    (
        "The last written move of a service is its state",
        "UPDATE catalog_service SET state = 'archived'",
    ),
    ("The last written move of a service is its state", "DELETE FROM catalog_servicemove"),
    (
        "Services move along their graph",
        "UPDATE catalog_servicemove SET from_state = 'taken down', to_state = 'taken down'",
    ),
    (
        "A collection holds products of its own brand",
        "UPDATE catalog_collection SET seller_id = (SELECT id FROM accounts_profile"
        " WHERE handle = 'rival')",
    ),
    (
        "What a rule finds is not also put in by hand",
        "UPDATE catalog_collection SET kind = 'rule', \"order\" = 'newest'",
    ),
    (
        "Only pins that everybody may see are found",
        "UPDATE feed_pin SET state = 'draft' WHERE state = 'published'",
    ),
    (
        "Only pins that everybody may see are found",
        "UPDATE feed_pin SET audience = 'link' WHERE state = 'published'",
    ),
    (
        "A pin is found by everybody from its moment on",
        "UPDATE feed_pin SET audience = 'followers' WHERE state = 'published'",
    ),
    (
        "What everybody may see is found under its name",
        "UPDATE search_document SET title = title || '!' WHERE kind = 'service'",
    ),
    ("What everybody may see is found under its name", "DELETE FROM search_document"),
    (
        "What everybody may see is found under its name",
        "UPDATE search_document SET facets = facets - 'owner' WHERE kind = 'pin'",
    ),
    (
        "Whatever is found may be seen",
        "UPDATE search_document SET public_id = 'nowhere' || id WHERE kind = 'product'",
    ),
    ("Walls know the newest pin of an author", "DELETE FROM feed_authorlast"),
    ("A pin counts its public saves", "UPDATE feed_pin SET saves_count = 9"),
    ("A board counts its pins", "UPDATE feed_board SET pins_count = 9"),
    ("A board counts its followers", "UPDATE feed_board SET followers_count = 9"),
    (
        "Nobody follows a board of their own",
        "INSERT INTO feed_boardfollow (board_id, profile_id, created_at)"
        " SELECT id, owner_id, now() FROM feed_board",
    ),
    ("A pin counts its likes", "UPDATE feed_pin SET likes_count = 9"),
    ("A pin counts its comments", "UPDATE feed_pin SET comments_count = 9"),
    ("A comment counts its likes", "UPDATE feed_comment SET likes_count = 9"),
    (
        "A thread of comments has one level and one pin",
        "UPDATE feed_comment SET parent_id = (SELECT max(id) FROM feed_comment)"
        " WHERE id = (SELECT min(id) FROM feed_comment)",
    ),
    (
        "A pin stands in a section of its own board",
        "UPDATE feed_section SET board_id = (SELECT max(id) FROM feed_board)",
    ),
    (
        "Only a secret board has a link",
        "INSERT INTO feed_boardlink (board_id, key, created_at)"
        " SELECT id, 'k', now() FROM feed_board WHERE NOT secret LIMIT 1",
    ),
    (
        "A pin stands for a product of its author",
        "UPDATE feed_pin SET stands_for_id = (SELECT max(id) FROM catalog_product p"
        " WHERE p.seller_id <> author_id) WHERE id = (SELECT max(id) FROM feed_pin)",
    ),
    (
        "Every delivery that is due was made",
        "UPDATE core_delivery SET state = 'pending', due_at = now() - interval '2 hours'",
    ),
    ("No delivery is dead", "UPDATE core_delivery SET state = 'dead'"),
]


@pytest.fixture
def world(settings: Settings, tmp_path: Path) -> World:
    """A market in which something of everything has happened, all of it delivered."""
    settings.MEDIA_ROOT = str(tmp_path)
    world = make_world()
    make_paid_order()
    save_pin(
        pin_id=make_pin(author=world.brand).public_id,
        saver_id=world.buyer.pk,
        board_id=make_board(owner=world.buyer).public_id,
    )
    order = Order.objects.filter(state="paid").order_by("id")[0]
    owner = owner_of(order.seller).user
    assert owner is not None
    ship(number=order.number, seller_id=order.seller_id, actor_user_id=owner.pk)
    finish(order)
    deliver_all()
    for image in Image.objects.all():  # of which tests make some without a picture
        for name in files_of(state=image.state, width=image.width, widths=image.widths):
            if name not in files.names_of(image.public_id):
                files.write(image.public_id, name, b"")
    return world


def found() -> set[str]:
    """What is violated just now."""
    return {one.check for one in audits.violations()}


def test_all_is_well_in_a_market_that_was_only_used(world: World) -> None:
    assert list(audits.violations()) == []


def test_what_is_broken_is_found(world: World) -> None:
    """Each check by itself; what a statement spoilt is made good before the next."""
    silent = []
    for says, statements in BROKEN:
        mark = transaction.savepoint()
        with connection.cursor() as cursor:
            for statement in [*UNGUARDED, *statements.split(";")]:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute(statement)
        if says not in found():
            silent.append(says)
        transaction.savepoint_rollback(mark)
    assert silent == []


def test_what_is_moved_while_it_is_taken_down_is_written_down_as_ever(world: World) -> None:
    operator = make_operator().user_id
    for kind, take_down, archive, restore in (
        ("product", take_down_product, archive_product, restore_product),
        ("service", take_down_service, archive_service, restore_service),
    ):
        one = apps.get_model("catalog", kind).objects.filter(state="published")[0]
        take_down(public_id=one.public_id, operator_id=operator, reason="Counterfeit.")
        own: dict[str, Any] = {"seller_id": one.seller_id, "actor_id": None}
        archive(**{f"{kind}_id": one.public_id}, **own)
        assert list(audits.violations(invariants=frozenset({"I9"}))) == []
        restore(public_id=one.public_id, operator_id=operator, reason="It was not.")
        assert list(audits.violations(invariants=frozenset({"I9"}))) == []


def test_who_came_back_from_a_suspension_and_left_is_well_written_down(world: World) -> None:
    sam, operator = world.stranger, make_operator().user_id
    assert sam.user_id is not None
    assert operator is not None
    suspend_person(profile_id=sam.pk, operator_id=operator, reason="Spam.")
    restore_person(profile_id=sam.pk, operator_id=operator)
    erase_account(user_id=sam.user_id)
    deliver_all()
    assert list(audits.violations()) == []


def test_news_of_one_profile_hides_nothing_about_others(world: World) -> None:
    """What is still to be heard excuses what hangs on it, and nothing else."""
    follow(follower_id=world.buyer.pk, followed_id=world.brand.pk)
    SearchDocument.objects.filter(kind="product").update(title="Something else")
    says = "What everybody may see is found under its name"
    assert says in found()
    SearchDocument.objects.filter(kind="product").exclude(
        facets__owner=world.brand.public_id
    ).delete()
    with transaction.atomic():
        publish(BrandApproved(profile_id=world.brand.pk))
    assert says in found(), "others lack theirs"
    Product.objects.exclude(seller=world.brand).update(state="archived")
    assert says not in found(), "and the brand is heard of soon"


def test_who_left_long_ago_was_told_as_far_as_anybody_knows(world: World) -> None:
    Mail.objects.all().delete()
    Notice.objects.all().delete()
    Delivery.objects.all().delete()
    says = "A buyer hears that they paid"
    for days, missed in ((13, True), (20, False)):
        Order.objects.exclude(paid_at=None).update(paid_at=clock.now() - timedelta(days=days))
        assert (says in found()) is missed


def test_files_and_their_rows_are_held_together(world: World) -> None:
    image = Image.objects.order_by("id")[0]
    directory = files.directory_of(image.public_id)
    strange = directory.with_name("zz9strange99")
    directory.rename(strange)
    os.utime(strange, (0, 0))
    assert found() == {
        "Every picture has its files",
        "Every file older than an hour has its picture",
    }


def test_a_picture_that_lacks_one_of_its_files_is_found(world: World) -> None:
    image = Image.objects.order_by("id")[0]
    for state in ("ready", "pending"):
        image.state = state
        image.save()
        for name in files_of(state=image.state, width=image.width, widths=image.widths):
            kept = files.read(image.public_id, name)
            (files.directory_of(image.public_id) / name).unlink()
            lacks = next(iter(audits.violations(invariants=frozenset({"I12"}))))
            assert (lacks.subject, lacks.detail) == (
                f"image {image.public_id}",
                f"{image.state}, lacks {name}",
            )
            files.write(image.public_id, name, kept)


def test_every_check_was_seen_to_fail() -> None:
    """A new check comes with the statement that breaks it."""
    seen = {says for says, _ in BROKEN}
    by_files = {"Every picture has its files", "Every file older than an hour has its picture"}
    assert {one.says for one in audits.checks()} == seen | by_files


def test_the_command_prints_json(world: World) -> None:
    out = io.StringIO()
    call_command("audit", stdout=out, stderr=io.StringIO())
    assert json.loads(out.getvalue()) == []
    Delivery.objects.update(state="dead")
    out = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("audit", "I8", stdout=out, stderr=io.StringIO())
    assert ended.value.code == 1
    answer = json.loads(out.getvalue())
    assert {one["invariant"] for one in answer} == {"I8"}
    assert set(answer[0]) == {"invariant", "check", "subject", "detail"}
    with pytest.raises(CommandError):
        call_command("audit", "I99")
