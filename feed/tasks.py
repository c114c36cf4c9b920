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


@shared_task(name="feed.publish_due", time_limit=55)
def publish_due(**_kwargs: object) -> int:
    """Put the drafts on the wall whose time has come."""
    return actions.publish_due()


@shared_task(name="feed.drop_deleted", time_limit=55)
def drop_deleted(**_kwargs: object) -> int:
    """Once a day: what was deleted thirty days ago goes for good, and hashtags that nobody uses."""
    return actions.drop_deleted() + actions.forget_hashtags()
