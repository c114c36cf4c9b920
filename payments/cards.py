"""Cards that a buyer asked the provider to keep."""

from core import clock
from payments.models import Payment, PaymentMethod
from payments.provider import ProviderCard


def keep(payment: Payment, card: ProviderCard | None) -> None:
    """Remember the token of the card that paid, when its owner wanted that; the first is default."""
    if card is None or not card.token or payment.customer_user_id is None or payment.method_id:
        return
    mine = PaymentMethod.objects.filter(user=payment.customer_user_id, forgotten_at=None)
    PaymentMethod.objects.update_or_create(
        user_id=payment.customer_user_id,
        provider=payment.provider,
        token=card.token,
        defaults={
            "brand": card.brand,
            "last4": card.last4,
            "exp_month": card.exp_month,
            "exp_year": card.exp_year,
            "forgotten_at": None,
        },
        create_defaults={
            "brand": card.brand,
            "last4": card.last4,
            "exp_month": card.exp_month,
            "exp_year": card.exp_year,
            "is_default": not mine.filter(is_default=True).exists(),
            "created_at": clock.now(),
        },
    )
