"""Celery entries of payments."""

from celery import shared_task

from payments import actions


@shared_task(name="payments.reconcile")
def reconcile(**_kwargs: object) -> None:
    actions.reconcile()
    actions.check_holds()
    actions.ask_pending_payouts()
