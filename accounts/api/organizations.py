"""Operations on the companies somebody buys for."""

from __future__ import annotations

from accounts import actions, queries
from accounts.api.serializers import OrganizationIn
from accounts.shapes import OrganizationOut
from accounts.types import Call, OrganizationData, OwnOrganization
from api.operations import Results, operation

_COMPANY = {
    "name": "Haddad Innenausbau GmbH",
    "vat_id": "DE136695976",
    "line1": "Lange Straße 5",
    "postcode": "10115",
    "city": "Berlin",
    "country": "DE",
}


@operation(
    id="organizations_list", tag="Companies", scope="profile", gives=OrganizationOut, many=True
)
def list_organizations(call: Call) -> Results:
    """Companies that you may buy for, those behind your brands among them, by name."""
    return Results(items=queries.organizations_of(user_id=call.user_id))


@operation(
    id="organization_create",
    tag="Companies",
    scope="profile",
    takes=OrganizationIn,
    gives=OrganizationOut,
    status=201,
    example=_COMPANY,
)
def create_organization(call: Call) -> OwnOrganization:
    """Add a company that you buy for. The same one twice is one."""
    saved = actions.save_organization(user_id=call.user_id, data=OrganizationData(**call.data))
    return queries.organization_of(user_id=call.user_id, public_id=saved.public_id)


@operation(id="organization_read", tag="Companies", scope="profile", gives=OrganizationOut)
def read_organization(call: Call, public_id: str) -> OwnOrganization:
    """A company that you may buy for."""
    return queries.organization_of(user_id=call.user_id, public_id=public_id)


@operation(
    id="organization_change",
    tag="Companies",
    scope="profile",
    takes=OrganizationIn,
    gives=OrganizationOut,
    example=_COMPANY,
)
def change_organization(call: Call, public_id: str) -> OwnOrganization:
    """Write a company anew. Orders keep the copy that they were placed with.

    One that stands behind a brand changes in the papers of the brand.
    """
    actions.save_organization(
        user_id=call.user_id, public_id=public_id, data=OrganizationData(**call.data)
    )
    return queries.organization_of(user_id=call.user_id, public_id=public_id)


@operation(id="organization_leave", tag="Companies", scope="profile")
def leave_organization(call: Call, public_id: str) -> None:
    """Buy for a company no more. With its last member it is gone."""
    actions.leave_organization(user_id=call.user_id, public_id=public_id)
