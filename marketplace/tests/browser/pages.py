"""Every page of ours that can be reached by looking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Page

from marketplace.tests.browser import saying, ways
from marketplace.tests.browser.conftest import Visitor
from marketplace.tests.browser.life import BRAND, become
from marketplace.tests.browser.saying import MY_BOARD
from marketplace.tests.browser.ways import CARD, RETURNED, SUBMITTED, TAG, Reach, Way

STUDIO = f"/studio/{BRAND}/"
NOTHING = "/search/?q=zzqxzzqx"
ROW = "#result_list tbody th a"
MY_PIN = "/pins/", "main tbody a[href^='/pin/']:not([href$='/edit/'])"
REVIEWS = "/admin/brands/review/"
DECIDE = "#result_list a[href$='/decide/']"


@dataclass(frozen=True)
class Place:
    """A page: `who` looks at it (guest, buyer, brand, operator), `reach` goes there.

    `page` names its address where the way does not tell before it is gone.
    """

    name: str
    who: str
    reach: Reach
    status: int = 200
    page: str = ""

    @property
    def address(self) -> str:
        """The name of the address that it shows; empty where none of ours does."""
        return self.page or (name_of(self.reach.path) if isinstance(self.reach, Way) else "")


def name_of(url: str) -> str:
    """The name of the address that a URL leads to; empty where it leads nowhere."""
    try:
        return resolve(urlsplit(url).path.replace("{}", "x")).view_name
    except Resolver404:
        return ""


PLACES = (
    # a guest looks around
    Place("home", "guest", ways.at("/")),
    Place("explore", "guest", ways.at("/explore/")),
    Place("category", "guest", ways.at("/explore/lamps/")),
    Place("hashtag", "guest", ways.at("/tag/smallrooms/")),
    Place("hashtag-empty", "buyer", ways.at("/tag/nothing_says_this/")),
    Place("pin", "guest", ways.via("/explore/", CARD), page="feed:pin"),
    Place(
        "board",
        "guest",
        ways.via("/@mara/boards/", "main a[href^='/board/']"),
        page="feed:board",
    ),
    Place("product", "guest", ways.via(f"/@{BRAND}/shop/", CARD), page="pages:product"),
    Place("search", "guest", ways.at("/search/?q=lamp")),
    Place("search-filtered", "guest", ways.at("/search/?q=vase&category=ceramics&max=90")),
    Place("search-nothing", "guest", ways.at(NOTHING)),
    Place("search-mine", "buyer", ways.at("/search/?kind=mine&q=lamp")),
    Place("search-mine-nothing", "buyer", ways.at("/search/?kind=mine&q=zzqxzzqx")),
    Place("search-wrong", "guest", ways.at("/search/?q=lamp&min=abc")),
    Place("storefront", "guest", ways.at(f"/@{BRAND}/")),
    Place("storefront-shop", "guest", ways.at(f"/@{BRAND}/shop/")),
    Place("services", "guest", ways.at("/services/")),
    Place("services-nothing", "guest", ways.at("/services/?budget=1&pricing=fixed")),
    Place("service", "guest", ways.via("/services/", CARD), page="pages:service"),
    Place("quote", "guest", ways.carrying("/services/", CARD, "/quote/{}/")),
    Place("storefront-services", "guest", ways.at("/@aperture-row/services/")),
    Place("storefront-collections", "guest", ways.at(f"/@{BRAND}/collections/")),
    Place(
        "collection",
        "guest",
        ways.via(f"/@{BRAND}/collections/", "main .colls h3 a"),
        page="pages:collection",
    ),
    Place("storefront-boards", "guest", ways.at(f"/@{BRAND}/boards/")),
    Place("storefront-about", "guest", ways.at(f"/@{BRAND}/about/")),
    Place("person", "guest", ways.at("/@mara/")),
    Place("followers", "guest", ways.at("/@mara/followers/")),
    Place("person-follows", "guest", ways.at("/@mara/following/")),
    Place("goodbye", "guest", ways.at("/goodbye/")),
    Place("ask", "guest", ways.carrying(f"/@{BRAND}/", CARD, "/ask/pin/{}/")),
    Place("report", "guest", ways.carrying("/explore/", CARD, "/report/pin/{}/")),
    Place("reported", "guest", ways.at("/report/received/abcdefgh/")),
    Place("not-found", "guest", ways.at("/no-such-page/"), 404),
    *(
        Place(name, "guest", ways.at(f"/{name}/"))
        for name in ("help", "terms", "privacy", "imprint", "welcome")
    ),
    Place("api", "guest", ways.api, page="api_docs"),
    Place("api-try", "guest", ways.try_api, page="api_try"),
    Place("choices", "guest", ways.at("/consent/choices/")),
    Place("log-in", "guest", ways.at("/accounts/login/")),
    Place("sign-up", "guest", ways.at("/accounts/signup/")),
    Place("reset", "guest", ways.at("/accounts/password/reset/")),
    Place("reset-sent", "guest", ways.at("/accounts/password/reset/done/")),
    Place("reset-done", "guest", ways.at("/accounts/password/reset/key/done/")),
    Place("inactive", "guest", ways.at("/accounts/inactive/")),
    Place("reset-key", "guest", ways.reset_key, page="account_reset_password_from_key"),
    Place("code", "guest", ways.code, page="account_email_verification_sent"),
    Place("elsewhere-join", "guest", ways.from_elsewhere, page="accounts:provider_join"),
    Place("elsewhere-trouble", "guest", ways.at("/log-in/double/back/?state=x"), 422),
    Place("elsewhere-again", "guest", ways.elsewhere_again, page="accounts:again"),
    Place("elsewhere-known", "guest", ways.elsewhere_known, 409, page="accounts:provider_join"),
    Place("elsewhere-leave", "guest", ways.elsewhere_leave, page="accounts:provider_begin"),
    Place("demo-mail", "guest", ways.at("/demo/mail/")),
    Place("demo-letter", "guest", ways.via("/demo/mail/", "main tbody a"), page="demo:letter"),
    # a guest buys
    Place("sheet", "guest", ways.sheet, page="feed:explore"),
    Place("buy", "guest", ways.via("/explore/", TAG), page="orders:buy"),
    Place("bag-empty", "guest", ways.at("/bag/")),
    Place("bag", "guest", ways.bag, page="orders:bag"),
    Place("checkout", "guest", ways.checkout, page="orders:checkout"),
    Place("checkout-refused", "guest", ways.refused_checkout, page="orders:checkout"),
    Place("provider", "guest", ways.provider),
    Place("provider-verify", "guest", ways.is_it_you),
    Place("purchase", "guest", ways.purchase, page="orders:purchase"),
    Place("cancel", "guest", ways.cancel, page="orders:cancel"),
    Place("claim", "guest", ways.claim, page="orders:purchase"),
    # a buyer
    Place("home-known", "buyer", ways.at("/")),
    Place("following", "buyer", ways.at("/following/")),
    Place("followed", "buyer", ways.at("/following/boards/")),
    Place("sheet-known", "buyer", ways.sheet, page="feed:explore"),
    Place("orders", "buyer", ways.at("/orders/")),
    Place("review", "buyer", saying.review, page="reviews:write"),
    Place("review-refused", "buyer", saying.refused_review, page="reviews:write"),
    Place("reviews", "guest", ways.carrying(*saying.REVIEWED, "/reviews/{}/")),
    Place("product-reviewed", "guest", ways.via(*saying.REVIEWED), page="pages:product"),
    Place("order", "buyer", ways.via("/orders/", "main a[href^='/order/']"), page="orders:order"),
    Place("notifications", "buyer", ways.at("/notifications/")),
    Place("settings", "buyer", ways.at("/settings/")),
    Place("settings-privacy", "buyer", ways.at("/consent/choices/")),
    Place("settings-delete", "buyer", ways.delete, page="accounts:delete"),
    Place(
        "settings-address",
        "buyer",
        ways.via("/settings/addresses/", "main a[href^='/settings/addresses/']:has-text('Change')"),
        page="accounts:address",
    ),
    *(
        Place(f"settings-{name}", "buyer", ways.at(f"/settings/{name}/"))
        for name in (
            "profile",
            "hidden",
            "addresses",
            "addresses/new",
            "companies",
            "companies/new",
            "account",
            "notifications",
            "payment",
            "display",
            "data",
        )
    ),
    # Whoever owns a brand buys for the company behind it.
    Place("settings-company", "guest", ways.company, page="accounts:organization"),
    Place("settings-companies-known", "brand", ways.at("/settings/companies/")),
    Place("buy-for-company", "brand", ways.via("/explore/", TAG), page="orders:buy"),
    Place("checkout-for-company", "brand", ways.checkout, page="orders:checkout"),
    Place("orders-for-company", "brand", ways.at("/orders/?for=me")),
    Place("email", "buyer", ways.at("/accounts/email/")),
    Place("again", "buyer", ways.at("/accounts/reauthenticate/")),
    Place("password", "buyer", ways.at("/accounts/password/change/")),
    Place("sessions", "buyer", ways.at("/settings/sessions/")),
    Place("security", "buyer", ways.at("/accounts/second-factor/")),
    Place("passkeys", "buyer", ways.at("/accounts/second-factor/passkeys/")),
    Place("passkey-add", "buyer", ways.again("passkeys/add/")),
    Place("app-set-up", "buyer", ways.again("app/")),
    Place("protect", "guest", ways.unprotected, page="accounts:protect"),
    Place("tokens", "buyer", ways.at("/settings/tokens/")),
    Place("token-new", "buyer", ways.new_token, page="accounts:token_new"),
    Place("token-made", "buyer", ways.made_token, page="accounts:token_new"),
    Place("own-pins", "buyer", ways.at("/pins/")),
    Place("own-pin-new", "buyer", ways.at("/pin/new/")),
    Place("own-pin", "buyer", ways.via(*MY_PIN, "edit/"), page="feed:my_pin_edit"),
    Place("own-pin-preview", "buyer", ways.via(*MY_PIN, "preview/"), page="feed:my_pin_preview"),
    Place("own-boards", "buyer", ways.at("/@noor/boards/")),
    Place("board-new", "buyer", ways.at("/boards/new/")),
    Place("board-own", "buyer", ways.via(*MY_BOARD), page="feed:board"),
    Place("board-arrange", "buyer", ways.via(*MY_BOARD, "?arrange=top"), page="feed:board"),
    Place("board-note", "buyer", saying.note, page="feed:board_note"),
    Place("board-edit", "buyer", saying.carrying_board("/boards/{}/edit/")),
    Place("board-section", "buyer", saying.section, page="feed:section"),
    Place(
        "board-asked",
        "buyer",
        ways.via("/@jonah/boards/", "main a:text('Dinner for nine')"),
        page="feed:board",
    ),
    Place("save-to", "buyer", ways.carrying("/explore/", CARD, "/pin/{}/boards/")),
    Place("pin-known", "buyer", ways.via("/explore/", CARD), page="feed:pin"),
    Place("talk", "buyer", ways.carrying("/explore/", CARD, "/pin/{}/comments/")),
    Place("thread", "buyer", saying.thread, page="feed:comment"),
    Place("comment-edit", "buyer", saying.comment, page="feed:comment_edit"),
    Place("talk-refused", "buyer", saying.refused_comment, page="feed:talk"),
    # a brand's desk
    Place("studio-home", "guest", ways.at("/studio/")),
    Place("papers", "brand", ways.at(f"{STUDIO}papers/")),
    Place("papers-trader", "brand", ways.at(f"{STUDIO}papers/trader/")),
    Place("papers-email", "brand", ways.at(f"{STUDIO}papers/email/")),
    Place("papers-payout", "brand", ways.at(f"{STUDIO}papers/payout/")),
    Place("papers-declaration", "brand", ways.at(f"{STUDIO}papers/declaration/")),
    Place("papers-policies", "brand", ways.at(f"{STUDIO}papers/policies/")),
    Place("papers-pictures", "brand", ways.at(f"{STUDIO}papers/pictures/")),
    Place("papers-documents", "brand", ways.at(f"{STUDIO}papers/documents/")),
    Place("papers-domain", "brand", ways.at(f"{STUDIO}papers/domain/")),
    Place("delivery", "brand", ways.at(f"{STUDIO}delivery/")),
    Place("delivery-method", "brand", ways.at(f"{STUDIO}delivery/new/")),
    Place(
        "delivery-edit",
        "brand",
        ways.via(f"{STUDIO}delivery/", "main .tasks__text a"),
        page="brands:delivery_edit",
    ),
    Place("vacation", "brand", ways.at(f"{STUDIO}vacation/")),
    Place("look", "brand", ways.at(f"{STUDIO}storefront/")),
    Place("keys", "guest", ways.at("/keys/")),
    Place("found", "buyer", ways.at("/studio/new/")),
    # brands that were not let in yet; who they belong to logs in as everybody does
    Place("begun", "guest", ways.begun()),
    Place("begun-papers", "guest", ways.begun("papers/")),
    Place("begun-trader-refused", "guest", ways.trader_refused, page="brands:trader"),
    Place("begun-email", "guest", ways.begun("papers/email/")),
    Place("begun-payout", "guest", ways.begun("papers/payout/")),
    Place("begun-delivery", "guest", ways.begun("delivery/")),
    Place("begun-close", "guest", ways.closing, page="accounts:close_brand"),
    Place("submitted", "guest", ways.as_person("ivo", f"/studio/{SUBMITTED}/")),
    Place("returned", "guest", ways.as_person("milos", f"/studio/{RETURNED}/")),
    Place("payee", "guest", ways.payee),
    Place("payee-refused", "guest", ways.payee_refused),
    Place("payout-pending", "guest", ways.payout("FR14 2004 1010 0505 0001 3M02 606")),
    Place("payout-restricted", "guest", ways.payout("NL91 ABNA 0417 1643 00")),
    Place("payout-verified", "guest", ways.payout("DE89 3704 0044 0532 0130 00")),
    Place("studio", "brand", ways.at(STUDIO)),
    Place("studio-orders", "brand", ways.at(f"{STUDIO}orders/?tab=all")),
    Place("studio-orders-open", "brand", ways.at(f"{STUDIO}orders/")),
    Place("studio-order", "brand", ways.studio_order, page="orders:studio_order"),
    Place("studio-customers", "brand", ways.at(f"{STUDIO}customers/")),
    Place(
        "studio-customer",
        "brand",
        ways.via(f"{STUDIO}customers/", "main tbody a"),
        page="pages:studio_customer",
    ),
    Place("studio-balance", "brand", ways.at(f"{STUDIO}balance/")),
    Place("studio-products", "brand", ways.at(f"{STUDIO}products/")),
    Place(
        "studio-product",
        "brand",
        # By its name: the newest is what another test has just made, with any number of variants.
        ways.via(f"{STUDIO}products/?q=Terrace+planter", "main tbody a[href*='/products/']"),
        page="pages:studio_product_edit",
    ),
    Place("studio-collections", "brand", ways.at(f"{STUDIO}collections/")),
    Place("studio-collection-new", "brand", ways.at(f"{STUDIO}collections/new/")),
    Place(
        "studio-collection",
        "brand",
        ways.via(f"{STUDIO}collections/", "main tbody .lead a"),
        page="pages:studio_collection_edit",
    ),
    Place("studio-services", "brand", ways.at(f"{STUDIO}services/")),
    Place("studio-service-new", "brand", ways.at(f"{STUDIO}services/new/")),
    Place("studio-service", "brand", ways.own_service, page="pages:studio_service_edit"),
    Place("studio-product-new", "brand", ways.at(f"{STUDIO}products/new/")),
    Place("studio-product-refused", "brand", ways.refused_product, page="pages:studio_product_new"),
    Place("studio-stock", "brand", ways.at(f"{STUDIO}stock/")),
    Place(
        "studio-stock-history",
        "brand",
        ways.via(f"{STUDIO}stock/", "main tbody a"),
        page="pages:studio_stock_history",
    ),
    Place("studio-pins", "brand", ways.at(f"{STUDIO}pins/")),
    Place("studio-pin-new", "brand", ways.at(f"{STUDIO}pins/new/")),
    Place(
        "studio-pin",
        "brand",
        ways.via(f"{STUDIO}pins/", "main tbody a[href$='/edit/']"),
        page="feed:studio_pin_edit",
    ),
    Place(
        "studio-pin-preview",
        "brand",
        ways.via(f"{STUDIO}pins/", "main tbody a[href$='/edit/']", "../preview/"),
        page="feed:studio_pin_preview",
    ),
    Place("studio-questions", "brand", ways.at(f"{STUDIO}questions/")),
    Place("studio-team", "brand", ways.at(f"{STUDIO}team/")),
    Place("joining", "guest", ways.invitation, page="accounts:join"),
    Place(
        "studio-member",
        "brand",
        ways.via(f"{STUDIO}team/", "main .next a.btn"),
        page="accounts:studio_member",
    ),
    Place("studio-log", "brand", ways.at(f"{STUDIO}log/")),
    # who runs the market
    Place("admin", "operator", ways.at("/admin/")),
    Place("admin-list", "operator", ways.at("/admin/accounts/profile/")),
    Place("admin-see", "operator", ways.via("/admin/orders/order/", ROW)),
    Place("admin-change", "operator", ways.via("/admin/catalog/category/", ROW)),
    Place("admin-add", "operator", ways.at("/admin/accounts/profile/add/")),
    Place("admin-decide", "operator", ways.decision),
    Place("admin-papers", "operator", ways.at(REVIEWS)),
    Place(
        "admin-papers-decide",
        "operator",
        ways.via("/admin/brands/review/?state__exact=open", DECIDE),
    ),
)

# What is said when something goes wrong, and what opens on a page. These have no address of theirs.
PLACES += (
    *(
        Place(f"error-{name}", "guest", ways.refused(name))
        for name in ("400", "403", "405", "500", "503", "refused")
    ),
    Place("error-csrf", "guest", ways.without_token, 403),
    Place("menu-of-bar", "buyer", ways.opened("/help/", ".menu--me")),
    Place("menu-of-pin", "buyer", ways.opened("/explore/", "main .menu", link=CARD)),
    Place("menu-of-profile", "buyer", ways.opened(f"/@{BRAND}/", "main .menu")),
    Place("product-open", "guest", ways.opened(f"/@{BRAND}/shop/", "main .acc", link=CARD)),
    Place("search-open", "guest", ways.opened("/search/?q=lamp", "main .acc")),
    Place("toast", "buyer", ways.toast),
)

EVERYDAY = {"home", "pin", "product", "bag", "storefront", "log-in"}


# Somebody who logged in once stays so: key is the market and who it is.
_cookies: dict[tuple[str, str], Any] = {}


def go_as(visitor: Visitor, place: Place) -> Page:
    """Be whom the place is for, and go there."""
    if place.who != "guest":
        key = visitor.url, place.who
        if key not in _cookies:
            become(visitor, place.who)
            _cookies[key] = visitor.context.cookies()
        visitor.context.add_cookies(_cookies[key])
    place.reach(visitor)
    return visitor.page
