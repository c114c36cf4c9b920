"""What a brand may ask about its team: who is invited, who did what."""

from __future__ import annotations

import hashlib
from typing import cast

from django.db.models import Case, IntegerField, Q, Value, When
from django.utils.translation import gettext as _

from accounts import acts
from accounts.models import Membership
from accounts.team_models import BrandAct, Invitation
from accounts.types import (
    InvitationRow,
    LogEntry,
    LogPage,
    OpenInvitation,
    Role,
    TeamRow,
    profile_columns,
    ref_from_row,
)
from core import clock
from core.errors import NotFound
from core.finding import each_word
from core.paging import NEWEST

LOG_PAGE = 40


def brand_log(
    *,
    brand_id: int,
    person: str = "",
    group: str = "",
    text: str = "",
    cursor: str = "",
    size: int = LOG_PAGE,
) -> LogPage:
    """The log of a brand, newest first. One query.

    `person` (a handle), `group` (one of `accounts.acts.GROUPS`) and `text` (in what an act was
    done to) narrow it; a group that does not exist narrows nothing, and a bad cursor begins at the
    start.
    """
    rows = BrandAct.objects.filter(brand_id=brand_id)
    if person:
        rows = rows.filter(actor__profile__handle=person)
    if group in acts.GROUPS:
        rows = rows.filter(act__in=acts.codes_in(group))
    if text:
        rows = rows.filter(Q(subject__icontains=text) | Q(detail__icontains=text))
    rows = NEWEST.sorted(rows, cursor)
    names = ("id", "at", "act", "subject", "detail")
    found = list(
        rows.values_list(*names, "actor__profile__name", "actor__profile__handle")[: size + 1]
    )
    entries = []
    for _pk, at, code, subject, detail, name, handle in found[:size]:
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
    return LogPage(rows=entries, next=str(found[size - 1][0]) if len(found) > size else None)


def team_of(
    *, brand_id: int, role: str = "", text: str = "", by_email: bool = True
) -> list[TeamRow]:
    """Everybody on a brand's team, owners first, then by when they joined. One query.

    `role` and words of the name, or of the e-mail unless that is nobody's to know, narrow it.
    """
    owners_first = Case(
        When(role="owner", then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    rows = Membership.objects.filter(
        organization__brands=brand_id, user__profile__isnull=False
    ).order_by(owners_first, "id")
    if role:
        rows = rows.filter(role=role)
    where = ["user__profile__name__icontains"] + ["user__email__icontains"] * by_email
    rows = rows.filter(each_word(text, *where))
    columns = ("user_id", "user__email", "role", "created_at", *profile_columns("user__profile"))
    return [
        TeamRow(
            user_id=row["user_id"],
            person=ref_from_row(row, "user__profile"),
            email=row["user__email"],
            role=row["role"],
            since=row["created_at"],
        )
        for row in rows.values(*columns)
    ]


def invitations_of(*, brand_id: int) -> list[InvitationRow]:
    """Whom the brand has asked and who has not answered yet, newest first. One query."""
    rows = Invitation.objects.filter(brand_id=brand_id, accepted_at=None, withdrawn_at=None)
    now = clock.now()
    return [
        InvitationRow(
            public_id=row.public_id,
            email=row.email,
            role=cast(Role, row.role),
            expires_at=row.expires_at,
            expired=row.expires_at <= now,
        )
        for row in rows
    ]


def open_invitation(*, token: str) -> OpenInvitation:
    """The invitation behind a link. One query.

    Raises NotFound for a link that is unknown, used, withdrawn or too old, all alike.
    """
    row = (
        Invitation.objects.filter(
            token_digest=digest(token),
            accepted_at=None,
            withdrawn_at=None,
            expires_at__gt=clock.now(),
            brand__state__in=["draft", "submitted", "rejected", "approved"],
        )
        .values("id", "email", "role", *profile_columns("brand"))
        .first()
    )
    if row is None:
        raise NotFound(_("This invitation is no longer good. Ask for a new one."))
    return OpenInvitation(
        id=row["id"], email=row["email"], role=row["role"], brand=ref_from_row(row, "brand")
    )


def digest(token: str) -> str:
    """What we keep of the link of an invitation."""
    return hashlib.sha256(token.encode()).hexdigest()
