"""Background work of the feed."""

from celery import shared_task

from feed import actions


@shared_task(name="feed.refresh_popularity", time_limit=55)
def refresh_popularity(**_kwargs: object) -> int:
    return actions.refresh_popularity()
