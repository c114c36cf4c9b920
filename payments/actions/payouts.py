"""Where sellers' money goes: named on the provider's own page, never on ours."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from accounts.actions import record_act
from core import clock
from core.events import publish
from payments import rounds
from payments.events import PayoutAccountChanged
from payments.gateway import gateway
from payments.models import PayoutAccount
from payments.provider import ProviderPayee, ProviderRefused, ProviderSilent
from payments.states import PayoutState
from payments.types import PayoutUnavailable

# How long silence about a pending account is normal.
QUIET = timedelta(seconds=30)


def open_payout_page(
    *, seller_id: int, name: str, country: str, return_url: str, actor_id: int | None = None
) -> str:
    """The address of the provider's page on which a seller names their bank account.

    `return_url` is where the provider sends them back to; `actor_id` is the user who goes there: it
    goes into the brand's log before they are let go. Asked as often as somebody likes, it is
    one account at the provider. Calls the provider, 3 s at most. Raises PayoutUnavailable.
    """
    row, _made = PayoutAccount.objects.get_or_create(
        seller_id=seller_id,
        defaults={"provider": gateway().name, "created_at": clock.now()},
    )
    try:
        said = gateway().open_payee(
            payee_id=row.public_id, name=name, country=country, return_url=return_url
        )
    except (ProviderSilent, ProviderRefused) as error:
        raise PayoutUnavailable from error
    take_in_payee(said=said)
    if actor_id is not None:
        record_act(brand_id=seller_id, actor_id=actor_id, act="payments.payout_opened")
    return said.onboarding_url


def ask_payout(*, seller_id: int) -> None:
    """Ask the provider how a seller's account stands: its owner is back before the message is.

    Calls the provider, 3 s at most; without an answer, or without an account, nothing changes.
    """
    row = PayoutAccount.objects.filter(seller_id=seller_id).first()
    if row is not None:
        _ask(row)


def ask_pending_payouts(*, limit: int = 50, seconds: float = rounds.SECONDS) -> int:
    """Ask about accounts that a bank is looking at; answers how many were asked.

    Several may run at once: each claims an account before it asks.
    """
    now = clock.now()
    rows = PayoutAccount.objects.filter(state=PayoutState.PENDING, asked_at__lt=now - QUIET)
    asked = 0
    for row in rounds.in_time(rows.order_by("asked_at")[:limit], seconds=seconds):
        if PayoutAccount.objects.filter(pk=row.pk, asked_at=row.asked_at).update(asked_at=now):
            _ask(row)
            asked += 1
    return asked


@transaction.atomic
def take_in_payee(*, said: ProviderPayee) -> bool:
    """Keep the provider's view unless a newer one is known; False when nothing was new.

    Publishes PayoutAccountChanged when the state or what is required became another.
    """
    rows = PayoutAccount.objects.select_for_update().filter(public_id=said.payee_id)
    row = rows.first()
    if row is None:
        return False
    row.asked_at = clock.now()
    if said.version <= row.version:
        row.save(update_fields=["asked_at"])
        return False
    changed = (row.state, row.requirement) != (said.state, said.requirement)
    row.provider_ref, row.version = said.provider_ref, said.version
    row.state, row.requirement, row.iban_last4 = said.state, said.requirement, said.iban_last4
    row.save()
    if changed:
        publish(
            PayoutAccountChanged(
                seller_id=row.seller_id,
                state=row.state,
                requirement=row.requirement,
                version=row.version,
            )
        )
    return True


def _ask(row: PayoutAccount) -> None:
    try:
        said = gateway().find_payee(payee_id=row.public_id)
    except (ProviderSilent, ProviderRefused):
        return  # asked again at the next round
    if said is not None:
        take_in_payee(said=said)
