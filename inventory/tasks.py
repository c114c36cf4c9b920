"""Celery entries of inventory."""

from celery import shared_task

from inventory import actions


@shared_task(name="inventory.expire_holds")
def expire_holds(**_kwargs: object) -> None:
    actions.expire_holds()
