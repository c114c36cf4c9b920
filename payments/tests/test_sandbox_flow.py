import pytest

from accounts.testing import make_brand
from core.money import Money
from core.testing import deliver_all
from payments import actions, queries
from payments.types import Share

pytestmark = pytest.mark.django_db


def test_smoke(sandbox, settings):
    brand = make_brand()
    pay = actions.open_payment(
        reference="c1",
        amount=Money(10000, "EUR"),
        shares=[Share(reference="o1", seller_id=brand.pk, amount=Money(10000, "EUR"))],
        user_id=None,
        method_id=None,
        return_url=settings.SITE_URL + "/r",
        cancel_url=settings.SITE_URL + "/c",
        description="x",
    )
    started = actions.start_payment(payment_id=pay.payment_id)
    assert started.state == "requires_action"
    back = sandbox.pay(started.redirect_url)
    assert back == settings.SITE_URL + "/r"
    sandbox.deliver(pay.payment_id)
    assert queries.payment(reference="c1").state == "authorized"
    actions.capture(
        payment_id=pay.payment_id, share_reference="o1", amount=Money(10000, "EUR"), key="k"
    )
    deliver_all()
    assert queries.payment(reference="c1").state == "captured"
    assert queries.seller_balance(seller_id=brand.pk) == Money(9400, "EUR")
    assert queries.ledger_imbalances() == []
