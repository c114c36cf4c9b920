"""Saves of somebody who has not signed up: kept in the session, merged at sign-up."""

from __future__ import annotations

from contextlib import suppress

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from accounts.queries import person_contact
from accounts.types import Viewer
from feed.actions import save_pin, save_product, save_service
from feed.errors import PinNotFound

KEY = "saved_pins"
PRODUCTS = "saved_products"
SERVICES = "saved_services"
LIMIT = 200


def guest_saves(*, viewer: Viewer, session: SessionBase) -> frozenset[str]:
    """Public ids of the pins a guest saved; empty for somebody signed in, whose saves are rows."""
    return _kept(viewer, session, KEY)


def guest_products(*, viewer: Viewer, session: SessionBase) -> frozenset[str]:
    """The same of products."""
    return _kept(viewer, session, PRODUCTS)


def guest_services(*, viewer: Viewer, session: SessionBase) -> frozenset[str]:
    """The same of services."""
    return _kept(viewer, session, SERVICES)


def _kept(viewer: Viewer, session: SessionBase, key: str) -> frozenset[str]:
    return frozenset() if viewer.acting is not None else frozenset(session.get(key, ()))


def keep(*, session: SessionBase, public_id: str, key: str = KEY) -> None:
    """Keep a pin, or with the key PRODUCTS or SERVICES one of these."""
    kept = [one for one in session.get(key, []) if one != public_id]
    session[key] = [*kept, public_id][-LIMIT:]


def drop(*, session: SessionBase, public_id: str, key: str = KEY) -> None:
    """Let go of it."""
    session[key] = [one for one in session.get(key, []) if one != public_id]


def merge(request: HttpRequest, user: AbstractBaseUser, _old_session_key: str) -> None:
    """Turn what the guest saved into saves of the person they became; a log-in hook."""
    kept: list[str] = request.session.pop(KEY, [])
    products: list[str] = request.session.pop(PRODUCTS, [])
    services: list[str] = request.session.pop(SERVICES, [])
    person = person_contact(user_id=user.pk) if kept or products or services else None
    if person is None:
        return
    for pin_id in kept:
        with suppress(PinNotFound):  # taken down since; there is nothing left to save
            save_pin(pin_id=pin_id, saver_id=person.profile_id)
    for product_id in products:
        with suppress(PinNotFound):
            save_product(product_id=product_id, saver_id=person.profile_id)
    for service_id in services:
        with suppress(PinNotFound):
            save_service(service_id=service_id, saver_id=person.profile_id)
