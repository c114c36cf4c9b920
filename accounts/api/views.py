"""Operations about people: who I am, profiles, follows, addresses, tokens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from accounts import actions, queries
from accounts.api.serializers import AddressIn, ProfileIn
from accounts.shapes import AddressOut, FollowOut, MeOut, ProfileOut, TokenOut
from accounts.types import AddressData, Call, ProfilePage, Viewer
from api.fields import CursorAsked
from api.operations import Results, operation
from api.pictures import own_pictures
from core.errors import NotFound

EDITORS = {"catalogue"}


@operation(id="me_read", tag="People", scope="profile", gives=MeOut)
def read_me(call: Call) -> Viewer:
    """Who asks, and for which brands they may act."""
    return call.viewer


@operation(id="profile_read", tag="People", scope="feed:read", who="anybody", gives=ProfileOut)
def read_profile(call: Call, handle: str) -> ProfilePage:
    """A person or brand by handle."""
    return _profile(handle, call.viewer)


def _profile(handle: str, viewer: Viewer) -> ProfilePage:
    found = queries.profile_by_handle(handle=handle, viewer=viewer)
    if found is None:
        raise NotFound
    return found


@operation(
    id="profile_change",
    tag="People",
    scope="profile",
    takes=ProfileIn,
    gives=ProfileOut,
    example={"bio": "Vases, thrown by hand in Marseille."},
)
def change_profile(call: Call) -> ProfilePage:
    """Change what others see of whom you act for: yourself, or one of your brands.

    What is left out stays as it is. A picture is stored first (`picture_create`).
    """
    viewer = call.viewer
    if viewer.acting is None:
        raise NotFound
    if viewer.acting_brand is not None:
        queries.require_brand_role(viewer=viewer, handle=viewer.acting.handle, roles=EDITORS)
    now = _profile(viewer.acting.handle, viewer)
    said: dict[str, Any] = {
        "name": now.ref.name,
        "handle": now.ref.handle,
        "bio": now.bio,
        "links": now.links,
        **call.data,
    }
    shown = {name for name in ("picture_id", "cover_id") if name in said}
    own = own_pictures(owner_id=viewer.acting.id, public_ids={said[name] for name in shown})
    said |= {name: own[said[name]] for name in shown}
    changed = actions.update_profile(profile_id=viewer.acting.id, actor_id=call.user_id, **said)
    return _profile(changed.handle, viewer)


def _network(call: Call, handle: str, of: Callable[..., queries.NetworkPage]) -> Results:
    profile_id = _profile(handle, call.viewer).ref.id
    page = of(profile_id=profile_id, viewer=call.viewer, cursor=call.query["cursor"])
    keys = [one.id for one in page.refs]
    followed = queries.is_following(follower_id=call.viewer.acting_id, followed_ids=keys)
    items = [{"profile": one, "following": one.id in followed} for one in page.refs]
    return Results(items=items, next={"cursor": page.next} if page.next else None)


@operation(
    id="profile_followers_list",
    tag="People",
    scope="feed:read",
    who="anybody",
    asks=CursorAsked,
    gives=FollowOut,
    many=True,
)
def list_followers(call: Call, handle: str) -> Results:
    """Who follows a person or brand, newest first, and whom of them you follow."""
    return _network(call, handle, queries.followers_of)


@operation(
    id="profile_following_list",
    tag="People",
    scope="feed:read",
    who="anybody",
    asks=CursorAsked,
    gives=FollowOut,
    many=True,
)
def list_following(call: Call, handle: str) -> Results:
    """Whom a person or brand follows, newest first, and whom of them you follow."""
    return _network(call, handle, queries.following_of)


@operation(id="profile_follow", tag="People", scope="feed:write", gives=FollowOut)
def follow(call: Call, handle: str) -> dict[str, object]:
    """Follow a person or brand. Twice is the same as once."""
    ref = _profile(handle, call.viewer).ref
    actions.follow(follower_id=call.voice_id, followed_id=ref.id)
    return {"profile": ref, "following": True}


@operation(id="profile_unfollow", tag="People", scope="feed:write", gives=FollowOut)
def unfollow(call: Call, handle: str) -> dict[str, object]:
    """Stop following."""
    ref = _profile(handle, call.viewer).ref
    actions.unfollow(follower_id=call.voice_id, followed_id=ref.id)
    return {"profile": ref, "following": False}


@operation(id="addresses_list", tag="Addresses", scope="profile", gives=AddressOut, many=True)
def list_addresses(call: Call) -> Results:
    """Your addresses, the one used first in front."""
    return Results(items=queries.addresses_for(user_id=call.user_id))


_ADDRESS = {
    "name": "Noor Haddad",
    "line1": "Lange Straße 5",
    "postcode": "10115",
    "city": "Berlin",
    "country": "DE",
}


@operation(
    id="address_create",
    tag="Addresses",
    scope="profile",
    takes=AddressIn,
    gives=AddressOut,
    status=201,
    example=_ADDRESS,
)
def create_address(call: Call) -> AddressData:
    """Keep an address. The first one is used first."""
    saved = actions.save_address(user_id=call.user_id, data=AddressData(**call.data))
    return queries.address_for(user_id=call.user_id, public_id=saved.public_id)


@operation(id="address_read", tag="Addresses", scope="profile", gives=AddressOut)
def read_address(call: Call, public_id: str) -> AddressData:
    """One of your addresses."""
    return queries.address_for(user_id=call.user_id, public_id=public_id)


@operation(
    id="address_change",
    tag="Addresses",
    scope="profile",
    takes=AddressIn,
    gives=AddressOut,
    example=_ADDRESS,
)
def change_address(call: Call, public_id: str) -> AddressData:
    """Write an address anew. Orders keep the copy that they were sent with."""
    actions.save_address(user_id=call.user_id, data=AddressData(public_id=public_id, **call.data))
    return queries.address_for(user_id=call.user_id, public_id=public_id)


@operation(id="address_delete", tag="Addresses", scope="profile")
def delete_address(call: Call, public_id: str) -> None:
    """Remove an address."""
    actions.delete_address(user_id=call.user_id, public_id=public_id)


@operation(id="address_use_first", tag="Addresses", scope="profile", gives=AddressOut)
def use_address_first(call: Call, public_id: str) -> AddressData:
    """Use an address first from now on."""
    actions.make_default_address(user_id=call.user_id, public_id=public_id)
    return queries.address_for(user_id=call.user_id, public_id=public_id)


@operation(id="tokens_list", tag="Tokens", scope="profile", gives=TokenOut, many=True)
def list_tokens(call: Call) -> Results:
    """Your tokens, newest first. New ones are made on the settings page only."""
    return Results(items=queries.tokens_for(user_id=call.user_id))


@operation(id="token_revoke", tag="Tokens", scope="profile")
def revoke_token(call: Call, public_id: str) -> None:
    """Withdraw a token, even the one that asks."""
    actions.revoke_token(user_id=call.user_id, public_id=public_id)
