"""The address book of a user."""

from __future__ import annotations

import dataclasses

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions.locking import locked_user
from accounts.errors import TooManyAddresses
from accounts.models import Address
from accounts.types import AddressBefore, AddressData
from core.errors import NotFound

MAX_ADDRESSES = 20
_FIELDS = [
    field.name
    for field in dataclasses.fields(AddressData)
    if field.name not in ("public_id", "is_default")
]


def save_address(*, user_id: int, data: AddressData) -> AddressBefore:
    """Add an address, or change the user's own when `data.public_id` names one.

    Returns its id, and what `restore_address` needs. The first address is used first, and so is one
    with `is_default`. The fields must already be checked. Raises NotFound for a foreign or absent
    `public_id`, TooManyAddresses.
    """
    values = {name: getattr(data, name) for name in _FIELDS}
    with transaction.atomic():
        # The user's row is the lock of the address book: two tabs must not both make a first one.
        locked_user(user_id)
        was = None
        if data.public_id:
            address = _own(user_id, data.public_id)
            was = _said(address)
            for name, value in values.items():
                setattr(address, name, value)
        else:
            if Address.objects.filter(user_id=user_id).count() >= MAX_ADDRESSES:
                raise TooManyAddresses
            address = Address(user_id=user_id, **values)
        address.save()
        first = _use_first(user_id, address.public_id if data.is_default else "")
    return AddressBefore(public_id=address.public_id, was=was, first=first)


def make_default_address(*, user_id: int, public_id: str) -> str:
    """Use this address first from now on; returns the id of the one that was first until now, "" if
    it was this one. Raises NotFound for a foreign or absent one."""
    with transaction.atomic():
        locked_user(user_id)
        return _use_first(user_id, _own(user_id, public_id).public_id)


def delete_address(*, user_id: int, public_id: str) -> AddressBefore:
    """Remove an address and return what `restore_address` needs; the newest one left is used first
    then, if this one was.

    Raises NotFound for a foreign or absent one.
    """
    with transaction.atomic():
        locked_user(user_id)
        address = _own(user_id, public_id)
        was = _said(address)
        address.delete()
        _use_first(user_id)
    return AddressBefore(public_id=public_id, was=was, first=public_id if was.is_default else "")


def restore_address(*, user_id: int, before: AddressBefore) -> None:
    """Bring an address back as it was, whether it was changed or removed since, or take one away
    that is new; twice is once.

    `before` is what the act returned. Raises TooManyAddresses.
    """
    with transaction.atomic():
        locked_user(user_id)
        rows = Address.objects.filter(user_id=user_id)
        one = rows.filter(public_id=before.public_id)
        if before.was is None:
            one.delete()
        else:
            values = {name: getattr(before.was, name) for name in _FIELDS}
            if not one.update(**values):
                if rows.count() >= MAX_ADDRESSES:
                    raise TooManyAddresses
                Address.objects.create(user_id=user_id, public_id=before.public_id, **values)
        _use_first(user_id, before.first)


def _use_first(user_id: int, public_id: str = "") -> str:
    """Use the address of that id first, if there is such a one; else leave it, but see to it that
    there is a first one: the newest. Returns which was first, if that changed, or ''."""
    rows = Address.objects.filter(user_id=user_id)
    now = rows.filter(is_default=True).first()
    first = rows.filter(public_id=public_id).first() or now or rows.order_by("-id").first()
    if first is None or first == now:
        return ""
    rows.filter(is_default=True).update(is_default=False)
    rows.filter(pk=first.pk).update(is_default=True)
    return now.public_id if now else ""


def _said(address: Address) -> AddressData:
    return AddressData(
        **{name: str(getattr(address, name)) for name in _FIELDS},
        is_default=address.is_default,
        public_id=address.public_id,
    )


def _own(user_id: int, public_id: str) -> Address:
    address = Address.objects.filter(user_id=user_id, public_id=public_id).first()
    if address is None:
        raise NotFound(_("There is no such address."))
    return address
