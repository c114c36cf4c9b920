"""Who may come through which door: every role beside every address.

The addresses come from the resolver. One that is in no table below fails the first test, so that
nobody adds a page without saying whom it is for.
"""

from __future__ import annotations

from typing import Any, get_args

import pytest
from django.contrib import admin
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Block, BrandAct
from accounts.testing import client_for, make_member, make_operator, owner_of, protect
from accounts.types import VOICES, Role
from feed.models import Board
from feed.testing import make_board, make_pin
from marketplace.tests.world import World, addresses, everything, make_world, path_to

pytestmark = pytest.mark.django_db

READ, WRITE = "get", "post"
EVERY = (READ, WRITE, "put", "patch", "delete")
ALL = frozenset(get_args(Role))
OWNER: frozenset[str] = frozenset({"owner"})
CATALOGUE = OWNER | {"catalogue"}
ORDERS = OWNER | {"orders"}
CHAT = OWNER | {"chat"}
LEDGER = OWNER | {"orders", "finance"}
FINANCE = OWNER | {"finance"}
# Neither of the two is there for anybody else: no page, or no such method.
CLOSED, NO_METHOD = 404, 405


def _of(space: str, names: str) -> set[str]:
    return {f"{space}:{name}" if space else name for name in names.split()}


# --- A brand's rooms: who may look, who may act ---------------------------------------------------
STUDIO: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    **dict.fromkeys(
        _of(
            "brands",
            """papers submit trader email send_code payout payout_open declaration policies pictures
            domain domain_look""",
        ),
        (OWNER, OWNER),
    ),
    **dict.fromkeys(
        _of(
            "brands",
            """delivery vacation vacation_end delivery_new delivery_edit delivery_switch
            delivery_move""",
        ),
        (CATALOGUE, CATALOGUE),
    ),
    "brands:look": (CATALOGUE, CATALOGUE),
    "brands:look_undo": (CATALOGUE, CATALOGUE),
    **dict.fromkeys(
        _of(
            "pages",
            """studio_stock studio_stock_history studio_product_copy studio_services
            studio_service_new studio_service_edit studio_service_move studio_collections
            studio_collection_new studio_collection_edit studio_collection_delete
            studio_collection_restore""",
        ),
        (CATALOGUE, CATALOGUE),
    ),
    "pages:studio": (ALL, ALL),
    **dict.fromkeys(
        _of(
            "pages",
            "studio_products studio_product_new studio_product_edit studio_product_move",
        ),
        (CATALOGUE, CATALOGUE),
    ),
    **dict.fromkeys(
        _of(
            "feed",
            """studio_pins studio_pin_new studio_pin_from_product studio_pin_publish studio_pin_edit
            studio_pin_unpublish studio_pin_delete studio_pin_undelete
            studio_pin_version""",
        ),
        (CATALOGUE, CATALOGUE),
    ),
    "pages:studio_customers": (LEDGER, LEDGER),
    "pages:studio_balance": (FINANCE, FINANCE),
    "pages:studio_customer": (LEDGER, LEDGER),
    "orders:studio_orders": (LEDGER, ORDERS),
    "orders:studio_order": (LEDGER, ORDERS),
    "orders:studio_pack": (ORDERS, ORDERS),
    "orders:studio_ship": (ORDERS, ORDERS),
    "orders:studio_cancel": (ORDERS, ORDERS),
    "messaging:studio_questions": (CHAT, CHAT),
    "accounts:studio_log": (OWNER, OWNER),
    "accounts:studio_team": (ALL, OWNER),
    "accounts:studio_leave": (ALL, ALL),
    **dict.fromkeys(
        _of(
            "accounts",
            """studio_team_undo studio_invitation_resend studio_invitation_withdraw studio_member
            studio_member_remove""",
        ),
        (OWNER, OWNER),
    ),
}
# The same rooms for programs.
STUDIO_API: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        _of(
            "feed_api",
            """studio_pins studio_pin studio_pin_from_product studio_pin_publish
            studio_pin_schedule studio_pin_restore studio_pin_version""",
        ),
        CATALOGUE,
    ),
    **dict.fromkeys(
        _of(
            "brands_api",
            """papers submit trader email email_code declaration policies pictures domain
            domain_look payout""",
        ),
        OWNER,
    ),
    "orders_api:studio_orders": LEDGER,
    "orders_api:studio_order": LEDGER,
    "orders_api:studio_customers": LEDGER,
    "orders_api:studio_customer": LEDGER,
    "payments_api:studio_balance": FINANCE,
    **dict.fromkeys(_of("orders_api", "studio_pack studio_ship studio_cancel"), ORDERS),
    **dict.fromkeys(_of("messaging_api", "studio_questions studio_answered"), CHAT),
    "market_api:dashboard": ALL,
    **dict.fromkeys(
        _of(
            "catalog_api",
            """studio_delivery studio_delivery_method studio_delivery_move studio_vacation
            studio_look studio_look_undo studio_collections studio_collection
            studio_collection_try studio_collection_restore""",
        ),
        CATALOGUE,
    ),
    **dict.fromkeys(_of("accounts_api", "team leave"), ALL),
    **dict.fromkeys(
        _of("accounts_api", "member_restore member invitations invitation invitation_resend log"),
        OWNER,
    ),
    **dict.fromkeys(
        _of("market_api", "studio_product_redraft studio_product_copy studio_product_schedule"),
        CATALOGUE,
    ),
    **dict.fromkeys(
        _of(
            "market_api",
            """studio_products studio_product studio_product_publish studio_product_archive
            studio_stock studio_shelf studio_shelf_history studio_services studio_service
            studio_service_publish studio_service_archive""",
        ),
        CATALOGUE,
    ),
}

# --- Everybody else's pages -----------------------------------------------------------------------
# Open to guests. What in them belongs to somebody is swept by test_threats.
PUBLIC = {
    "brands:style",
    "messaging:quote",
    *_of(
        "pages",
        """profile_services services service profile_followers profile_following robots sitemap
        sitemap_index""",
    ),
    *_of("feed_api", "comments comment"),
    *_of(
        "feed",
        """talk talk_switch comment comment_edit comment_delete comment_restore undo board_edit
        board_delete board_order board_pins section_new section board_invite board_answer
        board_leave board_member_remove""",
    ),
    *_of(
        "",
        """
        healthz readyz metrics api_schema api_docs api_try account_login account_inactive
        account_signup account_reset_password account_reset_password_done
        account_reset_password_from_key_done mfa_login_webauthn
    """,
    ),
    *_of("accounts", "provider_begin provider_back provider_join"),
    *_of(
        "demo",
        """
        login mail letter
    """,
    ),
    *_of(
        "accounts_api",
        """ profile
    """,
    ),
    *_of(
        "catalog_api",
        """
        categories product related delivery variant products_of storefront collections_of
        collection collection_products
    """,
    ),
    *_of(
        "feed_api",
        """
        explore pin related board board_pins boards_of pins_of
    """,
    ),
    *_of(
        "orders_api",
        """
        quote purchases purchase purchase_check bag bag_lines bag_line checkouts checkout
        checkout_complete checkout_renew checkout_stop orders order cancel received
    """,
    ),
    *_of(
        "moderation_api",
        """
        reports
    """,
    ),
    *_of(
        "market_api",
        """
        search suggestions services service
    """,
    ),
    *_of(
        "core",
        """
        media
    """,
    ),
    *_of(
        "pages",
        """
        welcome help terms privacy imprint stylesheet theme keys search suggest studio_home
        profile profile_shop profile_collections collection profile_boards profile_about product
        styleguide
    """,
    ),
    *_of(
        "tracking",
        """
        impressions choices consent
    """,
    ),
    *_of(
        "notifications",
        """
        badge
    """,
    ),
    *_of(
        "feed",
        """
        home explore explore_category pin save unsave save_product unsave_product board
    """,
    ),
    *_of(
        "payments",
        """
        webhook
    """,
    ),
    *_of(
        "orders",
        """
        buy bag bag_add bag_line checkout_start checkout checkout_return checkout_stop list
        purchase claim order order_track cancel received
    """,
    ),
    *_of(
        "messaging",
        """
        ask
    """,
    ),
    *_of(
        "moderation",
        """
        receipt report
    """,
    ),
    *_of(
        "accounts",
        """
        goodbye join
    """,
    ),
}
# A guest is asked to log in.
MEMBER = {
    *_of(
        "feed",
        """my_pins my_pin_new my_pin_edit my_pin_publish my_pin_unpublish my_pin_delete
        my_pin_undelete my_pin_version""",
    ),
    *_of("feed", "save_to like comment_like"),
    *_of("accounts_api", "consent blocks mutes muted_words muted_word block mute join"),
    *_of(
        "feed_api",
        """undo sections section section_move pins_move pins_remove pin_move members member
        invitation leave like comments_open comment_restore comment_like""",
    ),
    *_of(
        "accounts_api",
        """follow token own_profile
        me addresses address address_first tokens
    """,
    ),
    *_of(
        "notifications_api",
        """
        notices read preferences
    """,
    ),
    "brands_api:brands",
    *_of(
        "feed_api",
        """save save_product
        home following boards boards_search my_pins my_pin my_pin_publish my_pin_schedule
        my_pin_restore my_pin_version
    """,
    ),
    *_of(
        "payments_api",
        """method
        methods method_first
    """,
    ),
    *_of(
        "orders_api",
        """
        claim
    """,
    ),
    *_of(
        "messaging_api",
        """
        questions quote
    """,
    ),
    *_of(
        "market_api",
        """interests
        pictures
    """,
    ),
    *_of(
        "brands",
        """
        found
    """,
    ),
    *_of(
        "tracking",
        """
        consent_back
    """,
    ),
    *_of(
        "notifications",
        """
        index read mute open settings undo
    """,
    ),
    *_of(
        "feed",
        """
        following new_board
    """,
    ),
    *_of(
        "payments",
        """
        methods forget make_default
    """,
    ),
    *_of(
        "accounts",
        """
        follow block unblock mute unmute unmute_word hidden delete close_brand switch
        settings profile addresses address_new address address_delete address_default tokens
        token_new token_revoke account sessions sessions_end session_end protect again
        provider_connect provider_disconnect profile_undo
    """,
    ),
    *_of(
        "",
        """
        account_reauthenticate account_email account_email_verification_sent
        account_change_password account_set_password mfa_index mfa_authenticate
        mfa_reauthenticate mfa_activate_totp mfa_deactivate_totp mfa_view_recovery_codes
        mfa_generate_recovery_codes mfa_download_recovery_codes mfa_list_webauthn
        mfa_add_webauthn mfa_reauthenticate_webauthn mfa_remove_webauthn mfa_edit_webauthn
    """,
    ),
}
# Done in a profile's name: for a brand by those alone who speak for it.
SPOKEN = {
    *_of(
        "feed",
        """save unsave save_product unsave_product like comment_like new_board undo board_delete
        board_order board_pins section_new board_invite board_answer board_leave
        board_member_remove""",
    ),
    *_of("accounts", "hidden follow block unblock mute unmute unmute_word"),
}
# Only in a demo.
MAYBE = _of("demo", "login mail letter") | {"pages:styleguide", "metrics"}
# Ends the session that the sweep stands on.
LOGS_OUT = {"account_logout"}


def test_every_address_says_whom_it_is_for() -> None:
    tables = [set(STUDIO), set(STUDIO_API), PUBLIC, MEMBER, LOGS_OUT]
    known = set().union(*tables)
    there = {name for name, _arguments in addresses()}
    assert there - known == set(), "classify it in this file: whom is the new address for?"
    assert known - there - MAYBE == set(), "these are gone"
    assert sum(map(len, tables)) == len(known), "one address, one table"


@pytest.fixture
def world() -> World:
    return make_world()


def team(world: World) -> dict[str, Client]:
    """Somebody of every role on the brand's team; their second factor is there."""
    people = {"owner": client_for(protect(owner_of(world.brand)))}
    for role in sorted(ALL - OWNER):
        member = make_member(brand=world.brand, role=role)
        people[role] = client_for(protect(member))
    return people


def outsiders(world: World) -> dict[str, Client]:
    """Everybody else: the last two have rights, but none here."""
    return {
        "guest": Client(),
        "stranger": client_for(world.stranger),
        "buyer": client_for(world.buyer),
        "another brand's owner": client_for(protect(owner_of(world.rival)), acting=world.rival),
        "operator": client_for(make_operator()),
    }


def tried(client: Client, method: str, path: str) -> Any:
    """What somebody is answered; whatever they did is undone."""
    with transaction.atomic():
        answer = getattr(client, method)(path)
        transaction.set_rollback(True)
    return answer


def is_closed(answer: Any) -> bool:
    to_log_in = "/accounts/login/" in answer.headers.get("Location", "")
    return answer.status_code == CLOSED or to_log_in


def test_each_role_comes_through_its_doors_and_no_other(world: World) -> None:
    people, wrong, cells = team(world), [], 0
    for name, arguments in addresses():
        if name not in STUDIO:
            continue
        path = path_to(name, world.real(name, arguments))
        for method, allowed in zip((READ, WRITE), STUDIO[name], strict=True):
            # An empty form may be answered with 404 to the right person, too (pack which order?):
            # then it is the page's own word, said after the door.
            for role, client in people.items():
                answer = tried(client, method, path)
                cells += 1
                if answer.status_code == NO_METHOD:
                    continue
                fits = is_closed(answer) if role not in allowed else not is_closed(answer)
                if not fits and (name, method) not in NAMES_NOTHING:
                    wrong.append(f"{role}: {method} {name}: {answer.status_code}")
    assert wrong == []
    assert cells > 400, "hardly any cells: the matrix proves nothing"


# Posted empty, they name nothing that could be found.
NAMES_NOTHING = {
    ("orders:studio_pack", WRITE),
    ("pages:studio_product_move", WRITE),
    ("brands:delivery_move", WRITE),
    ("brands:look_undo", WRITE),
    ("pages:studio_service_move", WRITE),
    ("accounts:studio_team_undo", WRITE),
}


def test_nobody_else_comes_in_and_nothing_changes(world: World) -> None:
    visitors, wrong = outsiders(world), []
    before = everything()
    for name, arguments in addresses():
        if name not in STUDIO:
            continue
        path = path_to(name, world.real(name, arguments))
        for who, client in visitors.items():
            for method in (READ, WRITE):
                answer = getattr(client, method)(path)
                if answer.status_code != NO_METHOD and not is_closed(answer):
                    wrong.append(f"{who}: {method} {name}: {answer.status_code}")
    assert wrong == []
    assert everything() == before


def test_only_those_who_speak_for_a_brand_act_in_its_name(world: World) -> None:
    assert SPOKEN < PUBLIC | MEMBER
    people = {role: make_member(brand=world.brand, role=role) for role in sorted(ALL - OWNER)}
    wrong = []
    for role, member in {"owner": owner_of(world.brand), **people}.items():
        client = client_for(member, acting=world.brand)
        for name, arguments in addresses():
            if name not in SPOKEN:
                continue
            real = world.real(name, arguments)
            if "public_id" in real and name.startswith("accounts:"):
                real["public_id"] = world.stranger.public_id
            answer = tried(client, WRITE, path_to(name, real))
            if (answer.status_code == 403) is (role in VOICES):
                wrong.append(f"{role}: {name}: {answer.status_code}")
    assert wrong == []


@pytest.mark.parametrize("role", sorted(ALL - OWNER))
def test_so_do_programs(world: World, role: Role) -> None:
    board, pin = make_board(owner=world.brand), make_pin(author=world.rival)
    member = make_member(brand=world.brand, role=role)
    client = client_for(member, acting=world.brand)
    someone = f"/api/v1/profiles/{world.stranger.handle}"
    answers = [
        client.put(f"/api/v1/pins/{pin.public_id}/like/"),
        client.put(f"/api/v1/pins/{pin.public_id}/save/", {}, content_type="application/json"),
        client.put(f"{someone}/follow/"),
        client.put(f"{someone}/block/"),
        client.delete(f"/api/v1/boards/{board.public_id}/"),
    ]
    acts = BrandAct.objects.filter(brand=world.brand, actor=member.user)
    log = acts.values_list("act", "subject")
    if role in VOICES:
        assert [one.status_code for one in answers if one.status_code >= 300] == []
        assert set(log) == {
            ("accounts.blocked", world.stranger.name),
            ("feed.board_deleted", board.title),
        }
    else:
        assert [one.status_code for one in answers] == [403] * len(answers)
        assert Board.objects.filter(pk=board.pk).exists()
        assert not Block.objects.filter(blocker=world.brand).exists()
        assert not log


def test_programs_of_each_role_find_its_rooms_and_no_other(world: World) -> None:
    """By session; what a token adds are scopes, which the tests of the interface ask about."""
    people, others, wrong = team(world), outsiders(world), []
    for name, arguments in addresses():
        if name not in STUDIO_API:
            continue
        path = path_to(name, world.real(name, arguments))
        for who, client in {**people, **others}.items():
            answer = tried(client, READ, path)
            if answer.status_code == NO_METHOD:
                continue
            shut = answer.status_code in (401, 403, 404)
            if shut is (who in STUDIO_API[name]):
                wrong.append(f"{who}: {name}: {answer.status_code}")
    assert wrong == []


def test_guests_are_asked_to_log_in_where_it_says_so_and_only_there(world: World) -> None:
    wrong = []
    for number, (name, arguments) in enumerate(addresses()):
        # From an address of their own each, or the interface would ask them to slow down.
        guest = Client(REMOTE_ADDR=f"198.51.{number // 250}.{number % 250}")
        if name not in MEMBER | PUBLIC or name in SENDS_TO_LOG_IN:
            continue
        path = path_to(name, world.real(name, arguments))
        answers = [tried(guest, method, path) for method in EVERY]
        asked = [
            answer.status_code == 401 or "/accounts/login/" in answer.headers.get("Location", "")
            for answer in answers
            if answer.status_code != NO_METHOD
        ]
        if name in MEMBER and not all(asked):
            wrong.append(f"{name} is open")
        if name in PUBLIC and asked and all(asked):
            wrong.append(f"{name} is closed")
    assert wrong == []


# Open to guests, but empty-handed they are sent to the log-in page.
SENDS_TO_LOG_IN = {"mfa_login_webauthn", "tracking:consent_back"}


def test_the_administration_is_for_operators(world: World) -> None:
    owner, operator = client_for(owner_of(world.brand)), client_for(make_operator())
    open_doors = []
    for model in admin.site._registry:
        label = f"{model._meta.app_label}_{model._meta.model_name}"
        path = reverse(f"admin:{label}_changelist")
        if owner.get(path).status_code == 200:
            open_doors.append(path)
    assert open_doors == []
    assert operator.get(reverse("admin:index")).status_code == 200
