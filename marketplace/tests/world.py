"""A small market in which every address has something behind it, for sweeps over all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from accounts.testing import (
    PASSWORD,
    Profile,
    client_for,
    make_brand,
    make_member,
    make_organization,
    make_person,
    make_token,
    owner_of,
)
from brands.testing import make_document
from catalog.actions import delete_collection
from catalog.testing import (
    make_collection,
    make_delivery_method,
    make_product,
    make_service,
    tell_story,
)
from core.media import store_image
from core.testing import picture_file
from feed import actions as feed_actions
from feed.actions import write_comment
from feed.testing import make_board, make_comment, make_pin
from feed.types import PinData
from inventory.actions import receive
from notifications.testing import notices_of
from orders.testing import make_paid_order
from payments.testing import keep_card
from reviews.testing import make_review

# What somebody writes into every field that takes text.
EVIL = "<script>alert(1)</script>\"'><img src=x onerror=x>"
ABSENT = "zzzzzzzzzzzz"
# Counted whoever asks, and kept for no one to see.
COUNTED = re.compile(r"django_session|core_trycount|core_idempotencykey|tracking_|_cache|django_")
BY_REGEX = {"account_reset_password_from_key"}


@dataclass
class World:
    """People, what is theirs, and where it is."""

    buyer: Profile
    brand: Profile
    stranger: Profile
    rival: Profile
    places: dict[str, dict[str, Any]] = field(default_factory=dict)

    def real(self, name: str, names: set[str]) -> dict[str, Any]:
        """Arguments with which an address leads to something of the buyer or of the brand."""
        known = self.places.get(name, {})
        shared = {"handle": self.brand.handle, "kind": "product", "slug": "x"}
        return {one: known.get(one, shared.get(one, nonsense(one))) for one in names}

    def visitors(self) -> dict[str, Client]:
        """Everybody to whom nothing here belongs."""
        return {
            "guest": Client(),
            "another buyer": client_for(self.stranger),
            "another brand": client_for(owner_of(self.rival), acting=self.rival),
        }


def nonsense(name: str) -> Any:
    """An argument that names nothing."""
    known = {
        "width": 236,
        "part": 0,
        "shard": "zz",
        "fmt": "jpeg",
        "kind": "product",
        "pk": 987654,
        "tag": "no-hashtag",  # for any word is one
        "version": 987654,
    }
    return known.get(name, ABSENT)


def make_world() -> World:
    """One brand with everything, a buyer who bought from it, and strangers."""
    brand = make_brand(name="Ondine Studio", handle="ondine")
    buyer = make_person(name=EVIL)
    rival = make_brand(name="Rival Works", handle="rival")
    world = World(buyer=buyer, brand=brand, stranger=make_person(name="Sam"), rival=rival)
    method = make_delivery_method(seller=brand, price=600)
    tell_story(brand, EVIL)
    vase = make_product(seller=brand, title=EVIL, description=EVIL, with_delivery=False)
    draft = make_product(seller=brand, title=f"Draft {EVIL}", publish=False)
    service = make_service(seller=brand, title=EVIL, description=EVIL, area=EVIL)
    own_draft = make_service(seller=brand, title=f"Draft {EVIL}", publish=False)
    shelf = make_collection(seller=brand, title=EVIL, description=EVIL, products=[vase])
    kept = make_collection(seller=brand, title=f"Kept {EVIL}", products=[vase], shown=False)
    away = make_collection(seller=brand, title=f"Away {EVIL}")
    delete_collection(seller_id=brand.pk, actor_id=None, public_id=away.public_id)
    variant = vase.variants.get()
    receive(variant_id=variant.pk, quantity=9, actor_id=None)
    pin = make_pin(author=brand, title=EVIL, text=f"#teal {EVIL}", products=[vase])
    feed_actions.follow_hashtag(tag="teal", profile_id=buyer.pk)
    hidden = make_pin(author=brand, title=f"Draft {EVIL}", publish_now=False)
    own = make_pin(author=buyer, title=f"Own {EVIL}", text=EVIL, publish_now=False)
    own_gone, gone = (make_pin(author=one, title=f"Gone {EVIL}") for one in (buyer, brand))
    for one in (own_gone, gone):
        feed_actions.delete_pin(public_id=one.public_id, author_id=one.author_id)
    board = make_board(owner=buyer, title=f"Secret {EVIL}", secret=True)
    mine = {"board_id": board.public_id, "actor_id": buyer.pk}
    section = feed_actions.create_section(**mine, title=EVIL)
    fold = feed_actions.create_section(**mine, title="Fold")
    dropped = feed_actions.delete_section(**mine, section_id=fold)
    feed_actions.save_pin(
        pin_id=pin.public_id, saver_id=buyer.pk, board_id=board.public_id, note=EVIL
    )
    feed_actions.move_pins(**mine, pin_ids=[pin.public_id], to_section=section)
    feed_actions.like_pin(pin_id=pin.public_id, profile_id=buyer.pk)
    comment = make_comment(pin=pin, author=buyer, text=f"@{brand.handle} #glaze {EVIL}")
    make_comment(pin=pin, author=brand, text=EVIL, answers=comment)
    feed_actions.like_comment(comment_id=comment.public_id, profile_id=brand.pk)
    assert buyer.user is not None
    card = keep_card(user_id=buyer.user.pk)
    browser = client_for(buyer)
    order = make_paid_order(variant=variant, person=buyer)
    review = make_review(product=vase, person=buyer, stars=4, text=EVIL)
    said = {"number": review.line.order.number, "line_id": review.line.public_id}
    address = type_in(browser, vase.public_id)
    organization = make_organization(person=buyer, name=EVIL)
    browser.post("/bag/add/", {"variant": variant.public_id})
    version = re.search(r'name="version" value="(\d+)"', browser.get("/bag/").content.decode())
    assert version is not None
    checkout = browser.post("/checkout/", {"version": version.group(1)})["Location"].split("/")[-2]
    image = store_image(file=picture_file(), owner_id=brand.pk)
    questions = client_for(owner_of(brand)).get("/studio/ondine/questions/").content.decode()
    question = re.search(r'value="answer\.([a-z0-9]+)"', questions)
    assert question is not None, "the question did not arrive"
    notice = notices_of(buyer.pk)[0]
    token = make_token(buyer)
    comment = write_comment(pin_id=pin.public_id, author_id=buyer.pk, text=EVIL)
    numbered = {"number": order.number}
    session_id = log_in_elsewhere(buyer)
    clerk = make_member(brand=brand, role="orders", person=make_person(name=EVIL))
    invited = invite_somebody(brand)
    own_product = {"public_id": draft.public_id}
    world.places = {
        "core:media": {"shard": image.public_id[:2], "public_id": image.public_id, "width": 80},
        "pages:product": {"public_id": vase.public_id, "slug": vase.slug},
        "pages:sitemap": {"kind": "pins", "part": 0},
        "pages:studio_product_edit": own_product,
        "pages:studio_product_move": own_product,
        "pages:studio_product_copy": own_product,
        "pages:studio_stock_history": {"public_id": variant.public_id},
        "pages:service": {"public_id": service.public_id, "slug": service.slug},
        "pages:studio_service_edit": {"public_id": own_draft.public_id},
        "pages:studio_service_move": {"public_id": own_draft.public_id},
        "pages:collection": {"slug": shelf.slug},
        "pages:studio_collection_edit": {"public_id": kept.public_id},
        "pages:studio_collection_delete": {"public_id": kept.public_id},
        "pages:studio_collection_restore": {"public_id": away.public_id},
        "messaging:quote": {"public_id": service.public_id},
        **{
            f"feed:{kind}_pin_{act}": {"public_id": one.public_id}
            for kind, one in (("my", own), ("studio", hidden))
            for act in ("edit", "preview", "publish", "unpublish", "delete")
        },
        **{
            f"feed:{kind}_pin_undelete": {"public_id": one.public_id}
            for kind, one in (("my", own_gone), ("studio", gone))
        },
        **{
            f"feed{api}:{kind}_pin_version": changed
            for kind, one in (("my", buyer), ("studio", brand))
            for changed in (changed_pin(one),)
            for api in ("", "_api")
        },
        # Nobody's: no provider is set up, and which there are is no secret.
        **{
            f"accounts:provider_{act}": {"slug": ABSENT}
            for act in ("back", "begin", "connect", "disconnect", "join")
        },
        "feed:explore_category": {"category": "vases"},
        "feed:topic_follow": {"category": "vases"},
        "feed:hashtag": {"tag": "teal"},
        "feed:hashtag_follow": {"tag": "teal"},
        **{
            f"feed_api:{name}": {"tag": "teal"}
            for name in ("hashtag", "hashtag_pins", "hashtag_follow")
        },
        "feed_api:topic_follow": {"topic": "vases"},
        "feed:pin": {"public_id": pin.public_id},
        "feed:save": {"public_id": pin.public_id},
        "feed:unsave": {"public_id": pin.public_id},
        "feed:board": {"public_id": board.public_id, "slug": board.slug},
        **{
            f"feed:{name}": {"public_id": pin.public_id}
            for name in ("save_to", "like", "talk", "talk_switch")
        },
        **{
            f"feed:{name}": {"public_id": comment.public_id}
            for name in (
                "comment",
                "comment_edit",
                "comment_delete",
                "comment_restore",
                "comment_like",
            )
        },
        **{
            f"feed:{name}": {"public_id": board.public_id}
            for name in (
                "board_edit",
                "board_delete",
                "board_order",
                "board_pins",
                "board_follow",
                "board_link",
                "board_link_end",
                "board_invite",
                "board_answer",
                "board_leave",
                "section_new",
            )
        },
        "feed:board_note": {"public_id": board.public_id, "pin_id": pin.public_id},
        "feed:section": {"public_id": board.public_id, "section_id": section},
        "feed:board_member_remove": {
            "public_id": board.public_id,
            "member_id": brand.public_id,
        },
        "feed:undo": {"token": dropped},
        "feed:studio_pin_from_product": {"product_id": vase.public_id},
        "notifications:open": {"public_id": notice.public_id},
        "payments:forget": {"public_id": card.method_id},
        "payments:make_default": {"public_id": card.method_id},
        "orders:buy": {"variant_ids": variant.public_id},
        "orders:checkout": {"public_id": checkout},
        "orders:checkout_stop": {"public_id": checkout},
        "orders:checkout_return": {"public_id": order.purchase.public_id},
        "orders:purchase": {"public_id": order.purchase.public_id},
        **{
            f"orders:{name}": numbered
            for name in ("order", "order_track", "cancel", "received", "studio_order")
        },
        "orders:studio_unpack": numbered,
        "orders:studio_ship": numbered,
        "pages:studio_customer": numbered,
        "orders:studio_cancel": numbered,
        **{
            f"brands:delivery_{name}": {"method_id": method.public_id}
            for name in ("edit", "switch", "move")
        },
        **{
            f"brands:{name}": {"document_id": make_document(brand).public_id}
            for name in ("document", "document_remove")
        },
        **{f"reviews:{name}": said for name in ("write", "delete", "restore")},
        **{f"reviews_api:{name}": said for name in ("review", "review_restore")},
        "reviews:listing": {"public_id": vase.public_id},
        "reviews_api:reviews": {"public_id": vase.public_id},
        "messaging:ask": {"public_id": vase.public_id},
        "moderation:report": {"public_id": vase.public_id},
        "accounts_api:address": {"public_id": address},
        "accounts_api:address_first": {"public_id": address},
        **{
            name: {"public_id": organization.public_id}
            for name in (
                *("accounts:organization", "accounts:organization_leave"),
                "accounts_api:organization",
            )
        },
        "accounts:token_revoke": {"public_id": token.public_id},
        "accounts_api:token": {"public_id": token.public_id},
        "accounts:session_end": {"public_id": session_id},
        "accounts:studio_member": {"person_id": clerk.public_id},
        "accounts:studio_member_remove": {"person_id": clerk.public_id},
        "accounts:studio_invitation_resend": {"public_id": invited},
        "accounts:studio_invitation_withdraw": {"public_id": invited},
        **{
            f"catalog_api:{name}": {"public_id": vase.public_id}
            for name in ("product", "related", "delivery")
        },
        **{
            name: {"public_id": vase.public_id}
            for name in ("feed:save_product", "feed:unsave_product", "feed_api:save_product")
        },
        **{
            name: {"public_id": service.public_id}
            for name in ("feed:save_service", "feed:unsave_service", "feed_api:save_service")
        },
        "catalog_api:variant": {"variant_id": variant.public_id},
        **{f"feed_api:{name}": {"public_id": pin.public_id} for name in ("pin", "related", "save")},
        **{
            f"feed_api:{name}": {"public_id": pin.public_id}
            for name in ("like", "comments", "comments_open")
        },
        **{
            f"feed_api:{name}": {"comment_id": comment.public_id}
            for name in ("comment", "comment_restore", "comment_like")
        },
        **{
            f"feed_api:{name}": {
                "public_id": board.public_id,
                "section_id": section,
                "pin_id": pin.public_id,
                "member_id": brand.public_id,
            }
            for name in (
                *("board", "board_pins", "sections", "section", "section_move", "pins_move"),
                *("pins_remove", "pin_move", "pin_note", "link", "members", "member"),
                "board_follow",
                "invitation",
                "leave",
            )
        },
        **{
            f"feed_api:{kind}_pin{act}": {"public_id": one.public_id}
            for kind, one in (("my", own), ("studio", hidden))
            for act in ("", "_publish", "_schedule")
        },
        "feed_api:my_pin_restore": {"public_id": own_gone.public_id},
        "feed_api:studio_pin_restore": {"public_id": gone.public_id},
        "market_api:picture": {"public_id": own.image.public_id},
        "market_api:service": {"public_id": service.public_id},
        "catalog_api:collection": {"slug": shelf.slug},
        "catalog_api:collection_products": {"slug": shelf.slug},
        "catalog_api:studio_collection": {"public_id": kept.public_id},
        "catalog_api:studio_collection_restore": {"public_id": away.public_id},
        "messaging_api:quote": {"public_id": service.public_id},
        **{
            f"market_api:studio_service{act}": {"public_id": own_draft.public_id}
            for act in ("", "_publish", "_archive", "_redraft")
        },
        "market_api:studio_shelf_history": {"variant_id": variant.public_id},
        **{
            f"catalog_api:studio_delivery_{name}": {"method_id": method.public_id}
            for name in ("method", "move")
        },
        **{f"accounts_api:{name}": {"person_id": clerk.public_id} for name in ("member",)},
        **{
            f"accounts_api:{name}": {"public_id": invited}
            for name in ("invitation", "invitation_resend")
        },
        "payments_api:method": {"public_id": card.method_id},
        "payments_api:method_first": {"public_id": card.method_id},
        "orders_api:bag_line": {"variant_id": variant.public_id},
        "orders_api:purchase": {"public_id": order.purchase.public_id},
        "orders_api:purchase_check": {"public_id": order.purchase.public_id},
        **{
            f"orders_api:{name}": {"public_id": checkout}
            for name in ("checkout", "checkout_complete", "checkout_renew", "checkout_stop")
        },
        **{
            f"orders_api:{name}": numbered
            for name in (
                *("order", "cancel", "received"),
                *("studio_order", "studio_ship", "studio_cancel", "studio_customer"),
            )
        },
        "messaging_api:studio_answered": {"public_id": question.group(1)},
        **{
            f"market_api:studio_{name}": own_product
            for name in (
                *("product", "product_publish", "product_archive", "product_redraft"),
                *("product_copy", "product_schedule", "stock"),
            )
        },
        **{
            f"accounts:{name}": {"public_id": brand.public_id}
            for name in ("follow", "block", "unblock", "mute", "unmute", "close_brand")
        },
        **{
            f"accounts:{name}": {"public_id": address}
            for name in ("address", "address_delete", "address_default")
        },
    }
    return world


def changed_pin(author: Profile) -> dict[str, Any]:
    """A pin that was on the wall and is not any more, and the key of what it said at first."""
    pin = make_pin(author=author, title=f"First {EVIL}")
    mine = {"public_id": pin.public_id, "author_id": author.pk}
    feed_actions.edit_pin(**mine, data=PinData(title=f"Then {EVIL}"))
    feed_actions.unpublish_pin(**mine)
    return {"public_id": pin.public_id, "version": pin.revisions.get().pk}


def log_in_elsewhere(person: Profile) -> str:
    """A second browser of somebody's; the id of its session."""
    assert person.user is not None
    Client().post("/accounts/login/", {"login": person.user.email, "password": PASSWORD})
    page = client_for(person).get("/settings/sessions/").content.decode()
    found = re.search(r"/settings/sessions/([a-z0-9]{12})/end/", page)
    assert found is not None, "the session was not noted"
    return found.group(1)


def invite_somebody(brand: Profile) -> str:
    """Somebody whom the brand has asked to join; the id of the invitation."""
    team = f"/studio/{brand.handle}/team/"
    owner = client_for(owner_of(brand))
    owner.post(team, {"email": "asked@mail.example", "role": "chat"})
    found = re.search(r"/invited/([a-z0-9]{12})/resend/", owner.get(team).content.decode())
    assert found is not None, "nobody was invited"
    return found.group(1)


def type_in(browser: Client, product_id: str) -> str:
    """What the buyer writes on pages: an address and a question; the id of the address."""
    typed = {"name": EVIL, "line1": EVIL, "postcode": "10115", "city": EVIL, "country": "DE"}
    browser.post("/settings/addresses/new/", {**typed, "street": EVIL})
    browser.post(f"/ask/product/{product_id}/", {"text": EVIL})
    page = browser.get("/settings/addresses/").content.decode()
    found = re.search(r"/settings/addresses/([a-z0-9]{12})/", page)
    assert found is not None, "the address was not kept"
    return found.group(1)


def addresses() -> Iterator[tuple[str, set[str]]]:
    """Name and arguments of every address but those of the administration."""
    yield from _walk(get_resolver(), "")


def _walk(resolver: URLResolver, space: str) -> Iterator[tuple[str, set[str]]]:
    for one in resolver.url_patterns:
        if isinstance(one, URLPattern):
            if one.name and one.name not in BY_REGEX:
                name = f"{space}:{one.name}" if space else one.name
                yield name, set(one.pattern.converters)
        elif one.namespace != "admin":
            yield from _walk(one, str(one.namespace or space))


def path_to(name: str, arguments: dict[str, Any]) -> str:
    """The path of an address; arguments that its pattern does not take are written in anyway."""
    try:
        return reverse(name, kwargs=arguments)
    except NoReverseMatch:
        plain = {key: quote(str(value), safe="") for key, value in arguments.items()}
        return reverse(name, kwargs=plain)


def methods_of(name: str, client: Client) -> set[str]:
    """The methods that an address knows, for who is logged in; GET where it does not say."""
    named = {part: nonsense(part) for part in dict(addresses())[name]}
    said = client.options(path_to(name, named)).headers.get("Allow", "GET")
    return {one.lower() for one in said.split(", ")}


def everything() -> dict[str, str]:
    """A fingerprint of each table, so that a test can say that nothing changed."""
    tables = {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not COUNTED.match(model._meta.db_table)
    }
    found = {}
    with connection.cursor() as cursor:
        present = set(connection.introspection.table_names(cursor))
        for table in sorted(tables & present):
            name = connection.ops.quote_name(table)
            cursor.execute(f"SELECT md5(string_agg(t::text, ',' ORDER BY t::text)) FROM {name} t")
            found[table] = str(cursor.fetchone()[0])
    return found
