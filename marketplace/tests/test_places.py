"""The sweep of the browser knows every page: a new address is looked at, or says why it is not."""

from __future__ import annotations

import pytest

from accounts.testing import client_for, make_person
from marketplace.tests.browser.pages import PLACES
from marketplace.tests.world import addresses, methods_of

pytestmark = pytest.mark.django_db

# Addresses that answer to GET and show nothing of their own, by why that is so.
NO_PAGE = {
    "a file": """core:media brands:style brands:document pages:stylesheet pages:robots
        pages:sitemap_index pages:sitemap api_schema mfa_download_recovery_codes metrics""",
    "a part of a page": "pages:suggest notifications:badge mfa_login_webauthn",
    "leads on": """notifications:open feed:board_follow_link orders:checkout_return orders:claim
        orders:order_track orders:studio_ship account_logout""",
    "samples of what stands elsewhere": "pages:styleguide",
}
# Pages of who has a second factor or no password, by the scene that looks around there.
SEEN_ELSEWHERE = {
    "browser/test_passkeys": """mfa_authenticate mfa_view_recovery_codes mfa_generate_recovery_codes
        mfa_reauthenticate mfa_reauthenticate_webauthn mfa_edit_webauthn mfa_remove_webauthn
        mfa_deactivate_totp""",
    "browser/test_joining": "account_set_password",
}


def test_every_page_is_looked_at_by_a_browser() -> None:
    somebody = client_for(make_person())
    pages = {
        name
        for name, _parts in addresses()
        if "_api:" not in name and "get" in methods_of(name, somebody)
    }
    seen = {place.address for place in PLACES}
    excused = {
        name
        for table in (NO_PAGE, SEEN_ELSEWHERE)
        for names in table.values()
        for name in names.split()
    }
    assert pages - seen - excused == set(), "add it to PLACES, or say here why not"
    assert excused & seen == set(), "these are looked at"
    assert excused - pages == set(), "these are gone, or no pages any more"
