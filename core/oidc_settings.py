"""OpenID Connect providers as the environment names them. Read by the settings: no models here."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

_NAME = re.compile(r"[a-z][a-z0-9]{0,29}")


@dataclass(frozen=True, kw_only=True)
class Provider:
    """One site whose accounts open ours.

    `slug` stands in addresses, `title` on buttons. `issuer` is what it calls itself, letter by
    letter: what it says of people counts under that name only.
    """

    slug: str
    title: str
    issuer: str
    client_id: str
    client_secret: str = field(default="", repr=False)


def providers_from(
    names: Sequence[str], environ: Mapping[str, str], *, production: bool
) -> tuple[Provider, ...]:
    """The providers of `names`, in that order; ImproperlyConfigured says what is missing."""
    found = tuple(_provider(name.strip().lower(), environ, production) for name in names)
    for what in ("slug", "issuer"):
        if len({getattr(one, what) for one in found}) < len(found):
            raise ImproperlyConfigured(f"Two providers in OIDC_PROVIDERS have the same {what}.")
    return found


def _provider(slug: str, environ: Mapping[str, str], production: bool) -> Provider:
    if not _NAME.fullmatch(slug):
        raise ImproperlyConfigured("OIDC_PROVIDERS takes names of letters and digits, with commas.")
    prefix = f"OIDC_{slug.upper()}"
    issuer = _needed(environ, f"{prefix}_ISSUER")
    parts = urlsplit(issuer)
    allowed = ("https",) if production else ("https", "http")
    if parts.scheme not in allowed or not parts.hostname or parts.query or parts.fragment:
        raise ImproperlyConfigured(f"{prefix}_ISSUER is no {' or '.join(allowed)} address.")
    return Provider(
        slug=slug,
        title=environ.get(f"{prefix}_TITLE") or slug.capitalize(),
        issuer=issuer,
        client_id=_needed(environ, f"{prefix}_CLIENT_ID"),
        client_secret=environ.get(f"{prefix}_CLIENT_SECRET", ""),
    )


def _needed(environ: Mapping[str, str], name: str) -> str:
    value = environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(f"Set {name}: OIDC_PROVIDERS names its provider.")
    return value
