"""Payees: who they are, whether money may be paid out to them. Each act is one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _l

from core import clock
from sandbox.intents import Refused, is_own
from sandbox.models import Account, Payee
from sandbox.webhooks import announce_payee

# So long a make-believe bank looks at a pending account.
LOOKING = timedelta(seconds=20)


@dataclass(frozen=True)
class TestIban:
    """A bank account of nobody; what becomes of a payee who names it."""

    number: str
    state: str
    requirement: str
    meaning: object

    @property
    def spaced(self) -> str:
        return " ".join(self.number[at : at + 4] for at in range(0, len(self.number), 4))


TEST_IBANS = (
    TestIban("DE89370400440532013000", "verified", "", _l("Is verified at once")),
    TestIban("FR1420041010050500013M02606", "pending", "", _l("Is looked at for 20 seconds")),
    TestIban("NL91ABNA0417164300", "restricted", "name_mismatch", _l("Belongs to somebody else")),
)
_BY_NUMBER = {one.number: one for one in TEST_IBANS}


def iban_of(text: str) -> TestIban | None:
    """The test account that somebody typed, however spaced; None for anything else."""
    return _BY_NUMBER.get("".join(text.split()).upper())


def create(*, account: Account, own_id: str, name: str, country: str, return_url: str) -> Payee:
    """The payee of this name, made once; told anew where to send its owner back to.

    Raises Refused for an address that is not the merchant's.
    """
    if not is_own(return_url, account):
        raise Refused("foreign_url")
    try:
        with transaction.atomic():
            return Payee.objects.create(
                account=account,
                own_id=own_id,
                name=name,
                country=country,
                return_url=return_url,
                created_at=clock.now(),
            )
    except IntegrityError:
        Payee.objects.filter(account=account, own_id=own_id).update(
            return_url=return_url, name=name
        )
        return Payee.objects.get(account=account, own_id=own_id)


def name_bank_account(*, ref: str, iban: TestIban) -> Payee:
    """The owner named where money goes. The bank answers at once, or looks at it first."""
    with transaction.atomic():
        payee = _locked(ref=ref)
        due = clock.now() + LOOKING if iban.state == "pending" else None
        return _move(payee, iban.state, iban.requirement, last4=iban.number[-4:], due_at=due)


def settle(*, own_id: str, account: Account) -> Payee:
    """The bank has looked: a pending payee is verified."""
    with transaction.atomic():
        payee = _locked(own_id=own_id, account=account)
        return _move(payee, "verified", "") if payee.state == "pending" else payee


def restrict(*, own_id: str, account: Account) -> Payee:
    """The bank has second thoughts: nothing is paid out until the owner names another account."""
    with transaction.atomic():
        return _move(_locked(own_id=own_id, account=account), "restricted", "documents")


def settle_due() -> None:
    """Verify those whose time of waiting is over."""
    rows = Payee.objects.filter(state="pending", due_at__lte=clock.now()).select_related("account")
    for payee in rows[:20]:
        settle(own_id=payee.own_id, account=payee.account)


def _move(
    payee: Payee, state: str, requirement: str, *, last4: str = "", due_at: datetime | None = None
) -> Payee:
    payee.state, payee.requirement = state, requirement
    payee.iban_last4 = last4 or payee.iban_last4
    payee.version += 1
    payee.due_at = due_at
    payee.save()
    announce_payee(payee)
    return payee


def _locked(**which: object) -> Payee:
    rows = Payee.objects.select_for_update(of=("self",)).select_related("account")
    payee = rows.filter(**which).first()
    if payee is None:
        raise Refused("not_found", 404)
    return payee
