"""A security key in software: what a browser would post of it."""

from __future__ import annotations

import hashlib
import json
import os
from typing import Any
from urllib.parse import urlsplit

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
)

from accounts.testing import Profile

FLAG = AuthenticatorData.FLAG
TOUCHED = FLAG.UP
VERIFIED = FLAG.UP | FLAG.UV


class SoftKey:
    """Belongs to one account. `sign` answers a challenge, with or without asking who holds it."""

    def __init__(self, person: Profile) -> None:
        self.person = person
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._id = os.urandom(16)
        self._site = hashlib.sha256((urlsplit(settings.SITE_URL).hostname or "").encode()).digest()
        public = ES256.from_cryptography_key(self._key.public_key())
        held = AttestedCredentialData.create(Aaguid(bytes(16)), self._id, public)
        made = AuthenticatorData.create(self._site, VERIFIED | FLAG.AT, 0, held)
        said = self._said("webauthn.create", websafe_encode(os.urandom(32)))
        credential = {
            **self._named(),
            "response": {
                "clientDataJSON": websafe_encode(said),
                "attestationObject": websafe_encode(AttestationObject.create("none", made, {})),
            },
            "clientExtensionResults": {"credProps": {"rk": True}},
        }
        self.row = Authenticator.objects.create(
            user_id=person.user_id,
            type=Authenticator.Type.WEBAUTHN,
            data={"name": "Key", "credential": credential},
        )

    def sign(self, challenge: str, flags: AuthenticatorData.FLAG) -> str:
        """The credential as a form posts it."""
        said = self._said("webauthn.get", challenge)
        data = AuthenticatorData.create(self._site, flags, 1)
        signed = self._key.sign(data + hashlib.sha256(said).digest(), ec.ECDSA(hashes.SHA256()))
        response = {
            "clientDataJSON": websafe_encode(said),
            "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(signed),
            "userHandle": websafe_encode(user_pk_to_url_str(self.person.user).encode()),
        }
        whole = {**self._named(), "response": response, "clientExtensionResults": {}}
        return json.dumps(whole)

    def _named(self) -> dict[str, Any]:
        name = websafe_encode(self._id)
        return {"id": name, "rawId": name, "type": "public-key"}

    @staticmethod
    def _said(kind: str, challenge: str) -> bytes:
        said = {"type": kind, "challenge": challenge, "origin": settings.SITE_URL}
        return json.dumps(said).encode()
