"""Companies that people buy for: added, changed, left, and held while something is bought.

Who is a member with a role that touches money may do all of it; nobody asks who added the company.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, ProtectedError, QuerySet
from django.utils.translation import gettext as _

from accounts.actions.locking import locked_user
from accounts.buying import data_of, may_buy_for
from accounts.errors import BuyingChanged, TooManyOrganizations
from accounts.models import Membership, Organization, Profile
from accounts.organization_rules import checked_organization
from accounts.types import OrganizationBefore, OrganizationData, OwnOrganization
from core.errors import Conflict, NotFound

MAX_ORGANIZATIONS = 10


def save_organization(
    *, user_id: int, data: OrganizationData, public_id: str = ""
) -> OrganizationBefore:
    """Add a company that the user buys for, or change the one that `public_id` names.

    Returns its id, and what `restore_organization` needs. The same company twice is one. What
    stands behind a brand changes in its papers, and not here. Raises NotFound for a foreign or
    absent `public_id`, TooManyOrganizations, and OrganizationRefused with every wrong field.
    """
    data = checked_organization(data)
    with transaction.atomic():
        if public_id:
            row = _own(user_id, public_id)
            was = data_of(row)
            _write(row, data)
            return OrganizationBefore(public_id=public_id, was=was, now=data)
        # The user's row is the lock of their list: two presses must not both make a first one.
        locked_user(user_id)
        mine = list(_only_buying(user_id))
        same = next((one for one in mine if data_of(one) == data), None)
        if same is not None:
            return OrganizationBefore(public_id=same.public_id, was=data, now=data)
        if len(mine) >= MAX_ORGANIZATIONS:
            raise TooManyOrganizations
        return OrganizationBefore(public_id=_add(user_id, data), was=None)


def leave_organization(*, user_id: int, public_id: str) -> OrganizationBefore:
    """Buy for a company no more; returns what `restore_organization` needs.

    With its last member the company goes: what was bought for it keeps a copy. Raises NotFound for
    a foreign or absent one, and for one that stands behind a brand.
    """
    with transaction.atomic():
        row = _own(user_id, public_id)
        was, member = data_of(row), row.memberships.get(user=user_id)
        role = str(member.role)
        member.delete()
        end_without_members(ids=[row.pk])
    return OrganizationBefore(public_id=public_id, was=was, role=role)


def restore_organization(*, user_id: int, before: OrganizationBefore) -> None:
    """Bring a company back as it was, whether it was changed or left since, or take one away that
    is new; twice is once.

    `before` is what the act returned. One that others are members of is only joined again. Raises
    NotFound for one that is not theirs any more, Conflict for one that was changed again since,
    TooManyOrganizations.
    """
    if before.was is None:
        leave_organization(user_id=user_id, public_id=before.public_id)
    elif before.role:
        _come_back(user_id, before.public_id, before.was, before.role)
    else:
        _change_back(user_id, before.public_id, before.was, before.now)


@transaction.atomic
def _change_back(
    user_id: int, public_id: str, was: OrganizationData, now: OrganizationData | None
) -> None:
    row = _own(user_id, public_id)
    found = data_of(row)
    if found == was:
        return
    if found != now:
        raise Conflict(_("The company was changed again since. It stays as it is now."))
    _write(row, was)


@transaction.atomic
def _come_back(user_id: int, public_id: str, was: OrganizationData, role: str) -> None:
    locked_user(user_id)
    if _only_buying(user_id).filter(public_id=public_id).exists():
        return
    if _only_buying(user_id).count() >= MAX_ORGANIZATIONS:
        raise TooManyOrganizations
    row = _locked(Organization.objects.filter(public_id=public_id))
    if row is None:
        _add(user_id, was, public_id=public_id, role=role)
        return
    if not row.memberships.exists():
        _write(row, was)
    Membership.objects.create(user_id=user_id, organization=row, role=role)


def hold_organization(*, user_id: int | None, organization_id: int) -> OwnOrganization:
    """What a company says of itself at this moment, for a purchase in its name: inside of the
    purchase's transaction, until whose end nobody leaves the company.

    Raises BuyingChanged for a user who may not buy for it (any more).
    """
    with connection.cursor() as cursor:
        cursor.execute(_HOLD, [organization_id])
    rows = may_buy_for(user=user_id).filter(pk=organization_id) if user_id else None
    row = rows.first() if rows is not None else None
    if row is None:
        raise BuyingChanged
    return OwnOrganization(public_id=row.public_id, data=data_of(row))


# Shared by all who buy for it at once; whoever leaves it waits.
_HOLD = "SELECT id FROM accounts_organization WHERE id = %s FOR KEY SHARE"


def end_without_members(*, ids: Collection[int]) -> None:
    """Of these organizations, locked by the caller, end those that have no member and no brand.

    The row goes. Where something was bought for it, the row stays for what points to it, and says
    nothing: the purchase has its own copy of what the law wants.
    """
    rows = Organization.objects.filter(pk__in=ids)
    rows = rows.exclude(Exists(Membership.objects.filter(organization=OuterRef("pk"))))
    for row in rows.exclude(Exists(Profile.objects.filter(organization=OuterRef("pk")))):
        try:
            row.delete()
        except ProtectedError:
            _write(row, OrganizationData(name=_("Closed company")))


def _only_buying(user_id: int) -> QuerySet[Organization]:
    """Companies of the user's that stand behind no brand."""
    return may_buy_for(user=user_id).exclude(
        Exists(Profile.objects.filter(organization=OuterRef("pk")))
    )


def _own(user_id: int, public_id: str) -> Organization:
    row = _locked(_only_buying(user_id).filter(public_id=public_id))
    if row is None:
        raise NotFound(_("There is no such company."))
    return row


def _locked(rows: QuerySet[Organization]) -> Organization | None:
    return rows.select_for_update(of=("self",)).first()


def _add(user_id: int, data: OrganizationData, *, public_id: str = "", role: str = "") -> str:
    named = {"public_id": public_id} if public_id else {}
    row = Organization.objects.create(**dataclasses.asdict(data), **named)
    role = role or Membership.Role.OWNER
    Membership.objects.create(user_id=user_id, organization=row, role=role)
    return str(row.public_id)


def _write(row: Organization, data: OrganizationData) -> None:
    """What was changed was looked at by nobody."""
    for name, value in dataclasses.asdict(data).items():
        setattr(row, name, value)
    row.checked_at = None
    row.save()
