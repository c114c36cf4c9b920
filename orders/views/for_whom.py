"""For whom a form buys: the buyer themselves, or a company that they may buy for.

Asked only of those who have a company. The choice is a field of the form, and beside it stands for
whom the session bought when the form was shown: after a switch in another tab it is asked anew.
"""

from __future__ import annotations

from dataclasses import dataclass

from accounts import queries as accounts
from accounts.types import BuyerRef, BuyingChanged, Request
from core.errors import NotFound

FIELD = "buying_for"
MARK = "buying"


@dataclass(frozen=True, kw_only=True)
class ForWhom:
    """What a form shows: the companies (none: nothing is asked), which is chosen, and the mark."""

    companies: list[BuyerRef]
    chosen: BuyerRef | None
    mark: str

    @property
    def organization_id(self) -> int | None:
        """Primary key of the company, None for oneself."""
        return self.chosen.id if self.chosen else None

    @property
    def marked(self) -> bool:
        """Whether the form carries the mark: where it asks, and where it asks nothing any more
        because the buyer left the last company, which it named."""
        return bool(self.companies) or self.mark != accounts.MYSELF


def posted(request: Request) -> ForWhom:
    """What the form says. Raises BuyingChanged after a switch in another tab, and what `chosen_in`
    raises. No query."""
    accounts.check_buying(request=request)
    return _of(request, chosen_in(request))


def chosen_in(request: Request) -> BuyerRef | None:
    """The buyer that the form names, None for oneself. No query.

    Raises BuyingChanged for one that the viewer may not buy for, so that whoever left it meanwhile
    keeps the form (a foreign one is told nothing else), and NotFound where the form that was shown
    named none.
    """
    asked = request.POST.get(FIELD, accounts.MYSELF)
    try:
        return accounts.buyer_called(viewer=request.viewer, public_id=asked)
    except NotFound:
        if MARK in request.POST:
            raise BuyingChanged from None
        raise


def shown(request: Request, *, otherwise: BuyerRef | None, anew: bool = False) -> ForWhom:
    """What the form shows next: what was posted, and `otherwise` where nothing was.

    `anew` is after a refusal: it shows whom the session buys for now.
    """
    if anew:
        return _of(request, request.viewer.buying)
    asked = request.POST.get(FIELD)
    if asked is None:
        return _of(request, otherwise, mark=request.POST.get(MARK, ""))
    try:
        chosen = accounts.buyer_called(viewer=request.viewer, public_id=asked)
    except NotFound:
        # With that mark whoever pays without a look at the new choice is asked about it.
        return _of(request, request.viewer.buying, mark=asked)
    return _of(request, chosen, mark=request.POST.get(MARK, ""))


def _of(request: Request, chosen: BuyerRef | None, *, mark: str = "") -> ForWhom:
    viewer = request.viewer
    return ForWhom(
        companies=viewer.organizations,
        chosen=chosen,
        mark=mark[:40] or accounts.buying_mark(viewer=viewer),
    )
