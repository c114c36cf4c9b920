"""From rows to what other apps see."""

from core import clock
from core.money import Money
from payments.models import Payment, PaymentMethod, PaymentShare
from payments.states import PaymentState
from payments.types import MethodData, PaymentData, ShareData


def payment_data(row: Payment) -> PaymentData:
    return PaymentData(
        payment_id=row.public_id,
        reference=row.reference,
        amount=Money(row.amount, row.currency),
        captured=Money(row.captured, row.currency),
        refunded=Money(row.refunded, row.currency),
        voided=Money(row.voided, row.currency),
        state=PaymentState(row.state),
        redirect_url=row.redirect_url if row.state == PaymentState.REQUIRES_ACTION else "",
        method_label=row.method_label,
        failure_code=row.failure_code,
        created_at=row.created_at,
    )


def share_data(row: PaymentShare, currency: str) -> ShareData:
    return ShareData(
        reference=row.reference,
        seller_id=row.seller_id,
        amount=Money(row.amount, currency),
        captured=Money(row.captured, currency),
        voided=Money(row.voided, currency),
        refunded=Money(row.refunded, currency),
        fee=Money(row.fee - row.fee_refunded, currency),
    )


def method_data(row: PaymentMethod) -> MethodData:
    today = clock.now()
    return MethodData(
        method_id=row.public_id,
        brand=row.brand,
        last4=row.last4,
        exp_month=row.exp_month,
        exp_year=row.exp_year,
        is_default=row.is_default,
        expired=(row.exp_year, row.exp_month) < (today.year, today.month),
    )
