"""The payment as the merchant sees it."""

from django.conf import settings

from sandbox.models import Intent, Payee


def as_data(intent: Intent) -> dict[str, object]:
    """One payment object of the interface."""
    card: dict[str, object] | None = None
    if intent.last4:
        card = {
            "token": intent.token.token if intent.token else "",
            "brand": intent.brand,
            "last4": intent.last4,
            "exp_month": intent.exp_month,
            "exp_year": intent.exp_year,
        }
    page = "verify" if intent.challenged else "pay"
    return {
        "id": intent.own_id,
        "ref": intent.ref,
        "state": intent.state,
        "amount": intent.amount,
        "currency": intent.currency,
        "captured": intent.captured,
        "voided": intent.voided,
        "refunded": intent.refunded,
        "failure_code": intent.failure_code,
        "redirect_url": f"{settings.SANDBOX_URL}/{page}/{intent.ref}/",
        "card": card,
    }


def payee_data(payee: Payee) -> dict[str, object]:
    """One payee object of the interface."""
    return {
        "id": payee.own_id,
        "ref": payee.ref,
        "state": payee.state,
        "requirement": payee.requirement,
        "iban_last4": payee.iban_last4,
        "version": payee.version,
        "onboarding_url": f"{settings.SANDBOX_URL}/payees/{payee.ref}/",
    }
