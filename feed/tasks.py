"""Background work of the feed."""

from celery import shared_task

from feed import actions


@shared_task(name="feed.refresh_popularity", time_limit=55)
def refresh_popularity(**_kwargs: object) -> int:
    return actions.refresh_popularity()


@shared_task(name="feed.forget_deleted", time_limit=55)
def forget_deleted(**_kwargs: object) -> int:
    """What was deleted and not taken back within a day is gone for good."""
    return actions.drop_old() + actions.wipe_deleted()
