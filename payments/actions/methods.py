"""Kept cards."""

from django.db import transaction

from core import clock
from core.events import publish
from payments import cards
from payments.events import MethodForgotten
from payments.gateway import gateway
from payments.models import PaymentMethod
from payments.provider import ProviderCard
from payments.rows import method_data
from payments.types import MethodData, MethodNotFound


@transaction.atomic
def keep_method(
    *, user_id: int, token: str, brand: str, last4: str, exp_month: int, exp_year: int
) -> MethodData:
    """Keep a card whose token the provider already has; the first one becomes the default."""
    card = ProviderCard(
        token=token, brand=brand, last4=last4, exp_month=exp_month, exp_year=exp_year
    )
    return method_data(cards.keep(user_id=user_id, provider=gateway().name, card=card))


@transaction.atomic
def forget_method(*, user_id: int, public_id: str) -> None:
    """Forget a kept card here at once, and at the provider soon after. Raises MethodNotFound."""
    method = (
        PaymentMethod.objects.select_for_update()
        .filter(user=user_id, public_id=public_id, forgotten_at=None)
        .first()
    )
    if method is None:
        raise MethodNotFound
    was_default = method.is_default
    method.forgotten_at, method.is_default = clock.now(), False
    method.save(update_fields=["forgotten_at", "is_default"])
    publish(MethodForgotten(method_id=method.public_id))
    if was_default:
        heir = PaymentMethod.objects.filter(user=user_id, forgotten_at=None).first()
        if heir is not None:
            heir.is_default = True
            heir.save(update_fields=["is_default"])


@transaction.atomic
def make_default(*, user_id: int, public_id: str) -> str:
    """Pay with this card first; returns the id of the one that was first until now, "" if it was
    this one. Raises MethodNotFound."""
    mine = PaymentMethod.objects.select_for_update().filter(user=user_id, forgotten_at=None)
    chosen = next((method for method in mine if method.public_id == public_id), None)
    if chosen is None:
        raise MethodNotFound
    first = next((one.public_id for one in mine if one.is_default and one != chosen), "")
    mine.exclude(pk=chosen.pk).update(is_default=False)
    mine.filter(pk=chosen.pk).update(is_default=True)
    return first


def erase_at_provider(*, method_id: str) -> None:
    """Delete a forgotten card's token at the provider. Raises ProviderSilent: try again later."""
    method = PaymentMethod.objects.get(public_id=method_id)
    if method.forgotten_at is not None:
        gateway().forget(token=method.token)
