"""Public ids: short, stable for ever, safe to read aloud, and silent about counts."""

import secrets
from typing import Any

from django.db import models
from django.utils.crypto import salted_hmac

# No vowels (no accidental words), none of the signs that are taken for one another (l 1 i o 0 u v).
ALPHABET = "bcdfghjkmnpqrstwxyz23456789"
LENGTH = 12
SECRET_LENGTH = 28


def new_public_id() -> str:
    """Twelve signs, about 57 bits: enough to never meet twice, too many to walk through."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def public_id_for(*, what: str, of: str) -> str:
    """The public id of `what` there is one of for each `of`: the same whenever it is made again, as
    long as the server keeps its key, and telling nothing of `of` to who has not got that."""
    number = int.from_bytes(salted_hmac(f"id.{what}", of, algorithm="sha256").digest())
    signs = []
    for _ in range(LENGTH):
        number, place = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[place])
    return "".join(signs)


def is_public_id(text: str) -> bool:
    """Whether a public id could look like this; what cannot needs no question to the database."""
    return len(text) == LENGTH and all(sign in ALPHABET for sign in text)


def new_secret_id() -> str:
    """Twenty-eight signs, 133 bits: knowing it is the right to see what it names."""
    return "".join(secrets.choice(ALPHABET) for _ in range(SECRET_LENGTH))


class PublicIdField(models.CharField):  # type: ignore[type-arg]
    """A row's public id. By convention the attribute is called `public_id`."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", LENGTH)
        kwargs.setdefault("default", new_public_id)
        kwargs.setdefault("unique", True)
        kwargs.setdefault("editable", False)
        super().__init__(**kwargs)


class SecretIdField(PublicIdField):
    """A public id that cannot be guessed, for pages that need no log-in."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", SECRET_LENGTH)
        kwargs.setdefault("default", new_secret_id)
        super().__init__(**kwargs)
