"""What waits for the people who run the market, on the first page of the administration.

    from core.admin_home import Queue, register
    register(Queue(says=_("Open"), model=Report, where={"state": "open"}, since="created_at"))

An app registers its queues in its `admin.py`. `where` is at once the question of the count and that
of the list behind the link, so that the two cannot differ.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import Count, Min, Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise


@dataclass(frozen=True, kw_only=True)
class Queue:
    """Rows that wait for a decision. `since` is the moment from which one of them waits.

    `link` replaces `where` in the address, for lists whose filters have names of their own.
    """

    says: str | Promise
    model: type[Model]
    where: Mapping[str, str]
    since: str
    link: Mapping[str, str] | None = None


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A queue as it stands: how many, the longest of them since when, and where they are."""

    says: str | Promise
    count: int
    oldest: datetime | None
    url: str


@dataclass
class _Registry:
    queues: list[Queue] = field(default_factory=list)


_registry = _Registry()


def register(queue: Queue) -> None:
    """Show a queue on the first page."""
    _registry.queues.append(queue)


def waiting_for(request: HttpRequest) -> list[Waiting]:
    """Every queue whose list this operator may read, whoever waits longest first.

    One query each, however much waits.
    """
    found = [_stand(queue) for queue in _registry.queues if _may_read(request, queue.model)]
    return sorted(found, key=lambda one: one.oldest.timestamp() if one.oldest else math.inf)


def _may_read(request: HttpRequest, model: type[Model]) -> bool:
    shown = admin.site.get_model_admin(model)
    return shown.has_view_permission(request)


def _stand(queue: Queue) -> Waiting:
    rows = queue.model._default_manager.filter(**queue.where)  # noqa: SLF001 - Django's own name
    found = rows.aggregate(count=Count("pk"), oldest=Min(queue.since))
    meta = queue.model._meta  # noqa: SLF001 - Django's documented name
    page = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
    asked = urlencode(queue.where if queue.link is None else queue.link)
    return Waiting(
        says=queue.says,
        count=found["count"],
        oldest=found["oldest"],
        url=f"{page}?{asked}" if asked else page,
    )
