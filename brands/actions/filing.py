"""What an owner writes into the papers, piece by piece."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from accounts import actions as accounts
from accounts.queries import brand_file, has_confirmed
from accounts.types import OrganizationData
from brands import notices
from brands.actions.submitting import ask_for_a_look
from brands.badge import refresh_badge
from brands.locking import locked_papers
from brands.trader import checked_trader
from brands.types import CodeRefused, PaperRefused
from catalog import actions as catalog
from catalog.types import PoliciesInput
from core import clock
from core.ratelimit import hit

CODE_LIFE = timedelta(minutes=15)
MAX_TRIES = 5
CODES_PER_HOUR = 6


@transaction.atomic
def save_trader_data(
    *,
    brand_id: int,
    actor_id: int,
    data: OrganizationData,
    unregistered: bool = False,
    vat_exempt: bool = False,
) -> None:
    """Keep who answers for a brand by law; postcode, phone and VAT number are brought in form.

    A change after approval asks operators for a fresh look and takes the badge meanwhile; the shop
    stays open. A contact address that the actor's account has confirmed needs no code. Raises
    TraderRefused with every field that is wrong, NotFound.
    """
    data = checked_trader(data)
    papers = locked_papers(brand_id)
    changed = accounts.save_trader(brand_id=brand_id, data=data)
    declared = (unregistered and not data.registration_number, vat_exempt and not data.vat_id)
    changed = changed or declared != (papers.unregistered, papers.vat_exempt)
    papers.unregistered, papers.vat_exempt = declared
    known = papers.confirmed_email != data.email and has_confirmed(
        user_id=actor_id, email=data.email
    )
    if known:
        papers.confirmed_email = data.email
        papers.code_digest, papers.code_until = "", None
    papers.save()
    if changed:
        accounts.record_act(brand_id=brand_id, actor_id=actor_id, act="brands.trader_changed")
    if known:
        accounts.record_act(brand_id=brand_id, actor_id=actor_id, act="brands.email_confirmed")
    if changed:
        ask_for_a_look(brand_id=brand_id, user_id=actor_id)


def send_code(*, brand_id: int) -> str:
    """Mail a code to the brand's contact address; answers the address.

    The code is good for a quarter of an hour. Raises PaperRefused without an address, TooMany.
    """
    hit(key=f"brand-code:{brand_id}", limit=CODES_PER_HOUR, per_seconds=3600)
    return _send_code(brand_id)


@transaction.atomic
def _send_code(brand_id: int) -> str:
    file = brand_file(profile_id=brand_id)
    if file is None or not file.trader.email:
        raise PaperRefused("email", _("Write the contact e-mail into the trader details first."))
    papers = locked_papers(brand_id)
    code = f"{secrets.randbelow(10**6):06d}"
    papers.code_email, papers.code_digest = file.trader.email, _digest(brand_id, code)
    papers.code_tries, papers.code_until = 0, clock.now() + CODE_LIFE
    papers.save()
    notices.send_code(brand=file.ref, email=file.trader.email, code=code)
    return file.trader.email


def confirm_code(*, brand_id: int, actor_id: int, code: str) -> None:
    """Confirm the contact address with the code from the mail. Raises CodeRefused.

    Five tries a code; an address that changed meanwhile needs a code of its own.
    """
    with transaction.atomic():
        right = _try_code(brand_id, code)
        if right:
            accounts.record_act(brand_id=brand_id, actor_id=actor_id, act="brands.email_confirmed")
    if not right:  # outside, so that the try stays counted
        raise CodeRefused


def _try_code(brand_id: int, code: str) -> bool:
    file = brand_file(profile_id=brand_id)
    papers = locked_papers(brand_id)
    live = papers.code_until is not None and papers.code_until > clock.now()
    if file is None or not live or papers.code_tries >= MAX_TRIES:
        return False
    digits = "".join(code.split())
    right = constant_time_compare(papers.code_digest, _digest(brand_id, digits))
    if right and papers.code_email == file.trader.email:
        papers.confirmed_email = papers.code_email
        papers.code_digest, papers.code_until = "", None
    else:
        right = False
        papers.code_tries += 1
    papers.save()
    return right


@transaction.atomic
def declare(*, brand_id: int, user_id: int, name: str) -> None:
    """A person declares for the brand that it offers only what complies with the law."""
    papers = locked_papers(brand_id)
    papers.declared_at, papers.declared_by_id = clock.now(), user_id
    papers.declared_name = name
    papers.save()
    accounts.record_act(brand_id=brand_id, actor_id=user_id, act="brands.declared", detail=name)


@transaction.atomic
def save_policies(*, brand_id: int, actor_id: int, data: PoliciesInput) -> None:
    """Keep how parcels leave and come back. Raises Invalid below the fourteen days of the law."""
    if not (data.delivery_policy and data.returns_policy):
        raise PaperRefused("returns_policy", _("Write both: how parcels leave and come back."))
    catalog.save_policies(profile_id=brand_id, data=data)
    accounts.record_act(brand_id=brand_id, actor_id=actor_id, act="brands.policies_changed")
    refresh_badge(brand_id=brand_id)


@transaction.atomic
def save_pictures(
    *, brand_id: int, actor_id: int, picture_id: int | None, cover_id: int | None
) -> None:
    """Give the brand a picture or a cover; None leaves what is there. Raises NotFound."""
    accounts.set_pictures(brand_id=brand_id, picture_id=picture_id, cover_id=cover_id)
    accounts.record_act(brand_id=brand_id, actor_id=actor_id, act="brands.pictures_changed")


def _digest(brand_id: int, code: str) -> str:
    return salted_hmac("brands.code", f"{brand_id}:{code}", algorithm="sha256").hexdigest()
