"""Cards that a buyer asked the provider to keep."""

from core import clock
from payments.models import Payment, PaymentMethod
from payments.provider import ProviderCard


def keep_from(payment: Payment, card: ProviderCard | None) -> None:
    """Remember the card that paid, when its owner wanted that and it is a new one."""
    if card and card.token and payment.customer_user_id and not payment.method_id:
        keep(user_id=payment.customer_user_id, provider=payment.provider, card=card)


def keep(*, user_id: int, provider: str, card: ProviderCard) -> PaymentMethod:
    """Remember a card by its token, once; the first one of a user becomes the default."""
    mine = PaymentMethod.objects.filter(user=user_id, forgotten_at=None)
    columns = {
        "brand": card.brand,
        "last4": card.last4,
        "exp_month": card.exp_month,
        "exp_year": card.exp_year,
        "forgotten_at": None,
        "is_default": not mine.filter(is_default=True).exclude(token=card.token).exists(),
    }
    method, _ = PaymentMethod.objects.update_or_create(
        user_id=user_id,
        provider=provider,
        token=card.token,
        defaults=columns,
        create_defaults={**columns, "created_at": clock.now()},
    )
    return method
