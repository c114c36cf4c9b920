"""Writes of payments: being paid, hearing from the provider, taking and giving back."""

from payments.actions.asking import ask_now, check_hold, check_holds, reconcile
from payments.actions.hearing import record_provider_event
from payments.actions.methods import erase_at_provider, forget_method, keep_method, make_default
from payments.actions.opening import cancel_payment, open_payment, start_payment
from payments.actions.operations import capture, give_back, refund, take_again
from payments.actions.payouts import ask_payout, ask_pending_payouts, open_payout_page
from payments.actions.reviewing import ask_again, close_review, mark_seen
from payments.actions.settling import carry_out

__all__ = [
    "ask_again",
    "ask_now",
    "ask_payout",
    "ask_pending_payouts",
    "cancel_payment",
    "capture",
    "carry_out",
    "check_hold",
    "check_holds",
    "close_review",
    "erase_at_provider",
    "forget_method",
    "give_back",
    "keep_method",
    "make_default",
    "mark_seen",
    "open_payment",
    "open_payout_page",
    "reconcile",
    "record_provider_event",
    "refund",
    "start_payment",
    "take_again",
]
