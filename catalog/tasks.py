"""Celery entries of the catalogue."""

from celery import shared_task

from catalog import actions


@shared_task(name="catalog.publish_due")
def publish_due(**_kwargs: object) -> None:
    actions.publish_due()
