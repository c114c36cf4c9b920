"""Who changes a brand's papers, or what is drawn from them, comes one after the other."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.queries import brand_file
from brands.models import Papers
from core.errors import NotFound


def locked_papers(brand_id: int) -> Papers:
    """The papers of a brand, locked; made when an operator or a seed founded it without any."""
    if brand_file(profile_id=brand_id) is None:
        raise NotFound(_("There is no such brand."))
    Papers.objects.bulk_create([Papers(brand_id=brand_id)], ignore_conflicts=True)
    return Papers.objects.select_for_update().get(brand_id=brand_id)
