"""Celery entries of the papers."""

from celery import shared_task

from brands import actions


@shared_task(name="brands.look_again")
def look_again(**_kwargs: object) -> None:
    actions.look_again()
