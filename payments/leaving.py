"""What of paying goes with an account: kept cards, here and at the provider."""

from __future__ import annotations

from accounts.actions.erasure_hooks import Leaver
from payments.actions.methods import forget_method
from payments.models import PaymentMethod


def erase(leaver: Leaver) -> None:
    """Forget every card; the provider is told soon after."""
    kept = PaymentMethod.objects.filter(user=leaver.user_id, forgotten_at=None)
    for public_id in list(kept.values_list("public_id", flat=True)):
        forget_method(user_id=leaver.user_id, public_id=public_id)
