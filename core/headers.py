"""What every answer tells a browser, whichever process gives it."""

from django.conf import settings


def permissions() -> str:
    """The value of Permissions-Policy."""
    return ", ".join(f"{name}={allowed}" for name, allowed in settings.PERMISSIONS_POLICY.items())


def protecting() -> dict[str, str]:
    """The headers by name that Django's and our middleware set, for answers that pass neither.

    The policy of contents is not among them: it depends on what is answered.
    """
    found = {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": settings.X_FRAME_OPTIONS,
        "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
        "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
        "Permissions-Policy": permissions(),
    }
    if settings.SECURE_HSTS_SECONDS:
        # Browsers pass it over where it comes without TLS.
        found["Strict-Transport-Security"] = "; ".join(
            [
                f"max-age={settings.SECURE_HSTS_SECONDS}",
                *(["includeSubDomains"] if settings.SECURE_HSTS_INCLUDE_SUBDOMAINS else []),
                *(["preload"] if settings.SECURE_HSTS_PRELOAD else []),
            ]
        )
    return found
