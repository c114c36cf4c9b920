"""The address book of a user."""

from __future__ import annotations

import dataclasses

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions.locking import locked_user
from accounts.errors import TooManyAddresses
from accounts.models import Address
from accounts.types import AddressData
from core.errors import NotFound

MAX_ADDRESSES = 20
_FIELDS = [
    field.name
    for field in dataclasses.fields(AddressData)
    if field.name not in ("public_id", "is_default")
]


def save_address(*, user_id: int, data: AddressData) -> str:
    """Add an address, or change the user's own when `data.public_id` names one; returns its id.

    The first address is used first, and so is one with `is_default`. The fields must already be
    checked. Raises NotFound for a foreign or absent `public_id`, TooManyAddresses.
    """
    values = {name: getattr(data, name) for name in _FIELDS}
    with transaction.atomic():
        # The user's row is the lock of the address book: two tabs must not both make a first one.
        locked_user(user_id)
        rows = Address.objects.filter(user_id=user_id)
        if data.public_id:
            address = _own(user_id, data.public_id)
            for name, value in values.items():
                setattr(address, name, value)
        else:
            if rows.count() >= MAX_ADDRESSES:
                raise TooManyAddresses
            address = Address(user_id=user_id, **values)
        if data.is_default or not rows.filter(is_default=True).exists():
            rows.filter(is_default=True).update(is_default=False)
            address.is_default = True
        address.save()
    return str(address.public_id)


def make_default_address(*, user_id: int, public_id: str) -> None:
    """Use this address first from now on. Raises NotFound for a foreign or absent one."""
    with transaction.atomic():
        locked_user(user_id)
        address = _own(user_id, public_id)
        Address.objects.filter(user_id=user_id, is_default=True).update(is_default=False)
        Address.objects.filter(pk=address.pk).update(is_default=True)


def delete_address(*, user_id: int, public_id: str) -> AddressData:
    """Remove an address and return what it was; the newest one left is used first then.

    Raises NotFound for a foreign or absent one.
    """
    with transaction.atomic():
        locked_user(user_id)
        address = _own(user_id, public_id)
        was = AddressData(
            **{name: str(getattr(address, name)) for name in _FIELDS},
            is_default=address.is_default,
            public_id=address.public_id,
        )
        address.delete()
        newest = Address.objects.filter(user_id=user_id).order_by("-id").first()
        if was.is_default and newest is not None:
            Address.objects.filter(pk=newest.pk).update(is_default=True)
    return was


def restore_address(*, user_id: int, was: AddressData) -> None:
    """Bring an address back as it was, whether it was changed or removed since; twice is once.

    `was` is what `address_for` or `delete_address` told of it. Raises TooManyAddresses.
    """
    values = {name: getattr(was, name) for name in _FIELDS}
    with transaction.atomic():
        locked_user(user_id)
        rows = Address.objects.filter(user_id=user_id)
        if not rows.filter(public_id=was.public_id).update(**values):
            if rows.count() >= MAX_ADDRESSES:
                raise TooManyAddresses
            Address.objects.create(user_id=user_id, public_id=was.public_id, **values)
        if was.is_default or not rows.filter(is_default=True).exists():
            rows.filter(is_default=True).update(is_default=False)
            rows.filter(public_id=was.public_id).update(is_default=True)


def _own(user_id: int, public_id: str) -> Address:
    address = Address.objects.filter(user_id=user_id, public_id=public_id).first()
    if address is None:
        raise NotFound(_("There is no such address."))
    return address
