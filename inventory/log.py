"""What the log of a brand's team says about stock."""

from collections import defaultdict
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import acts
from accounts.actions import record_act
from catalog.queries import variant_names

COUNTED = "inventory.stock_changed"
MARKED = "inventory.mark_changed"


def register() -> None:
    """Make them known; once, when the app is ready."""
    acts.register(COUNTED, gettext_lazy("changed the stock"), group="products")
    acts.register(MARKED, gettext_lazy("changed when stock counts as low"), group="products")


def record(variant_pks: Sequence[int], act: str, *, actor_id: int | None, detail: str) -> None:
    """A line for each brand whose variants these are, in the caller's transaction."""
    by_seller = defaultdict(list)
    for name in variant_names(variant_pks=variant_pks).values():
        by_seller[name.seller_id].append(name.words)
    for seller_id, words in by_seller.items():
        more = len(words) - 1
        subject = words[0] if not more else _("%(first)s and %(more)d more")
        record_act(
            brand_id=seller_id,
            actor_id=actor_id,
            act=act,
            subject=subject % {"first": words[0], "more": more} if more else subject,
            detail=detail,
        )
