"""Marking notices as read, and forgetting some. The count moves by exactly the rows changed."""

from collections import Counter
from collections.abc import Collection

from django.db import transaction
from django.db.models import QuerySet

from accounts.actions import change_unread_count
from core import clock
from notifications.actions.live import push_live
from notifications.models import Notice
from notifications.types import Read


def mark_read(*, profile_id: int, public_id: str) -> Read | None:
    """Mark one notice of this profile as read; None if there is no such notice."""
    mine = Notice.objects.filter(profile_id=profile_id, public_id=public_id)
    url = mine.values_list("url", flat=True).first()
    return None if url is None else Read(url=url, was_new=_mark(profile_id, mine) > 0)


def mark_all_read(*, profile_id: int) -> int:
    """Mark all of them; returns how many were new."""
    return _mark(profile_id, Notice.objects.filter(profile_id=profile_id))


def _mark(profile_id: int, notices: QuerySet[Notice]) -> int:
    with transaction.atomic():
        changed = notices.filter(read_at__isnull=True).update(read_at=clock.now())
        if changed:
            unread = change_unread_count(profile_id=profile_id, delta=-changed)
            push_live(profile_ids=[profile_id], event="badge", data={"unread": unread})
    return changed


def pass_over(*, actor_id: int, profile_ids: Collection[int] | None = None) -> int:
    """Mark as read what these profiles (None: all) were told of somebody's acts; how many were new.

    For what a list leaves out from now on: the bell counts only what can be read.
    """
    told = Notice.objects.filter(actor=actor_id, read_at__isnull=True)
    if profile_ids is not None:
        told = told.filter(profile__in=list(profile_ids))
    readers = told.order_by("profile").values_list("profile", flat=True).distinct()
    return sum(_mark(reader, told.filter(profile=reader)) for reader in list(readers))


def forget_notices(*, actor_id: int, profile_ids: Collection[int] | None = None) -> int:
    """Drop what these profiles (None: all) were told of somebody's acts; returns how many."""
    told = Notice.objects.filter(actor=actor_id)
    if profile_ids is not None:
        told = told.filter(profile__in=list(profile_ids))
    with transaction.atomic():
        rows = list(told.select_for_update().values_list("pk", "profile_id", "read_at"))
        Notice.objects.filter(pk__in=[row[0] for row in rows]).delete()
        unread = Counter(profile_id for _pk, profile_id, read_at in rows if read_at is None)
        for profile_id in sorted(unread):
            left = change_unread_count(profile_id=profile_id, delta=-unread[profile_id])
            push_live(profile_ids=[profile_id], event="badge", data={"unread": left})
    return len(rows)
