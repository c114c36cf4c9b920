"""What of conversations goes with an account: the name and the address, not the brand's record."""

from __future__ import annotations

from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from accounts.actions.erasure_hooks import Leaver
from messaging.models import Enquiry


def erase(leaver: Leaver) -> None:
    """Questions stay with the brand that answered them, and name nobody."""
    gone = {"name": _("Deleted account"), "email": "", "digest": ""}
    Enquiry.objects.filter(asker=leaver.profile_id).update(**gone, asker=None)
    # Asked as a guest or in the name of a brand, it was answered at the person's own address.
    theirs = Enquiry.objects.alias(address=Lower("email")).filter(address=leaver.email.lower())
    theirs.filter(asker=None).update(**gone)
    theirs.update(email="", digest="")
