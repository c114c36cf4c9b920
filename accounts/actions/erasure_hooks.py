"""What apps above do when an account is deleted or a brand closed, in the same transaction.

    from accounts.actions import erasure_hooks
    erasure_hooks.register(hook=erase_pins)                  # in AppConfig.ready()
    erasure_hooks.register_check(check=no_open_orders)

A hook removes or blanks what is the leaver's in its own tables; it runs inside the transaction that
deletes the account, so all of it happens or nothing. Rows whose foreign key to the user or the
profile says CASCADE go by themselves afterwards: a hook is needed for counters, for what PROTECTs,
and for texts that name somebody. A check may refuse, by raising a DomainError, the closing of a
brand.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Leaver:
    """Whose account is being deleted."""

    user_id: int
    profile_id: int
    email: str


ErasureHook = Callable[[Leaver], None]
# Given the primary key of the brand.
ClosingCheck = Callable[[int], None]

_hooks: list[ErasureHook] = []
_checks: list[ClosingCheck] = []


def register(*, hook: ErasureHook) -> None:
    """Have `hook` called for every account that is deleted. Registering again changes nothing."""
    if hook not in _hooks:
        _hooks.append(hook)


def register_check(*, check: ClosingCheck) -> None:
    """Have `check` asked before a brand is closed. Registering again changes nothing."""
    if check not in _checks:
        _checks.append(check)


def run(leaver: Leaver) -> None:
    """Call all hooks, in the order in which they were registered."""
    for hook in _hooks:
        hook(leaver)


def check_closing(brand_id: int) -> None:
    """Ask everybody whether the brand may close."""
    for check in _checks:
        check(brand_id)
