"""`manage.py audit` finds what should not be, and nothing where all is well."""

import io
import json
import os
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection, transaction

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
from feed.models import Pin
from feed.testing import make_board, make_pin
from marketplace.tests.breakages import BROKEN, UNGUARDED
from marketplace.tests.world import World, make_world
from notifications.models import Mail, Notice
from orders.actions import ship
from orders.models import Order
from orders.testing import finish, make_paid_order
from search.models import Document as SearchDocument

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    """A market in which something of everything has happened, all of it delivered."""
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
    settle_files()
    return world


def settle_files() -> None:
    """As if no file of a picture had come or gone for long."""
    for image in Image.objects.all():
        directory = files.directory_of(image.public_id)
        for place in (directory, directory.parent):
            if place.exists():
                os.utime(place, (0, 0))


def found() -> set[str]:
    """What is violated just now."""
    return {one.check for one in audits.violations()}


def test_all_is_well_in_a_market_that_was_only_used(world: World) -> None:
    assert list(audits.violations()) == []


@pytest.mark.slow
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


@pytest.mark.slow
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


@pytest.mark.slow
def test_who_came_back_from_a_suspension_and_left_is_well_written_down(world: World) -> None:
    sam, operator = world.stranger, make_operator().user_id
    assert sam.user_id is not None
    assert operator is not None
    suspend_person(profile_id=sam.pk, operator_id=operator, reason="Spam.")
    restore_person(profile_id=sam.pk, operator_id=operator)
    erase_account(user_id=sam.user_id)
    deliver_all()
    assert list(audits.violations()) == []


@pytest.mark.slow
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


@pytest.mark.slow
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
    assert found() == {"Every file older than an hour has its picture"}, "it may just be going"
    settle_files()
    assert found() == {
        "Every picture has its files",
        "Every file older than an hour has its picture",
    }


@pytest.mark.slow
def test_a_picture_that_lacks_one_of_its_files_is_found(world: World) -> None:
    image = Image.objects.order_by("id")[0]
    for state in ("ready", "pending"):
        image.state = state
        image.save()
        for name in files_of(state=image.state, width=image.width, widths=image.widths):
            kept = files.read(image.public_id, name)
            (files.directory_of(image.public_id) / name).unlink()
            assert not list(audits.violations(invariants=frozenset({"I12"}))), "it is drawn anew"
            settle_files()
            lacks = next(iter(audits.violations(invariants=frozenset({"I12"}))))
            assert (lacks.subject, lacks.detail) == (
                f"image {image.public_id}",
                f"{image.state}, lacks {name}",
            )
            files.write(image.public_id, name, kept)


@pytest.mark.slow
def test_a_picture_that_goes_out_of_sight_meanwhile_is_not_held_against_what_was(
    world: World,
) -> None:
    """A mark of now beside rows of before, and the other way round."""
    says = "A picture is at its address while something shows it"
    pin = make_pin(author=world.brand)
    for act, state in ((files.withdraw, "published"), (files.give_back, "draft")):
        Pin.objects.filter(pk=pin.pk).update(state=state)
        act(pin.image.public_id)
        assert says not in found()
        settle_files()
        assert says in found()


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
