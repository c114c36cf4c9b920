"""Where to go next, when the browser says where it wants to go."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def safe_next(request: HttpRequest, default: str = "/", *, field: str = "next") -> str:
    """The path that the form or query names in `field`, or `default` if it leaves this site.

    Only a path of our own is taken: no scheme, no host, no control character.
    """
    wanted = request.POST.get(field) or request.GET.get(field) or ""
    return wanted if is_own_path(wanted) else default


def is_own_path(wanted: str) -> bool:
    """Whether `wanted` is a path on this site in the eyes of every browser."""
    if not wanted.startswith("/") or len(wanted) > 2_000:
        return False
    if any(ord(sign) < 0x20 or ord(sign) == 0x7F for sign in wanted):
        return False
    return url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
