"""Nobody is let in whose papers lack something."""

from __future__ import annotations

from django.utils.translation import gettext as _

from brands.items import checklist_items
from brands.queries import evidence_of
from core.errors import Conflict


def check_complete(brand_id: int) -> None:
    """Raises Conflict with the titles of what is missing, awaited, or refused by the bank.

    What an operator sent back is not asked about: whoever approves decides that anew. Five queries.
    """
    items = checklist_items(evidence_of(brand_id=brand_id), refused={})
    missing = [item.title for item in items if not item.done]
    if missing:
        said = _("The papers are not complete. Missing: %(titles)s.")
        raise Conflict(said % {"titles": ", ".join(missing)})
