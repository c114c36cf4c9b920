"""What apps above want of a brand before it is let in, asked in the transaction that approves it.

    from accounts.actions import approval_checks
    approval_checks.register(check=check_complete)           # in AppConfig.ready()

A check refuses by raising a DomainError that names what is missing. It is asked through whichever
door an operator lets the brand in.
"""

from __future__ import annotations

from collections.abc import Callable

# Given the primary key of the brand.
ApprovalCheck = Callable[[int], None]

_checks: list[ApprovalCheck] = []


def register(*, check: ApprovalCheck) -> None:
    """Have `check` asked before a brand is let in. Registering again changes nothing."""
    if check not in _checks:
        _checks.append(check)


def check_approval(brand_id: int) -> None:
    """Ask everybody whether the brand may be let in."""
    for check in _checks:
        check(brand_id)
