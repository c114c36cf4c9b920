"""Where sellers' money goes: named at the provider, heard of, asked about, never guessed."""

import json
from datetime import timedelta

import pytest
from django.conf import settings

from accounts.testing import make_brand
from core import clock
from core.models import OutboxEvent
from payments import actions, queries
from payments.models import PayoutAccount, ProviderEvent
from payments.signature import sign
from payments.testing import PENDING_IBAN, RESTRICTED_IBAN, VERIFIED_IBAN, make_payout_account
from payments.types import PayoutUnavailable

URL = "/webhooks/payments/"
CHANGED = "payments.PayoutAccountChanged"


def open_page(brand, return_url=""):
    return actions.open_payout_page(
        seller_id=brand.pk,
        name=brand.name,
        country="DE",
        return_url=return_url or f"{settings.SITE_URL}/studio/{brand.handle}/payout/return/",
    )


def state(brand):
    return queries.payout_account(seller_id=brand.pk).state


def told(client, brand, **changes):
    """What the webhook answers to a message about the brand's account."""
    row = PayoutAccount.objects.get(seller=brand)
    payee = {
        "id": row.public_id,
        "ref": "ref",
        "state": "verified",
        "requirement": "",
        "iban_last4": "3000",
        "version": 7,
        "onboarding_url": "",
        **changes,
    }
    raw = json.dumps({"id": f"event-{payee['version']}", "type": "payee.updated", "payee": payee})
    at = int(clock.now().timestamp())
    signature = sign(raw=raw.encode(), secret=settings.PAYMENTS_WEBHOOK_SECRET, at=at)
    return client.post(
        URL, raw, content_type="application/json", headers={"Webhook-Signature": signature}
    ).status_code


@pytest.mark.django_db(transaction=True)
def test_the_account_is_named_on_the_providers_page_and_heard_of(sandbox):
    brand = make_brand()
    assert state(brand) == "incomplete"

    page = open_page(brand)
    assert page == open_page(brand), "asked twice it is one account"
    assert page.startswith(sandbox.url)
    back = sandbox.name_iban(page, VERIFIED_IBAN)
    assert back == f"{settings.SITE_URL}/studio/{brand.handle}/payout/return/"

    row = PayoutAccount.objects.get(seller=brand)
    assert row.state == "incomplete", "nobody has told us yet"
    for raw, signature in sandbox.payee_messages(row.public_id):
        actions.record_provider_event(raw=raw, signature=signature)
        actions.record_provider_event(raw=raw, signature=signature)
    data = queries.payout_account(seller_id=brand.pk)
    assert (data.state, data.iban_last4, data.verified) == ("verified", "3000", True)
    assert OutboxEvent.objects.filter(type=CHANGED).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_lost_message_is_made_good_by_asking(sandbox):
    sandbox.control(modes={"lost": True})
    brand = make_brand()
    sandbox.name_iban(open_page(brand), PENDING_IBAN)

    actions.ask_payout(seller_id=brand.pk)
    assert state(brand) == "pending"
    row = PayoutAccount.objects.get(seller=brand)
    sandbox.move_payee(row.public_id, "settle")
    assert actions.ask_pending_payouts() == 0, "it was asked a moment ago"
    assert state(brand) == "pending"
    with clock.fixed(clock.now() + timedelta(minutes=1)):
        assert actions.ask_pending_payouts() == 1
    assert state(brand) == "verified"

    sandbox.move_payee(row.public_id, "restrict")
    actions.ask_payout(seller_id=brand.pk)
    data = queries.payout_account(seller_id=brand.pk)
    assert (data.state, data.requirement) == ("restricted", "documents")


@pytest.mark.django_db(transaction=True)
def test_somebody_elses_account_is_restricted_until_another_is_named(sandbox):
    brand = make_brand()
    page = open_page(brand)
    sandbox.name_iban(page, RESTRICTED_IBAN)
    actions.ask_payout(seller_id=brand.pk)
    assert queries.payout_account(seller_id=brand.pk).requirement == "name_mismatch"

    refused = sandbox.submit(page, {"holder": "x", "number": "GB29 NWBK 6016 1331 9268 19"})
    assert refused.status_code == 422
    assert "only the test accounts" in refused.text
    sandbox.name_iban(page, VERIFIED_IBAN)
    actions.ask_payout(seller_id=brand.pk)
    assert state(brand) == "verified"


@pytest.mark.django_db(transaction=True)
def test_nobody_is_sent_from_the_provider_to_another_site(sandbox):
    brand = make_brand()
    with pytest.raises(PayoutUnavailable):
        open_page(brand, "https://evil.example/")
    assert state(brand) == "incomplete"


@pytest.mark.django_db
def test_a_provider_that_is_away_is_said_and_changes_nothing(settings):
    settings.PROVIDER_ORIGIN = "http://127.0.0.1:9"
    brand = make_brand()
    with pytest.raises(PayoutUnavailable):
        open_page(brand)
    actions.ask_payout(seller_id=brand.pk)
    assert state(brand) == "incomplete"


@pytest.mark.django_db
def test_old_news_change_nothing(client):
    brand = make_brand()
    make_payout_account(seller=brand, state="pending")

    assert told(client, brand, version=5, state="restricted") == 204
    assert told(client, brand, version=4, state="verified") == 204
    assert told(client, brand, version=5, state="verified") == 204
    assert state(brand) == "restricted"
    outcomes = list(ProviderEvent.objects.order_by("pk").values_list("outcome", flat=True))
    assert outcomes == ["applied", "stale"], "the third repeats the first's name"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [{"version": -1}, {"version": "7"}, {"version": 2**40}, {"state": "rich"}],
)
def test_news_that_make_no_sense_are_refused(client, changes):
    brand = make_brand()
    make_payout_account(seller=brand, state="pending")
    assert told(client, brand, **changes) == 422
    assert not ProviderEvent.objects.exists()
    assert state(brand) == "pending"
