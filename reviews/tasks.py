"""Background work of reviews."""

from celery import shared_task

from reviews import actions


@shared_task(name="reviews.drop_deleted", time_limit=55)
def drop_deleted(**_kwargs: object) -> int:
    """What was deleted and not put back within a day is gone for good."""
    return actions.drop_deleted()
