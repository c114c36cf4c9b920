"""The log of a brand's team."""

from __future__ import annotations

from accounts import acts
from accounts.team_models import BrandAct
from core import clock


def record_act(
    *, brand_id: int, actor_id: int | None, act: str, subject: str = "", detail: str = ""
) -> None:
    """Write a line into a brand's log, in the caller's transaction: an act that fails leaves none.

    `actor_id` is the primary key of the user who did it; None is the market itself (a schedule, an
    import). `act` is a code that was registered with `accounts.acts` (KeyError otherwise).
    `subject` names the thing in words of today (a title, an order number), because the thing may
    change or go; `detail` says what changed. Both are cut to fit. One query.
    """
    acts.act_of(act)
    BrandAct.objects.create(
        brand_id=brand_id,
        actor_id=actor_id,
        act=act,
        subject=_cut(subject, 200),
        detail=_cut(detail, 300),
        at=clock.now(),
    )


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
