"""A domain is proved by whoever can put our token there, and the badge follows."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from accounts.queries import brand_log
from accounts.testing import Profile, client_for, make_operator, owner_of
from brands import actions, badge, queries, testing
from brands.actions import claiming
from brands.actions.claiming import checked_domain
from brands.models import DomainClaim, Papers
from brands.types import NotProved, PaperRefused
from catalog.actions import switch_delivery_method
from catalog.queries import methods_of
from core import ratelimit
from core.errors import TooMany
from core.http import FetchRefused, fetch
from core.testing import deliver_all, in_the_middle, race

pytestmark = pytest.mark.django_db
FILE = "/.well-known/parley-brand.txt"


class Site:
    """A web server of a brand: what it answers by path; a text that begins with / redirects."""

    def __init__(self) -> None:
        self.pages: dict[str, str] = {}
        self.asked: list[str] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(self.path)
                text = site.pages.get(self.path)
                moved = text is not None and text.startswith("-> ")
                self.send_response(404 if text is None else 302 if moved else 200)
                if moved:
                    self.send_header("Location", text[3:])
                self.end_headers()
                self.wfile.write((text or "").encode())

            def log_message(self, *_args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.host = f"127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def site(settings) -> Iterator[Site]:
    found = Site()
    settings.FETCH_ALSO = frozenset({found.host})
    settings.CLAIM_ADDRESS = f"http://{found.host}{{path}}"
    yield found
    found.server.shutdown()
    found.server.server_close()


def claimed(brand: Profile, domain: str = "kiln.example") -> str:
    actions.claim_domain(brand_id=brand.pk, actor_id=testing.user_of(brand), domain=domain)
    claim = queries.domain_of(brand_id=brand.pk)
    assert claim is not None
    return claim.file_text


def prove(brand: Profile) -> bool:
    return actions.prove_domain(brand_id=brand.pk, actor_id=testing.user_of(brand))


def let_in(brand: Profile) -> None:
    found = queries.review_sheet(review_id=brand.reviews.get(state="open").public_id)
    actions.decide_review(
        review_id=found.review_id,
        operator_id=make_operator().user_id or 0,
        seen=found.seen,
        refused={},
    )


def verified(brand: Profile) -> bool:
    brand.refresh_from_db()
    return brand.verified_at is not None


def test_the_badge_takes_the_domain_the_papers_and_the_policies(site):
    brand = testing.make_submitted()
    site.pages[FILE] = claimed(brand)

    assert prove(brand) is False, "the papers are not checked yet"
    assert not verified(brand)
    let_in(brand)
    assert verified(brand), "all three are there"
    assert "Verified" in client_for(None).get(f"/@{brand.handle}/").content.decode()

    actions.save_trader_data(
        brand_id=brand.pk,
        actor_id=testing.user_of(brand),
        data=dataclasses.replace(testing.TRADER, name="Other GmbH"),
    )
    assert not verified(brand), "what changed was not looked at"
    let_in(brand)
    assert verified(brand)
    claimed(brand, "other.example")
    assert not verified(brand), "another domain is proved anew"


def test_a_line_on_the_front_page_does_as_well(site):
    brand = testing.make_draft()
    token = claimed(brand)
    site.pages["/"] = f'<html><head><META content="{token}" name="parley-brand"></head>'
    prove(brand)
    assert queries.domain_of(brand_id=brand.pk).proved_at is not None


@pytest.mark.slow
@pytest.mark.parametrize("odd", ["<![foo bar]>", "<!--[if mso]><![endif]-->", "<!x", "<meta"])
def test_odd_markup_around_the_line_is_read_as_far_as_it_goes(site, odd):
    brand = testing.make_draft()
    token = claimed(brand)
    site.pages["/"] = odd
    with pytest.raises(NotProved, match="neither"):
        prove(brand)
    site.pages["/"] = f'<meta name="parley-brand" content="{token}">{odd}'
    prove(brand)
    assert queries.domain_of(brand_id=brand.pk).proved_at is not None


@pytest.mark.django_db(transaction=True)
def test_two_who_claim_at_once_make_one_claim():
    brand = testing.make_draft()
    results = race(2, lambda _number: claimed(brand))
    assert results[0] == results[1] == DomainClaim.objects.get().token


def tries_left(brand: Profile) -> int:
    """How many looks the brand has in this hour; asking is one."""
    key = f"brand-domain:{brand.pk}"
    return ratelimit.count(key=key, limit=claiming.LOOKS_PER_HOUR, per_seconds=3600).remaining


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("places", [1, 2])
def test_as_many_look_at_once_as_there_are_places(site, monkeypatch, places):
    """Whoever looks keeps a page process busy, so that the others are left to everybody."""
    monkeypatch.setattr(claiming, "PLACES", places)
    first, second = testing.make_draft(name="First"), testing.make_draft(name="Second")
    site.pages[FILE] = claimed(first)
    claimed(second)
    look, meanwhile = claiming._look, []

    def look_while_another_asks(claim: DomainClaim) -> str:
        monkeypatch.setattr(claiming, "_look", look)
        meanwhile.extend(race(1, lambda _number: prove(second)))
        return look(claim)

    monkeypatch.setattr(claiming, "_look", look_while_another_asks)
    prove(first)
    looked = places == 2
    assert [type(one) for one in meanwhile] == [NotProved if looked else TooMany]
    assert queries.domain_of(brand_id=first.pk).proved_at is not None
    assert (queries.domain_of(brand_id=second.pk).asked_at is not None) is looked
    assert tries_left(second) == claiming.LOOKS_PER_HOUR - looked - 1, "refused is not looked"
    with pytest.raises(NotProved):
        prove(second)


def test_a_brand_looks_so_many_times_an_hour(site, monkeypatch):
    monkeypatch.setattr(claiming, "LOOKS_PER_HOUR", 2)
    brand = testing.make_draft()
    claimed(brand)
    for _time in range(2):
        with pytest.raises(NotProved):
            prove(brand)
    asked = len(site.asked)
    with pytest.raises(TooMany):
        prove(brand)
    assert len(site.asked) == asked


@pytest.mark.slow
@pytest.mark.parametrize(
    "pages",
    [
        {},
        {FILE: "somebody else's token"},
        {FILE: ""},
        {"/": "<p>parley-brand</p>"},
        {"/": '<meta name="parley-brand">'},
        {FILE: "-> http://127.0.0.1:1/"},
        {FILE: "-> http://169.254.169.254/latest"},
        {FILE: "-> file:///etc/passwd"},
        {"/": "x" * 300_000},
    ],
)
def test_without_the_token_nothing_is_proved(site, pages):
    brand = testing.make_draft()
    claimed(brand)
    site.pages |= pages
    with pytest.raises(NotProved):
        prove(brand)
    claim = queries.domain_of(brand_id=brand.pk)
    assert claim.proved_at is None
    assert claim.asked_at is not None


def test_the_inside_is_never_asked_without_the_list_of_tests(site, settings):
    settings.FETCH_ALSO = frozenset()
    with pytest.raises(FetchRefused):
        fetch(f"http://{site.host}/")
    brand = testing.make_draft()
    claimed(brand)
    with pytest.raises(NotProved):
        prove(brand)
    assert site.asked == []


def test_a_domain_belongs_to_one_brand(site):
    first, second = testing.make_draft(name="First"), testing.make_draft(name="Second")
    site.pages[FILE] = claimed(first)
    prove(first)
    site.pages[FILE] = claimed(second)
    with pytest.raises(NotProved, match="Another brand"):
        prove(second)
    assert DomainClaim.objects.filter(proved_at__isnull=False).get().brand_id == first.pk


@pytest.mark.parametrize(
    "text",
    [
        "",
        "localhost",
        "127.0.0.1",
        "2130706433",
        "[::1]",
        "a b.example",
        "kiln.example/x",
        "kiln.example:81",
        "user@kiln.example",
        "-a.example",
        f"{'a' * 64}.example",
        "x\x00.example",
    ],
)
def test_what_is_no_domain_is_refused(text):
    with pytest.raises(PaperRefused):
        checked_domain(text)


def test_a_domain_is_kept_in_plain_letters():
    assert checked_domain(" https://Töpferei.example/ ") == "xn--tpferei-90a.example"


def test_the_page_leads_from_the_claim_to_the_proof(site):
    brand = testing.make_draft()
    client, path = client_for(owner_of(brand)), f"/studio/{brand.handle}/papers/domain/"
    refused = client.post(path, {"domain": "localhost"})
    assert refused.status_code == 422
    assert refused.content.decode().count("Write a domain, like") == 2
    client.post(path, {"domain": "kiln.example"})
    token = DomainClaim.objects.get(brand=brand).token
    assert token in client.get(path).content.decode()
    said = client.post(f"{path}look/", follow=True).content.decode()
    assert "We could not open kiln.example" in said
    site.pages[FILE] = token
    said = client.post(f"{path}look/", follow=True).content.decode()
    assert "The domain is proved." in said


def test_an_operator_vouches_for_address_and_domain() -> None:
    brand = testing.make_draft()
    testing.complete(brand)
    Papers.objects.filter(brand=brand).update(confirmed_email="")
    operator = make_operator().user_id
    assert operator is not None

    actions.vouch(brand_id=brand.pk, operator_id=operator, domain="Kiln.Example")
    states = {item.code: item.state for item in queries.checklist(brand_id=brand.pk).items}
    assert states["email"] == "done"
    claim = DomainClaim.objects.get(brand=brand)
    assert (claim.domain, claim.proved_at is not None) == ("kiln.example", True)
    brand.refresh_from_db()
    assert brand.verified_at is None

    with pytest.raises(PaperRefused):
        actions.vouch(brand_id=brand.pk, operator_id=operator, domain="no domain")
    assert DomainClaim.objects.get(brand=brand).domain == "kiln.example"


def test_nobody_vouches_for_a_domain_that_another_brand_has_proved() -> None:
    operator = make_operator().user_id or 0
    first, second = testing.make_draft(name="First"), testing.make_draft(name="Second")
    for brand in (first, second):
        testing.complete(brand)
    actions.vouch(brand_id=first.pk, operator_id=operator, domain="kiln.example")
    before = queries.papers_of(brand_id=second.pk)

    with pytest.raises(PaperRefused, match="Another brand has proved this domain"):
        actions.vouch(brand_id=second.pk, operator_id=operator, domain="kiln.example")
    assert DomainClaim.objects.get(domain="kiln.example").brand_id == first.pk
    assert queries.papers_of(brand_id=second.pk) == before


def test_nobody_vouches_for_an_address_that_is_not_there() -> None:
    brand = testing.make_draft()
    with pytest.raises(PaperRefused):
        actions.vouch(brand_id=brand.pk, operator_id=make_operator().user_id or 0)
    assert not DomainClaim.objects.exists()
    assert queries.papers_of(brand_id=brand.pk).confirmed_email == ""


def test_another_domain_named_while_we_look_is_not_proved(site, monkeypatch):
    brand = testing.make_draft()
    site.pages[FILE] = claimed(brand)
    look = claiming._look

    def look_while_another_is_named(claim: DomainClaim) -> str:
        found = look(claim)
        claimed(brand, "other.example")
        return found

    monkeypatch.setattr(claiming, "_look", look_while_another_is_named)
    with pytest.raises(NotProved):
        prove(brand)
    claim = DomainClaim.objects.get()
    assert (claim.domain, claim.proved_at) == ("other.example", None)
    assert "proved a domain" not in [row.words for row in brand_log(brand_id=brand.pk).rows]


def test_the_badge_hears_of_ways_for_parcels(site):
    brand = testing.make_submitted()
    site.pages[FILE] = claimed(brand)
    prove(brand)
    let_in(brand)
    assert verified(brand)
    [method] = methods_of(seller_id=brand.pk)
    for on in (False, True):
        switch_delivery_method(seller_id=brand.pk, method_id=method.method_id, on=on)
        deliver_all()
        assert verified(brand) is on


@pytest.mark.django_db(transaction=True)
def test_another_domain_named_while_the_badge_is_drawn_takes_it(site):
    """Whoever names it waits until the badge is written, and then draws it anew."""
    brand = testing.make_submitted()
    site.pages[FILE] = claimed(brand)
    let_in(brand)
    met = in_the_middle(
        seam=(badge, "checklist"),
        act=lambda: prove(brand),
        meanwhile=lambda: claimed(brand, "b.example"),
    )
    assert met.waited
    claim = DomainClaim.objects.get()
    assert (claim.domain, claim.proved_at) == ("b.example", None)
    assert not verified(brand)
