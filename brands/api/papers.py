"""Operations by which an owner begins a brand and keeps its papers."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.queries import brand_file, require_brand_role
from accounts.shapes import ByLineOut
from accounts.types import BrandRole, Call, OrganizationData, ProfileRef
from api.operations import Limit, operation
from api.pictures import own_pictures
from brands import actions, queries
from brands.api.shapes import (
    CodeIn,
    DeclarationIn,
    DomainIn,
    FoundIn,
    PageOut,
    PapersOut,
    PayoutOut,
    PicturesIn,
    PoliciesIn,
    ProvedOut,
    SentOut,
    TraderIn,
)
from brands.types import PaperRefused
from catalog.queries import storefront
from catalog.types import PoliciesInput
from core.errors import NotFound
from payments.actions import open_payout_page
from payments.queries import payout_account
from payments.types import PayoutData

TAG = "Studio: papers"
READ, WRITE = "brands:read", "brands:write"
FOUNDED = Limit(name="found", times=10, seconds=24 * 3600)
_NUMBERS = ("unregistered", "vat_exempt")
_TRADER = {
    "name": "Kiln & Co GmbH",
    "line1": "Hafenstraße 1",
    "postcode": "20457",
    "city": "Hamburg",
    "country": "DE",
    "email": "office@kiln.example",
    "phone": "+49 40 35550123",
    "registration_number": "HRB 12345, Hamburg",
    "vat_id": "DE136695976",
}


def _own(call: Call, handle: str, *, protected: bool = False) -> BrandRole:
    """The brand, for its owners; what leads to money asks for a second factor first."""
    return require_brand_role(viewer=call.viewer, handle=handle, roles=set(), protected=protected)


def _papers(brand: BrandRole) -> dict[str, Any]:
    brand_id = brand.profile.id
    file = brand_file(profile_id=brand_id)
    if file is None:
        raise NotFound
    found = queries.checklist(brand_id=brand_id)
    declared = queries.papers_of(brand_id=brand_id)
    return {
        "brand": file.ref,
        "state": found.state,
        "complete": found.complete,
        "items": found.items,
        "history": found.history,
        "trader": file.trader,
        "unregistered": declared.unregistered,
        "vat_exempt": declared.vat_exempt,
        "confirmed_email": declared.confirmed_email,
        "declared_at": declared.declared_at,
        "declared_name": declared.declared_name,
        "policies": storefront(profile_id=brand_id),
        "picture": file.ref.picture,
        "cover": file.cover,
        "domain": queries.domain_of(brand_id=brand_id),
    }


@operation(
    id="brand_create",
    tag=TAG,
    scope=WRITE,
    takes=FoundIn,
    gives=ByLineOut,
    status=201,
    limit=FOUNDED,
    example={"name": "Kiln & Co", "handle": "kiln-and-co"},
)
def found(call: Call) -> ProfileRef:
    """Begin a brand: a draft that only its owner sees, with empty papers."""
    return actions.found_brand(user_id=call.user_id, **call.data)


@operation(id="studio_papers_read", tag=TAG, scope=READ, gives=PapersOut)
def read_papers(call: Call, handle: str) -> dict[str, Any]:
    """What the brand needs, what it has, and what operators said. For its owners."""
    return _papers(_own(call, handle))


@operation(id="studio_papers_submit", tag=TAG, scope=WRITE, gives=PapersOut)
def submit(call: Call, handle: str) -> dict[str, Any]:
    """Ask the operators to let the brand in. What is missing is named in `items`."""
    brand = _own(call, handle)
    actions.submit_papers(brand_id=brand.profile.id, user_id=call.user_id)
    return _papers(brand)


@operation(
    id="studio_trader_change",
    tag=TAG,
    scope=WRITE,
    takes=TraderIn,
    gives=PapersOut,
    example=_TRADER,
)
def change_trader(call: Call, handle: str) -> dict[str, Any]:
    """Say who answers for the brand by law. After approval an operator looks at a change anew."""
    brand, data = _own(call, handle), dict(call.data)
    actions.save_trader_data(
        brand_id=brand.profile.id,
        actor_id=call.user_id,
        **{name: data.pop(name) for name in _NUMBERS},
        data=OrganizationData(**data),
    )
    return _papers(brand)


@operation(id="studio_email_code_send", tag=TAG, scope=WRITE, gives=SentOut)
def send_code(call: Call, handle: str) -> dict[str, str]:
    """Mail six digits to the brand's contact address; they are good for a quarter of an hour."""
    return {"email": actions.send_code(brand_id=_own(call, handle).profile.id)}


@operation(
    id="studio_email_confirm",
    tag=TAG,
    scope=WRITE,
    takes=CodeIn,
    gives=PapersOut,
    example={"code": "482915"},
)
def confirm_email(call: Call, handle: str) -> dict[str, Any]:
    """Confirm the contact address with those digits. A code is good for five tries."""
    brand = _own(call, handle)
    actions.confirm_code(brand_id=brand.profile.id, actor_id=call.user_id, code=call.data["code"])
    return _papers(brand)


@operation(
    id="studio_declaration_make",
    tag=TAG,
    scope=WRITE,
    takes=DeclarationIn,
    gives=PapersOut,
    example={"name": "Mara Lindqvist", "agreed": True},
)
def declare(call: Call, handle: str) -> dict[str, Any]:
    """Declare that this brand offers only products and services that comply with the law of the
    European Union."""
    brand = _own(call, handle)
    actions.declare(brand_id=brand.profile.id, user_id=call.user_id, name=call.data["name"])
    return _papers(brand)


@operation(
    id="studio_policies_change",
    tag=TAG,
    scope=WRITE,
    takes=PoliciesIn,
    gives=PapersOut,
    example={
        "return_days": 30,
        "returns_policy": "Unused, within 30 days.",
        "delivery_policy": "Parcels leave on working days.",
        "reply_hours": 24,
    },
)
def change_policies(call: Call, handle: str) -> dict[str, Any]:
    """Say how parcels leave and come back, and in how many hours you answer."""
    brand = _own(call, handle)
    actions.save_policies(
        brand_id=brand.profile.id,
        actor_id=call.user_id,
        data=PoliciesInput(**call.data),
    )
    return _papers(brand)


@operation(
    id="studio_pictures_change",
    tag=TAG,
    scope=WRITE,
    takes=PicturesIn,
    gives=PapersOut,
    example={"picture_id": "k7m2p9qtxw4z"},
)
def change_pictures(call: Call, handle: str) -> dict[str, Any]:
    """Give the brand a picture and a cover, of those it stored (`picture_create`, acting as it)."""
    brand = _own(call, handle)
    found = own_pictures(owner_id=brand.profile.id, public_ids=set(call.data.values()))
    keys = {name: found[public_id] for name, public_id in call.data.items()}
    actions.save_pictures(
        brand_id=brand.profile.id,
        actor_id=call.user_id,
        picture_id=keys.get("picture_id"),
        cover_id=keys.get("cover_id"),
    )
    return _papers(brand)


@operation(
    id="studio_domain_claim",
    tag=TAG,
    scope=WRITE,
    takes=DomainIn,
    gives=PapersOut,
    example={"domain": "ondine-studio.example"},
)
def claim_domain(call: Call, handle: str) -> dict[str, Any]:
    """Say that a domain is the brand's. The answer says how to prove it."""
    brand = _own(call, handle)
    actions.claim_domain(
        brand_id=brand.profile.id, actor_id=call.user_id, domain=call.data["domain"]
    )
    return _papers(brand)


@operation(id="studio_domain_prove", tag=TAG, scope=WRITE, gives=ProvedOut)
def prove_domain(call: Call, handle: str) -> dict[str, bool]:
    """Let us look for the token at the claimed domain: up to ten seconds."""
    brand = _own(call, handle)
    verified = actions.prove_domain(brand_id=brand.profile.id, actor_id=call.user_id)
    return {"verified": verified}


@operation(id="studio_payout_read", tag=TAG, scope=READ, gives=PayoutOut)
def read_payout(call: Call, handle: str) -> PayoutData:
    """How the account stands to which the brand's money goes. Its owner needs a second factor."""
    account = payout_account(seller_id=_own(call, handle, protected=True).profile.id)
    if account is None:
        raise NotFound
    return account


@operation(id="studio_payout_open", tag=TAG, scope=WRITE, gives=PageOut)
def open_payout(call: Call, handle: str) -> dict[str, str]:
    """The address of the provider's page on which the owner names the account themselves."""
    brand = _own(call, handle, protected=True)
    file = brand_file(profile_id=brand.profile.id)
    if file is None or not (file.trader.name and file.trader.country):
        raise PaperRefused("name", _("Write the trader details first: the bank asks for them."))
    path = reverse("brands:payout", kwargs={"handle": brand.profile.handle})
    url = open_payout_page(
        seller_id=brand.profile.id,
        name=file.trader.name,
        country=file.trader.country,
        return_url=f"{settings.SITE_URL}{path}?back=1",
        actor_id=call.user_id,
    )
    return {"url": url}
