"""What a browser does on its way to a provider of log-ins and back, for tests."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import httpx
from allauth.account.models import EmailAddress
from django.test import Client

from accounts import actions
from accounts.models import Profile, ProviderLogIn, User
from accounts.testing import PASSWORD
from core.oidc import Identity
from core.oidc_testing import ProviderDouble

BEGIN = "/log-in/double/"
JOIN = "/log-in/double/join/"
ACCOUNT = "/settings/account/"


def go(client: Client, path: str = BEGIN, **form: str) -> str:
    """Press the button; where the page leads to at the provider."""
    page = client.post(path, form)
    assert page.status_code == 200, page.content
    found = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', page.content.decode())
    assert found is not None
    return unescape(found[1])


def there(address: str) -> str:
    """What the provider does with a browser at its door: the path on which it comes back."""
    back = urlsplit(httpx.get(address).headers["Location"])
    assert f"{back.scheme}://{back.netloc}" == "http://localhost:8000"
    return f"{back.path}?{back.query}"


def come_back(client: Client, path: str = BEGIN, **form: str) -> Any:
    return client.get(there(go(client, path, **form)))


def is_in(client: Client) -> bool:
    return client.get("/settings/").status_code == 200


def connected(double: ProviderDouble, person: Profile, *, email: str = "x@mail.example") -> Profile:
    assert person.user_id is not None
    identity = Identity(subject=double.person.subject, email=email)
    actions.connect_provider(user_id=person.user_id, issuer=double.url, identity=identity)
    return person


def without_password(person: Profile) -> Profile:
    assert person.user is not None
    person.user.set_unusable_password()
    person.user.save()
    return person


def fingerprint() -> list[object]:
    return [
        list(User.objects.order_by("pk").values()),
        list(Profile.objects.order_by("pk").values_list("pk", "name")),
        list(EmailAddress.objects.order_by("pk").values()),
        list(ProviderLogIn.objects.order_by("pk").values_list("pk", "user_id", "subject")),
    ]


def again(client: Client) -> None:
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
