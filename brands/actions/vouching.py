"""An operator vouches for what only a brand itself could prove."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.actions import record_act
from accounts.queries import brand_file
from brands.actions.claiming import checked_domain
from brands.badge import refresh_badge
from brands.locking import locked_papers
from brands.models import DomainClaim
from brands.types import PaperRefused
from core import clock


@transaction.atomic
def vouch(*, brand_id: int, operator_id: int, domain: str = "") -> None:
    """The contact address, and the `domain` when one is named, are the brand's: an operator saw it
    by other means than our code and our token.

    For brands that an operator brings along, whose people cannot read a mail of ours yet. Raises
    NotFound, PaperRefused without a contact address, for something that is no domain, or for
    one that another brand has proved.
    """
    papers = locked_papers(brand_id)
    file = brand_file(profile_id=brand_id)
    if file is None or not file.trader.email:
        raise PaperRefused("email", _("Write the contact e-mail into the trader details first."))
    papers.confirmed_email = file.trader.email
    papers.code_digest, papers.code_until = "", None
    papers.save(update_fields=["confirmed_email", "code_digest", "code_until"])
    record_act(brand_id=brand_id, actor_id=operator_id, act="brands.email_confirmed")
    if domain:
        domain = checked_domain(domain)
        claim = {"domain": domain, "proved_at": clock.now()}
        try:
            with transaction.atomic():
                DomainClaim.objects.update_or_create(brand_id=brand_id, defaults=claim)
        except IntegrityError as error:
            said = _("Another brand has proved this domain before.")
            raise PaperRefused("domain", said) from error
        record_act(
            brand_id=brand_id, actor_id=operator_id, act="brands.domain_proved", subject=domain
        )
    refresh_badge(brand_id=brand_id)
