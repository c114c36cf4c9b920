"""What a brand may ask about its team: who did what."""

from __future__ import annotations

from accounts import acts
from accounts.team_models import BrandAct
from accounts.types import LogEntry, LogPage

LOG_PAGE = 40


def brand_log(*, brand_id: int, person: str = "", group: str = "", cursor: str = "") -> LogPage:
    """The log of a brand, newest first. One query.

    `person` (a handle) and `group` (one of `accounts.acts.GROUPS`) narrow it; a
    group that does not exist narrows nothing, and a bad cursor begins at the start.
    """
    rows = BrandAct.objects.filter(brand_id=brand_id).order_by("-id")
    if person:
        rows = rows.filter(actor__profile__handle=person)
    if group in acts.GROUPS:
        rows = rows.filter(act__in=acts.codes_in(group))
    if cursor.isascii() and cursor.isdigit() and len(cursor) < 19:
        rows = rows.filter(id__lt=int(cursor))
    names = ("id", "at", "act", "subject", "detail")
    found = list(
        rows.values_list(*names, "actor__profile__name", "actor__profile__handle")[: LOG_PAGE + 1]
    )
    entries = []
    for _pk, at, code, subject, detail, name, handle in found[:LOG_PAGE]:
        act = acts.act_of(code)
        entries.append(
            LogEntry(
                at=at,
                name=name or "",
                handle=handle or "",
                words=str(act.words),
                group=act.group,
                subject=subject,
                detail=detail,
            )
        )
    return LogPage(
        entries=entries, next=str(found[LOG_PAGE - 1][0]) if len(found) > LOG_PAGE else None
    )
