"""For whom somebody may buy: themselves, or an organization in which their role touches money."""

from __future__ import annotations

from django.contrib.sessions.backends.base import SessionBase
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.errors import BuyingChanged
from accounts.models import Organization, Profile
from accounts.organization_types import BuyerRef, OrganizationData, OwnOrganization
from accounts.second_factors import MONEY_ROLES
from accounts.types import Viewer
from core.errors import NotFound

# The public id of the organization somebody buys for; absent while they buy for themselves.
BUYING_KEY = "buying"
# How a form and an address call oneself.
MYSELF = "me"
FIELDS = (
    *("name", "registration_number", "vat_id", "email", "phone"),
    *("line1", "line2", "postcode", "city", "country"),
)


def may_buy_for(*, user: OuterRef | int) -> QuerySet[Organization]:
    """Organizations that a user may buy for, by name.

    Those without a brand, and those of which a brand is before the public: what an operator has
    not looked at, or has suspended, is no buyer.
    """
    # Every page asks this: a join begins at the few memberships of a user, as an `Exists` need not.
    members = Organization.objects.filter(memberships__user=user, memberships__role__in=MONEY_ROLES)
    brands = Profile.objects.filter(organization=OuterRef("pk"))
    bought_for = ~Exists(brands) | Exists(brands.filter(state=Profile.State.APPROVED))
    return members.filter(bought_for).order_by("name", "id")


def organizations_of(*, user_id: int) -> list[OwnOrganization]:
    """Companies that the user may buy for, by name. One query."""
    return [_own(row) for row in _with_brand(may_buy_for(user=user_id))]


def organization_of(*, user_id: int, public_id: str) -> OwnOrganization:
    """One of them. Raises NotFound for a foreign and an absent one alike. One query."""
    row = _with_brand(may_buy_for(user=user_id)).filter(public_id=public_id).first()
    if row is None:
        raise NotFound(_("There is no such company."))
    return _own(row)


def _with_brand(rows: QuerySet[Organization]) -> QuerySet[Organization]:
    return rows.prefetch_related("brands")


def _own(row: Organization) -> OwnOrganization:
    brands = [one.handle for one in row.brands.all() if one.state == Profile.State.APPROVED]
    return OwnOrganization(
        public_id=row.public_id, data=data_of(row), brand=min(brands) if brands else ""
    )


def data_of(row: Organization) -> OrganizationData:
    """What a row says of itself."""
    return OrganizationData(**{name: str(getattr(row, name) or "") for name in FIELDS})


def buyer_called(*, viewer: Viewer, public_id: str) -> BuyerRef | None:
    """For whom a form or a program buys: None for MYSELF. No query.

    Raises NotFound for a company that the viewer may not buy for and for one that does not exist.
    """
    if public_id == MYSELF:
        return None
    for one in viewer.organizations:
        if one.public_id == public_id:
            return one
    raise NotFound(_("There is no such company."))


def buying_mark(*, viewer: Viewer) -> str:
    """For whom the viewer buys now, as a form remembers it in its hidden field `buying`."""
    return viewer.buying.public_id if viewer.buying else MYSELF


def check_buying(*, request: HttpRequest) -> None:
    """Refuse a form that was shown while the viewer bought for somebody else than now.

    Without the hidden field `buying` nothing is checked. Raises BuyingChanged (409).
    """
    shown_for = request.POST.get("buying")
    if shown_for and shown_for != buying_mark(viewer=request.viewer):  # type: ignore[attr-defined]
        raise BuyingChanged


def chosen_in(session: SessionBase, among: list[BuyerRef]) -> BuyerRef | None:
    """Whom the session buys for, if they still may."""
    chosen = session.get(BUYING_KEY)
    return next((one for one in among if one.public_id == chosen), None)
