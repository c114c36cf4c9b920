"""A brand's papers for tests: complete ones, and pieces of them, through the real actions."""

from __future__ import annotations

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.actions import set_pictures
from accounts.testing import Profile, make_brand, make_person, owner_of
from accounts.types import OrganizationData
from brands import actions
from brands.models import PaperDocument, Papers
from catalog.testing import make_delivery_method, make_image
from catalog.types import PoliciesInput
from core.ids import new_public_id
from payments.testing import make_payout_account

TRADER = OrganizationData(
    name="Kiln & Co GmbH",
    registration_number="HRB 12345, Hamburg",
    vat_id="DE136695976",
    email="office@kiln.example",
    phone="+49 40 35550123",
    line1="Hafenstraße 1",
    postcode="20457",
    city="Hamburg",
    country="DE",
)


def make_draft(*, owner: Profile | None = None, name: str = "Kiln & Co") -> Profile:
    """A brand that was begun a moment ago; its owner has the log-in."""
    owner = owner or make_person()
    assert owner.user_id is not None
    ref = actions.found_brand(user_id=owner.user_id, name=name)
    return Profile.objects.get(pk=ref.id)


def user_of(brand: Profile) -> int:
    """Primary key of the user who owns the brand."""
    user_id = owner_of(brand).user_id
    assert user_id is not None
    return user_id


def complete(brand: Profile) -> None:
    """Fill in all papers, as an owner would."""
    user_id = user_of(brand)
    actions.save_trader_data(brand_id=brand.pk, actor_id=user_id, data=TRADER)
    Papers.objects.filter(brand=brand).update(confirmed_email=TRADER.email)
    actions.declare(brand_id=brand.pk, user_id=user_id, name="Mara Lindqvist")
    actions.save_policies(
        brand_id=brand.pk,
        actor_id=user_id,
        data=PoliciesInput(
            return_days=30,
            returns_policy="Unused, within 30 days.",
            delivery_policy="Parcels leave on working days.",
        ),
    )
    image = make_image(owner_id=brand.pk)
    set_pictures(brand_id=brand.pk, picture_id=image.pk, cover_id=image.pk)
    make_delivery_method(seller=brand)
    make_payout_account(seller=brand)


def make_submitted(*, name: str = "Kiln & Co") -> Profile:
    """A brand with complete papers that waits for an operator."""
    brand = make_draft(name=name)
    complete(brand)
    actions.submit_papers(brand_id=brand.pk, user_id=user_of(brand))
    return brand


def pdf_file(words: str = "Register", *, name: str = "extract.pdf") -> SimpleUploadedFile:
    """The smallest file that passes for a PDF; other words make another one."""
    return SimpleUploadedFile(name, f"%PDF-1.4\n% {words}\n%%EOF\n".encode(), "application/pdf")


def make_document(
    brand: Profile, *, kind: str = "register", good_until: date | None = None
) -> PaperDocument:
    """A document among a brand's papers, unlike any other."""
    file = pdf_file(f"{kind} {new_public_id()}", name=f"{kind}.pdf")
    added = actions.add_document(
        brand_id=brand.pk, actor_id=user_of(brand), kind=kind, file=file, good_until=good_until
    )
    return PaperDocument.objects.get(public_id=added)


__all__ = [
    "TRADER",
    "complete",
    "make_brand",
    "make_document",
    "make_draft",
    "make_submitted",
    "pdf_file",
    "user_of",
]
