"""Whom each address is for: a brand's rooms by role, and everybody else's pages.

A new address belongs into one of these tables; `test_roles` fails until it is.
"""

from __future__ import annotations

from typing import get_args

from accounts.types import Role

READ, WRITE = "get", "post"
EVERY = (READ, WRITE, "put", "patch", "delete")
ALL = frozenset(get_args(Role))
OWNER: frozenset[str] = frozenset({"owner"})
CATALOGUE = OWNER | {"catalogue"}
ORDERS = OWNER | {"orders"}
CHAT = OWNER | {"chat"}
LEDGER = OWNER | {"orders", "finance"}
FINANCE = OWNER | {"finance"}
EARNINGS = LEDGER | {"ads"}
# Neither of the two is there for anybody else: no page, or no such method.
CLOSED, NO_METHOD = 404, 405


def of(space: str, names: str) -> set[str]:
    return {f"{space}:{name}" if space else name for name in names.split()}


# --- A brand's rooms: who may look, who may act ---------------------------------------------------
STUDIO: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    **dict.fromkeys(
        of(
            "brands",
            """papers submit trader email send_code payout payout_open declaration policies pictures
            domain domain_look documents document document_remove""",
        ),
        (OWNER, OWNER),
    ),
    **dict.fromkeys(
        of(
            "brands",
            """delivery vacation vacation_end delivery_new delivery_edit delivery_switch
            delivery_move""",
        ),
        (CATALOGUE, CATALOGUE),
    ),
    "brands:look": (CATALOGUE, CATALOGUE),
    "brands:look_undo": (CATALOGUE, CATALOGUE),
    "brands:look_redo": (CATALOGUE, CATALOGUE),
    **dict.fromkeys(
        of(
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
        of(
            "pages",
            "studio_products studio_product_new studio_product_edit studio_product_move",
        ),
        (CATALOGUE, CATALOGUE),
    ),
    **dict.fromkeys(
        of(
            "feed",
            """studio_pins studio_pin_new studio_pin_from_product studio_pin_publish studio_pin_edit
            studio_pin_preview studio_pin_unpublish studio_pin_delete studio_pin_undelete
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
    "orders:studio_unpack": (ORDERS, ORDERS),
    "orders:studio_ship": (ORDERS, ORDERS),
    "orders:studio_cancel": (ORDERS, ORDERS),
    "messaging:studio_questions": (CHAT, CHAT),
    "accounts:studio_log": (OWNER, OWNER),
    "accounts:studio_team": (ALL, OWNER),
    "accounts:studio_leave": (ALL, ALL),
    **dict.fromkeys(
        of(
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
        of(
            "feed_api",
            """studio_pins studio_pin studio_pin_from_product studio_pin_publish
            studio_pin_schedule studio_pin_restore studio_pin_version""",
        ),
        CATALOGUE,
    ),
    **dict.fromkeys(
        of(
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
    "payments_api:studio_owed": FINANCE,
    **dict.fromkeys(
        of("orders_api", "studio_pack studio_unpack studio_ship studio_cancel"), ORDERS
    ),
    **dict.fromkeys(of("messaging_api", "studio_questions studio_answered"), CHAT),
    "market_api:dashboard": EARNINGS,
    **dict.fromkeys(
        of(
            "catalog_api",
            """studio_delivery studio_delivery_method studio_delivery_move studio_vacation
            studio_look studio_look_undo studio_look_redo studio_collections studio_collection
            studio_collection_try studio_collection_restore""",
        ),
        CATALOGUE,
    ),
    **dict.fromkeys(of("accounts_api", "team leave"), ALL),
    **dict.fromkeys(
        of("accounts_api", "member_restore member invitations invitation invitation_resend log"),
        OWNER,
    ),
    **dict.fromkeys(
        of("market_api", "studio_product_redraft studio_product_copy studio_product_schedule"),
        CATALOGUE,
    ),
    **dict.fromkeys(
        of(
            "market_api",
            """studio_products studio_product studio_product_publish studio_product_archive
            studio_stock studio_shelf studio_shelf_history studio_services studio_service
            studio_service_publish studio_service_archive studio_service_redraft""",
        ),
        CATALOGUE,
    ),
}

# Rooms, and operations, that open with two proofs only (docs/adr/0010).
MONEY = {
    *("brands:payout", "brands:payout_open", "pages:studio_balance"),
    *("brands_api:payout", "payments_api:studio_balance", "payments_api:studio_owed"),
}

# --- Everybody else's pages -----------------------------------------------------------------------
# Open to guests. What in them belongs to somebody is swept by test_threats.
PUBLIC = {
    "brands:style",
    "messaging:quote",
    *of(
        "pages",
        """profile_services services service profile_followers profile_following robots sitemap
        sitemap_index""",
    ),
    *of("feed_api", "comments comment"),
    *of(
        "feed",
        """talk talk_switch comment comment_edit comment_delete comment_restore undo board_edit
        board_delete board_order board_pins board_note board_follow_link board_link
        board_link_end section_new section board_invite board_answer board_leave
        board_member_remove""",
    ),
    *of(
        "",
        """
        metrics api_schema api_docs api_try account_login account_inactive
        account_signup account_reset_password account_reset_password_done
        account_reset_password_from_key_done mfa_login_webauthn
    """,
    ),
    *of("accounts", "provider_begin provider_back provider_join"),
    *of(
        "demo",
        """
        login mail letter
    """,
    ),
    *of(
        "accounts_api",
        """ profile followers following
    """,
    ),
    *of(
        "catalog_api",
        """
        categories product related delivery variant products_of storefront collections_of
        collection collection_products
    """,
    ),
    *of(
        "feed_api",
        """
        explore hashtag hashtag_pins pin related board board_pins boards_of pins_of
    """,
    ),
    *of(
        "orders_api",
        """
        quote purchases purchase purchase_check bag bag_lines bag_line checkouts checkout
        checkout_complete checkout_renew checkout_stop orders order cancel received
    """,
    ),
    *of(
        "moderation_api",
        """
        reports
    """,
    ),
    *of("messaging_api", "questions quote"),
    "reviews:listing",
    "reviews_api:reviews",
    *of(
        "market_api",
        """
        search search_counts suggestions services service
    """,
    ),
    *of(
        "core",
        """
        media
    """,
    ),
    *of(
        "pages",
        """
        welcome help terms privacy imprint stylesheet theme keys search suggest studio_home
        profile profile_shop profile_collections collection profile_boards profile_about product
        styleguide
    """,
    ),
    *of(
        "tracking",
        """
        impressions choices consent
    """,
    ),
    *of(
        "notifications",
        """
        badge
    """,
    ),
    *of(
        "feed",
        """
        home explore explore_category hashtag pin save unsave save_product unsave_product
        save_service unsave_service board
    """,
    ),
    *of(
        "payments",
        """
        webhook
    """,
    ),
    *of(
        "orders",
        """
        buy bag bag_add bag_line checkout_start checkout checkout_return checkout_stop list
        purchase claim order order_track cancel received
    """,
    ),
    *of(
        "messaging",
        """
        ask
    """,
    ),
    *of(
        "moderation",
        """
        receipt report
    """,
    ),
    *of(
        "accounts",
        """
        goodbye join
    """,
    ),
}
# Open to whom they belong to, guests among them. Any other guest who looks is asked to log in: a
# mail may have led them here.
WHOSE_IT_IS = of("orders", "purchase order order_track cancel checkout_return")
# A guest is asked to log in.
MEMBER = {
    *of(
        "feed",
        """my_pins my_pin_new my_pin_edit my_pin_preview my_pin_publish my_pin_unpublish
        my_pin_delete my_pin_undelete my_pin_version""",
    ),
    *of("feed", "save_to like comment_like board_follow hashtag_follow topic_follow followed"),
    *of("reviews", "write delete restore"),
    *of("reviews_api", "own_reviews review review_restore"),
    *of("accounts_api", "consent blocks mutes muted_words muted_word block mute join"),
    *of(
        "feed_api",
        """undo sections section section_move pins_move pins_remove pin_move pin_note link members
        member invitation leave like comments_open comment_restore comment_like""",
    ),
    *of(
        "accounts_api",
        """follow token own_profile
        me addresses address address_first tokens organizations organization
    """,
    ),
    *of(
        "notifications_api",
        """
        notices read preferences
    """,
    ),
    "brands_api:brands",
    *of(
        "feed_api",
        """save save_product save_service
        home following boards boards_search boards_followed board_follow topic_follow
        hashtags_followed hashtag_follow my_pins my_pin
        my_pin_publish my_pin_schedule my_pin_restore my_pin_version
    """,
    ),
    *of(
        "payments_api",
        """method
        methods method_first
    """,
    ),
    *of(
        "orders_api",
        """
        claim
    """,
    ),
    *of(
        "market_api",
        """interests own_data
        pictures picture
    """,
    ),
    *of(
        "brands",
        """
        found
    """,
    ),
    *of("pages", "display your_data"),
    *of(
        "tracking",
        """
        consent_back
    """,
    ),
    *of(
        "notifications",
        """
        index read mute open settings undo
    """,
    ),
    *of(
        "feed",
        """
        following new_board
    """,
    ),
    *of(
        "payments",
        """
        methods forget make_default
    """,
    ),
    *of(
        "accounts",
        """
        follow block unblock mute unmute unmute_word hidden delete close_brand switch
        settings profile addresses address_new address address_delete address_default address_undo
        tokens token_new token_revoke account sessions sessions_end session_end protect again
        provider_connect provider_disconnect profile_undo
        organizations organization_new organization organization_leave organization_undo buy_for
    """,
    ),
    *of(
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
    *of(
        "feed",
        """save unsave save_product unsave_product save_service unsave_service like comment_like
        new_board undo board_delete board_follow hashtag_follow
        board_order board_pins board_note board_link board_link_end section_new
        board_invite board_answer board_leave board_member_remove""",
    ),
    *of("accounts", "hidden follow block unblock mute unmute unmute_word"),
}
# Only in a demo.
MAYBE = of("demo", "login mail letter") | {"pages:styleguide", "metrics"}
# Ends the session that the sweep stands on.
LOGS_OUT = {"account_logout"}
