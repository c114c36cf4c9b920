"""Every act of the web interface exists in the API, and everything that its pages show.

A page that takes a POST stands in one of the first two tables below: with the operations that do
the same, or with the reason why a program has no business there. A page that is looked at stands in
one of the others, with the operations that read the same. A new page fails here until somebody has
thought of it.
"""

from __future__ import annotations

import re

import pytest

from accounts.testing import client_for, make_person
from marketplace.tests.api.calling import operations
from marketplace.tests.world import addresses, methods_of, nonsense, path_to

pytestmark = pytest.mark.django_db

SAME = {
    "pages:welcome": "interests_change profile_follow",
    "pages:studio_product_new": "studio_product_create picture_create studio_stock_change",
    "pages:studio_product_edit": "studio_product_change picture_create studio_stock_change",
    "pages:studio_product_move": (
        "studio_product_publish studio_product_archive studio_product_redraft studio_product_copy "
        "studio_product_schedule studio_product_unschedule"
    ),
    "pages:studio_product_copy": "studio_product_copy",
    "pages:studio_products": (
        "studio_product_publish studio_product_archive studio_product_redraft"
    ),
    "pages:studio_stock": "studio_shelf_book",
    "pages:studio_collections": (
        "studio_collection_change studio_collection_delete studio_collection_restore"
    ),
    "pages:studio_collection_new": "picture_create studio_collection_create studio_collection_try",
    "pages:studio_collection_edit": "picture_create studio_collection_change",
    "pages:studio_collection_delete": "studio_collection_delete",
    "pages:studio_collection_restore": "studio_collection_restore",
    "pages:studio_services": (
        "studio_service_publish studio_service_archive studio_service_redraft"
    ),
    "pages:studio_service_new": "picture_create studio_service_create",
    "pages:studio_service_edit": "picture_create studio_service_change",
    "pages:studio_service_move": (
        "studio_service_publish studio_service_archive studio_service_redraft"
    ),
    "tracking:consent": "consent_change",
    "notifications:read": "notifications_read",
    "notifications:mute": "notification_preference_change",
    "notifications:settings": "notification_preference_change",
    "notifications:undo": "notification_preference_change",
    "feed:save": "pin_save",
    "feed:save_to": "pin_save",
    "feed:unsave": "pin_unsave",
    "feed:like": "pin_like pin_unlike",
    "feed:talk": "comment_create",
    "feed:talk_switch": "pin_comments_open",
    "feed:comment": "comment_create",
    "feed:comment_edit": "comment_change",
    "feed:comment_delete": "comment_delete",
    "feed:comment_restore": "comment_restore",
    "feed:comment_like": "comment_like comment_unlike",
    "feed:new_board": "board_create",
    "feed:undo": "boards_undo",
    "feed:board_edit": "board_change",
    "feed:board_delete": "board_delete",
    "feed:board_order": "board_pin_move",
    "feed:board_pins": "board_pins_move board_pins_remove",
    "feed:save_product": "product_save",
    "feed:unsave_product": "product_unsave",
    "feed:save_service": "service_save",
    "feed:unsave_service": "service_unsave",
    "feed:board_note": "board_note_change",
    "feed:board_follow": "board_follow board_unfollow",
    "feed:topic_follow": "topic_follow topic_unfollow",
    "feed:hashtag_follow": "hashtag_follow hashtag_unfollow",
    "feed:board_link": "board_link_make",
    "feed:board_link_end": "board_link_end",
    "feed:section_new": "section_create",
    "feed:section": "section_change section_move section_delete",
    "feed:board_invite": "board_member_invite",
    "feed:board_answer": "board_invitation_answer",
    "feed:board_leave": "board_leave",
    "feed:board_member_remove": "board_member_remove",
    "feed:studio_pin_new": "picture_create studio_pin_create",
    "feed:studio_pin_from_product": "studio_pin_from_product",
    "feed:my_pins": "my_pin_publish my_pin_unpublish my_pin_delete",
    "feed:studio_pins": "studio_pin_publish studio_pin_unpublish studio_pin_delete",
    "feed:my_pin_new": "picture_create my_pin_create",
    "feed:my_pin_edit": "my_pin_change my_pin_schedule my_pin_unschedule",
    "feed:my_pin_publish": "my_pin_publish",
    "feed:my_pin_unpublish": "my_pin_unpublish",
    "feed:my_pin_delete": "my_pin_delete",
    "feed:my_pin_version": "my_pin_version_restore",
    "feed:studio_pin_version": "studio_pin_version_restore",
    "feed:my_pin_undelete": "my_pin_undelete",
    "feed:studio_pin_edit": "studio_pin_change studio_pin_schedule studio_pin_unschedule",
    "feed:studio_pin_publish": "studio_pin_publish",
    "feed:studio_pin_unpublish": "studio_pin_unpublish",
    "feed:studio_pin_delete": "studio_pin_delete",
    "feed:studio_pin_undelete": "studio_pin_undelete",
    "brands:found": "brand_create",
    "brands:submit": "studio_papers_submit",
    "brands:trader": "studio_trader_change",
    "brands:email": "studio_email_confirm",
    "brands:send_code": "studio_email_code_send",
    "brands:payout_open": "studio_payout_open",
    "brands:declaration": "studio_declaration_make",
    "brands:policies": "studio_policies_change",
    "brands:pictures": "picture_create studio_pictures_change",
    "brands:domain": "studio_domain_claim",
    "brands:domain_look": "studio_domain_prove",
    "brands:look": "studio_look_change",
    "brands:look_undo": "studio_look_undo",
    "brands:look_redo": "studio_look_redo",
    "brands:delivery_new": "studio_delivery_create",
    "brands:delivery_edit": "studio_delivery_change",
    "brands:delivery_switch": "studio_delivery_switch",
    "brands:delivery_move": "studio_delivery_move",
    "brands:vacation": "studio_vacation_change",
    "brands:vacation_end": "studio_vacation_end",
    "payments:forget": "payment_method_forget",
    "payments:make_default": "payment_method_use_first",
    "orders:buy": "quote_read purchase_create",
    "orders:bag_add": "bag_line_add",
    "orders:bag_line": "bag_line_change bag_line_remove",
    "orders:checkout_start": "checkout_create",
    "orders:checkout": "checkout_change checkout_renew checkout_complete",
    "orders:checkout_stop": "checkout_stop",
    "orders:claim": "orders_claim",
    "orders:cancel": "order_cancel",
    "orders:received": "order_received",
    "orders:studio_orders": "studio_orders_pack studio_orders_unpack studio_order_ship",
    "orders:studio_pack": "studio_orders_pack",
    "orders:studio_unpack": "studio_orders_unpack",
    "orders:studio_ship": "studio_order_ship",
    "orders:studio_cancel": "studio_order_cancel",
    "messaging:ask": "question_create",
    "messaging:quote": "picture_create service_quote_request",
    "messaging:studio_questions": "studio_question_answered",
    "moderation:report": "report_create",
    "reviews:write": "review_put",
    "reviews:delete": "review_delete",
    "reviews:restore": "review_restore",
    "accounts:follow": "profile_follow profile_unfollow",
    "accounts:block": "profile_block",
    "accounts:unblock": "profile_unblock",
    "accounts:mute": "profile_mute",
    "accounts:unmute": "profile_unmute",
    "accounts:hidden": "word_mute",
    "accounts:unmute_word": "word_unmute",
    "accounts:profile": "profile_change",
    "accounts:address_new": "address_create",
    "accounts:address": "address_change",
    "accounts:address_delete": "address_delete",
    "accounts:address_default": "address_use_first",
    "accounts:organization_new": "organization_create",
    "accounts:organization": "organization_change",
    "accounts:organization_leave": "organization_leave",
    "accounts:token_revoke": "token_revoke",
    "accounts:join": "team_join",
    "accounts:studio_team": "studio_invitation_create",
    "accounts:studio_leave": "studio_team_leave",
    "accounts:studio_team_undo": "studio_member_restore",
    "accounts:studio_invitation_resend": "studio_invitation_resend",
    "accounts:studio_invitation_withdraw": "studio_invitation_withdraw",
    "accounts:studio_member": "studio_member_change",
    "accounts:studio_member_remove": "studio_member_remove",
}
_BROWSER = "how somebody logs in is between them and a browser of ours"
_PROOF = "asks for the password or a key again: a token must not outgrow its scopes"
_IN_PERSON = "who proves what a brand is does so in person: no token reads or leaves documents"
_DISPLAY = "how pages look, and which keys they hear: a program sees none"
NOT_FOR_PROGRAMS = {
    r"account_\w+|mfa_\w+": _BROWSER,
    r"accounts:sessions?_end|accounts:provider_\w+|accounts:again": _BROWSER,
    r"accounts:profile_undo": "Undo of a page; profile_change says it anew",
    r"accounts:address_undo": "Undo of a page; address_change and address_create say it anew",
    r"accounts:organization_undo": "Undo of a page; organization_change and _create say it anew",
    r"accounts:(delete|close_brand|token_new)": _PROOF,
    r"brands:documents?(_remove)?": _IN_PERSON,
    r"accounts:switch": "every call says for whom it acts, in the header Acting-As",
    r"accounts:buy_for": "every call that buys says for whom, in organization_id",
    r"demo:login|pages:styleguide": "the demo and the gallery of components",
    r"pages:(theme|keys)": _DISPLAY,
    r"tracking:impressions": "what a person really saw, only a page can say",
    r"tracking:consent_back": "Undo of a page; consent_change says it anew",
    r"payments:webhook": "the payment provider's own, proved by its signature",
}


# What is read by program of what a page shows; forms, by what they begin with.
READ = {
    "accounts:address": "address_read",
    "accounts:address_new": "me_read",
    "accounts:addresses": "addresses_list",
    "accounts:hidden": "blocks_list mutes_list",
    "accounts:organization": "organization_read",
    "accounts:organization_new": "me_read",
    "accounts:organizations": "organizations_list",
    "accounts:profile": "profile_read picture_read",
    "accounts:studio_log": "studio_log_list",
    "accounts:studio_member": "studio_team_list",
    "accounts:studio_team": "studio_team_list studio_invitations_list",
    "accounts:tokens": "tokens_list",
    **dict.fromkeys(
        [
            *("brands:papers", "brands:trader", "brands:email", "brands:declaration"),
            *("brands:policies", "brands:pictures", "brands:domain"),
        ],
        "studio_papers_read",
    ),
    "brands:delivery": "studio_delivery_list",
    "brands:delivery_edit": "studio_delivery_list",
    "brands:delivery_new": "studio_delivery_list",
    "brands:found": "me_read",
    "brands:look": "studio_look_read studio_papers_read",
    "brands:payout": "studio_payout_read",
    "brands:vacation": "studio_vacation_read",
    "feed:board": "board_read board_pins_list",
    "feed:board_edit": "board_read board_pins_list",
    "feed:board_note": "board_pins_list",
    "feed:comment": "comment_thread_list",
    "feed:comment_edit": "comment_thread_list",
    "feed:explore": "wall_explore_list categories_list",
    "feed:explore_category": "wall_explore_list categories_list",
    "feed:followed": "boards_followed_list hashtags_followed_list me_read",
    "feed:following": "wall_following_list",
    "feed:hashtag": "hashtag_read hashtag_pins_list",
    "feed:home": "wall_home_list",
    "feed:my_pins": "my_pins_list",
    "feed:my_pin_edit": "my_pin_read",
    "feed:my_pin_new": "boards_list categories_list",
    "feed:my_pin_preview": "my_pin_read",
    "feed:new_board": "boards_list",
    "feed:pin": "pin_read pin_related_list pin_comments_list",
    "feed:save_to": "pin_read boards_list boards_search_list",
    "feed:section": "board_read",
    "feed:studio_pins": "studio_pins_list",
    "feed:studio_pin_edit": "studio_pin_read",
    "feed:studio_pin_new": "boards_list categories_list",
    "feed:studio_pin_preview": "studio_pin_read",
    "feed:talk": "pin_comments_list",
    "messaging:ask": "product_read pin_read order_read profile_read",
    "messaging:quote": "service_read",
    "messaging:studio_questions": "studio_questions_list",
    "notifications:badge": "me_read",
    "notifications:index": "notifications_list",
    "notifications:open": "notifications_list",
    "notifications:settings": "notification_preferences_list",
    "orders:bag": "bag_read",
    "orders:buy": "quote_read variant_read product_delivery_list",
    "orders:cancel": "order_read",
    "orders:checkout": "checkout_read",
    "orders:checkout_return": "purchase_read",
    "orders:list": "orders_list",
    "orders:order": "order_read",
    "orders:order_track": "order_read",
    "orders:purchase": "purchase_read",
    "orders:studio_order": "studio_order_read",
    "orders:studio_orders": "studio_orders_list",
    "orders:studio_ship": "studio_order_read",
    "pages:collection": "collection_read collection_products_list",
    "pages:product": "product_read product_related_read product_delivery_list variant_read",
    "pages:profile": "profile_read profile_pins_list",
    "pages:profile_about": "profile_read storefront_read",
    "pages:profile_boards": "profile_boards_list",
    "pages:profile_collections": "profile_collections_list",
    "pages:profile_followers": "profile_followers_list",
    "pages:profile_following": "profile_following_list",
    "pages:profile_services": "services_list",
    "pages:profile_shop": "profile_products_list",
    "pages:search": "search_list search_counts_read boards_search_list",
    "pages:service": "service_read",
    "pages:services": "services_list categories_list",
    "pages:studio": "studio_dashboard_read",
    "pages:studio_balance": "studio_balance_read studio_balance_list studio_payout_read",
    "pages:studio_collection_edit": "studio_collection_read studio_products_list",
    "pages:studio_collection_new": "studio_products_list",
    "pages:studio_collections": "studio_collections_list",
    "pages:studio_customer": "studio_customer_read",
    "pages:studio_customers": "studio_customers_list",
    "pages:studio_home": "me_read",
    "pages:studio_product_edit": "studio_product_read studio_stock_list",
    "pages:studio_product_new": "categories_list",
    "pages:studio_products": "studio_products_list",
    "pages:studio_service_edit": "studio_service_read studio_pins_list",
    "pages:studio_service_new": "studio_pins_list categories_list",
    "pages:studio_services": "studio_services_list",
    "pages:studio_stock": "studio_shelf_list",
    "pages:studio_stock_history": "studio_shelf_history_list",
    "pages:suggest": "search_suggestions",
    "pages:welcome": "categories_list me_read",
    "pages:your_data": "own_data_read",
    "payments:methods": "payment_methods_list",
    "reviews:listing": "product_reviews_list",
    "reviews:write": "own_reviews_list",
    "tracking:choices": "consent_read",
}
_LETTER = "where the link of a letter leads; a program sends its token"
NOT_READ = {
    r"account_\w+|mfa_\w+": _BROWSER,
    r"accounts:(account|sessions|again|provider_\w+)": _BROWSER,
    r"accounts:(delete|close_brand|token_new|protect|goodbye)": _PROOF,
    r"accounts:settings": "leads to the topics, and shows nothing of its own",
    r"accounts:join|orders:claim": _LETTER,
    r"feed:board_follow_link": "opens a secret board to a session, and a program has none",
    r"brands:documents?": _IN_PERSON,
    r"moderation:(report|receipt)": "shows what was sent; report_create answers with the reference",
    r"pages:(display|keys)": _DISPLAY,
    r"pages:(help|terms|privacy|imprint)": "the small print, for people",
    r"pages:(robots|sitemap\w*|stylesheet)|brands:style|core:media": "a file, at its address",
    r"api_\w+|metrics": "about the API, and for operators",
    r"demo:\w+|pages:styleguide": "the demo and the gallery of components",
}


def posting() -> list[str]:
    """Names of the pages that take a POST, as somebody logged in finds them."""
    client = client_for(make_person())
    client.raise_request_exception = False
    found = []
    for name, names in addresses():
        if name.split(":")[0].endswith("_api") or name == "account_logout":
            continue
        if client.post(path_to(name, {one: nonsense(one) for one in names})).status_code != 405:
            found.append(name)
    return found


def test_every_page_that_takes_a_post_has_its_operation_or_a_reason() -> None:
    found = posting()
    assert len(found) > 60
    unknown = [
        name
        for name in found
        if name not in SAME and not any(re.fullmatch(one, name) for one in NOT_FOR_PROGRAMS)
    ]
    assert unknown == []


def looked_at() -> list[str]:
    """Names of the pages that show something to who asks for them."""
    client = client_for(make_person())
    return [
        name
        for name, _parts in addresses()
        if not name.split(":")[0].endswith("_api") and "get" in methods_of(name, client)
    ]


def test_every_page_that_is_looked_at_is_read_by_program_or_says_why_not() -> None:
    found = looked_at()
    assert len(found) > 100
    excused = {name for name in found if any(re.fullmatch(one, name) for one in NOT_READ)}
    assert set(found) - set(READ) - excused == set(), "name the operation that reads the same"
    assert excused & set(READ) == set(), "these are read"
    assert set(READ) - set(found) == set(), "these are gone, or no pages any more"


def test_every_operation_that_a_page_names_is_there() -> None:
    there = {one.id: method for _path, method, one in operations()}
    assert {one for several in SAME.values() for one in several.split()} - set(there) == set()
    read = {one for several in READ.values() for one in several.split()}
    assert {one: there.get(one) for one in read} == dict.fromkeys(read, "get")
    assert all(reason for table in (NOT_FOR_PROGRAMS, NOT_READ) for reason in table.values())


def test_every_operation_that_reads_reads_what_a_page_shows() -> None:
    """So that a new one is told to the table, and the table says where each is seen."""
    read = {one for several in READ.values() for one in several.split()}
    assert {one.id for _path, method, one in operations() if method == "get"} - read == set()
