"""A brand proves that a domain is its own: whoever can put our token there is it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from accounts.actions import record_act
from brands.badge import refresh_badge
from brands.locking import locked_papers
from brands.models import DomainClaim
from brands.queries import META, WELL_KNOWN
from brands.types import NotProved, PaperRefused
from core import clock
from core.errors import NotFound, TooMany
from core.http import FetchRefused, fetch
from core.ratelimit import hit

MAX_BYTES = 256 * 1024
LOOKS_PER_HOUR = 20
LOOK_SECONDS = 3.0
# Whoever looks keeps a page process busy, of which there is one a core: half of them at most.
PLACES = max(1, (os.cpu_count() or 1) // 2)
_LOOKING = 0x70726F76  # and the next few: numbers that no other advisory lock uses
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN = re.compile(rf"(?:{_LABEL}\.)+(?!\d+$){_LABEL}")


@transaction.atomic
def claim_domain(*, brand_id: int, actor_id: int, domain: str) -> None:
    """Say that a domain is the brand's; another one starts over. Raises PaperRefused, NotFound."""
    domain = checked_domain(domain)
    locked_papers(brand_id)  # two who press at once find each other's claim
    claim = DomainClaim.objects.filter(brand_id=brand_id).first()
    if claim is not None and claim.domain == domain:
        return
    DomainClaim.objects.filter(brand_id=brand_id).delete()
    DomainClaim.objects.create(brand_id=brand_id, domain=domain)
    record_act(brand_id=brand_id, actor_id=actor_id, act="brands.domain_claimed", subject=domain)
    refresh_badge(brand_id=brand_id)


def prove_domain(*, brand_id: int, actor_id: int) -> bool:
    """Look for the token at the domain; True when the brand has the badge by that.

    Asks the file first, then the front page: three seconds for each at most. Raises NotFound
    without a claim, NotProved with the reason (one is that another domain was named while we
    looked), TooMany after twenty looks in an hour, and while others look in all PLACES.
    """
    claim = DomainClaim.objects.filter(brand_id=brand_id).first()
    if claim is None:
        raise NotFound(_("Name the domain first."))
    # The place first: who meets nothing but others has not looked. While the cache is away the try
    # is counted in this transaction, and a second look of the same brand waits for the first.
    with _a_place():
        hit(key=f"brand-domain:{brand_id}", limit=LOOKS_PER_HOUR, per_seconds=3600)
        problem = _look(claim)
    DomainClaim.objects.filter(pk=claim.pk).update(asked_at=clock.now())
    if problem:
        raise NotProved(problem)
    try:
        with transaction.atomic():
            same = DomainClaim.objects.filter(pk=claim.pk, domain=claim.domain)
            if not same.update(proved_at=clock.now()):
                raise NotProved(_("Another domain was named while we looked. Look again."))
            record_act(
                brand_id=brand_id,
                actor_id=actor_id,
                act="brands.domain_proved",
                subject=claim.domain,
            )
    except IntegrityError as error:
        raise NotProved(_("Another brand has proved this domain before.")) from error
    return refresh_badge(brand_id=brand_id)


@contextmanager
def _a_place() -> Iterator[None]:
    """One of the few places in the whole market from which is looked.

    Raises TooMany while all are taken: whoever comes meanwhile is asked to come again.
    """
    with transaction.atomic():
        if not any(_is_free(_LOOKING + number) for number in range(PLACES)):
            raise TooMany(int(2 * LOOK_SECONDS))
        yield


def _is_free(place: int) -> bool:
    """Whether this transaction has the place from now on."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [place])
        return bool(cursor.fetchone()[0])


def checked_domain(text: str) -> str:
    """The domain in lower case and in plain letters, or PaperRefused."""
    text = text.strip().lower().removeprefix("https://").removeprefix("http://").rstrip("/.")
    try:
        domain = text.encode("idna").decode()
    except UnicodeError:
        domain = ""
    if len(domain) > 253 or not _DOMAIN.fullmatch(domain):
        raise PaperRefused("domain", _("Write a domain, like ondine-studio.example."))
    return domain


def _look(claim: DomainClaim) -> str:
    """What is wrong, or '' when the token is there."""
    file = _read(claim.domain, WELL_KNOWN)
    if file is not None and constant_time_compare(file.strip(), claim.token):
        return ""
    page = _read(claim.domain, "/")
    if page is None and file is None:
        return _("We could not open %(domain)s. Is it on the open web, with https?") % {
            "domain": claim.domain
        }
    if any(constant_time_compare(token, claim.token) for token in _tokens(page or "")):
        return ""
    return _("%(domain)s answers, but the token is neither in the file nor on the front page.") % {
        "domain": claim.domain
    }


def _tokens(page: str) -> list[str]:
    reader = _Tokens()
    try:
        reader.feed(page)
    except AssertionError:
        pass  # html.parser's word for marked sections that it does not know; keep what was read
    return reader.found


class _Tokens(HTMLParser):
    """Collects what the meta tags of our name hold."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Called by the parser for each opening tag."""
        values = dict(attrs)
        if tag == "meta" and values.get("name") == META:
            self.found.append(values.get("content") or "")


def _read(domain: str, path: str) -> str | None:
    """The text at a path of the domain; None when there is none to be had."""
    try:
        address = settings.CLAIM_ADDRESS.format(domain=domain, path=path)
        found = fetch(address, max_bytes=MAX_BYTES, timeout=LOOK_SECONDS)
    except FetchRefused:
        return None
    return found.body.decode(errors="replace") if found.status == 200 else None
