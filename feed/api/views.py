"""Operations of the feed: walls, pins, saves and boards."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from accounts.queries import followed_ids, profile_by_handle
from accounts.types import Call
from api.fields import CursorAsked
from api.operations import Limit, Results, operation
from catalog.queries import categories, category_tree_ids
from core.errors import NotFound
from feed import actions, queries
from feed.api.serializers import (
    BoardAsked,
    BoardHeadOut,
    BoardIn,
    BoardPinsAsked,
    ExploreAsked,
    KeptAsked,
    KeptOut,
    OfferSaveIn,
    PinsOfAsked,
    SaveIn,
    WallAsked,
)
from feed.shapes import BoardOut, PinCardOut, PinOut, SavedOut
from feed.types import BoardPage, BoardRef, PinFilter, PinPage, Saved, WallPage

SAVES = Limit(name="save", times=120, seconds=60)


def page_of(wall: WallPage) -> Results:
    """One page of a wall, as operations answer."""
    return Results(items=wall.cards, next=dict(parse_qsl(wall.next)) if wall.next else None)


def _position(call: Call) -> queries.Position:
    return queries.parse_position(scroll=call.query["scroll"], page=call.query["page"], upto="")


@operation(
    id="wall_home_list",
    tag="Walls",
    scope="feed:read",
    asks=WallAsked,
    gives=PinCardOut,
    many=True,
)
def list_home(call: Call) -> Results:
    """Home: whom you follow, what they save, what you like. Each pin says why it is there."""
    _ = call.acting_id  # an operator without a profile has no wall
    return page_of(queries.home_timeline(viewer=call.viewer, position=_position(call)))


@operation(
    id="wall_following_list",
    tag="Walls",
    scope="feed:read",
    asks=CursorAsked,
    gives=PinCardOut,
    many=True,
)
def list_following(call: Call) -> Results:
    """Only whom you follow, and what says a hashtag that you follow, strictly newest first."""
    _ = call.acting_id
    return page_of(queries.following_timeline(viewer=call.viewer, cursor=call.query["cursor"]))


@operation(
    id="wall_explore_list",
    tag="Walls",
    scope="feed:read",
    who="anybody",
    asks=ExploreAsked,
    gives=PinCardOut,
    many=True,
)
def list_explore(call: Call) -> Results:
    """The popular wall, of everything or of one category (its slug)."""
    category = call.query["category"] or None
    if category is not None and category not in {item.slug for item in categories()}:
        raise NotFound
    return page_of(
        queries.explore_wall(viewer=call.viewer, category=category, position=_position(call))
    )


@operation(id="pin_read", tag="Pins", scope="feed:read", who="anybody", gives=PinOut)
def read_pin(call: Call, public_id: str) -> PinPage:
    """A pin with the products on it, at the prices of now."""
    page = queries.pin_page(public_id=public_id, viewer=call.viewer)
    if page is None:
        raise NotFound
    return page


@operation(
    id="pin_related_list",
    tag="Pins",
    scope="feed:read",
    who="anybody",
    gives=PinCardOut,
    many=True,
)
def list_related(call: Call, public_id: str) -> Results:
    """Pins like this one."""
    if not queries.pin_cards(public_ids=[public_id], viewer=call.viewer):
        raise NotFound
    return Results(items=queries.related_pins(public_id=public_id, viewer=call.viewer))


@operation(
    id="pin_save",
    tag="Pins",
    scope="feed:write",
    takes=SaveIn,
    gives=SavedOut,
    limit=SAVES,
    example={"new_board": "A corner to read in", "note": "Fits the niche, measured."},
)
def save(call: Call, public_id: str) -> Saved:
    """Put a pin on one of your boards: a named one, a new one, or the one used last. Saved again it
    stays where it is; a `note` takes the place of your last."""
    title, board_id = call.data.get("new_board"), call.data.get("board")
    who: dict[str, Any] = {
        "pin_id": public_id,
        "saver_id": call.voice_id,
        "user_id": call.viewer.brand_actor_id,
        "note": call.data["note"],
    }
    if title:
        return actions.save_to_new_board(**who, title=title)
    return actions.save_pin(**who, board_id=board_id)


@operation(
    id="pin_unsave",
    tag="Pins",
    scope="feed:write",
    asks=BoardAsked,
    gives=BoardOut,
    many=True,
)
def unsave(call: Call, public_id: str) -> Results:
    """Take a pin off a board of yours, or off all; answers with the boards that it left."""
    gone = actions.unsave_pin(
        pin_id=public_id,
        saver_id=call.voice_id,
        board_id=call.query.get("board"),
        user_id=call.viewer.brand_actor_id,
    )
    return Results(items=gone.boards)


@operation(
    id="product_save",
    tag="Products",
    scope="feed:write",
    takes=OfferSaveIn,
    gives=SavedOut,
    limit=SAVES,
    example={},
)
def save_product(call: Call, public_id: str) -> Saved:
    """Put a product on one of your boards, the one used last where none is named. What lies there
    is the pin of its seller that stands for it."""
    return actions.save_product(
        product_id=public_id,
        saver_id=call.voice_id,
        board_id=call.data.get("board"),
        note=call.data["note"],
        user_id=call.viewer.brand_actor_id,
    )


@operation(
    id="product_unsave",
    tag="Products",
    scope="feed:write",
    asks=BoardAsked,
    gives=BoardOut,
    many=True,
)
def unsave_product(call: Call, public_id: str) -> Results:
    """Take a product off a board of yours, or off all; answers with the boards that it left."""
    gone = actions.unsave_product(
        product_id=public_id,
        saver_id=call.voice_id,
        board_id=call.query.get("board"),
        user_id=call.viewer.brand_actor_id,
    )
    return Results(items=gone.boards)


@operation(
    id="service_save",
    tag="Services",
    scope="feed:write",
    takes=OfferSaveIn,
    gives=SavedOut,
    limit=SAVES,
    example={},
)
def save_service(call: Call, public_id: str) -> Saved:
    """Put a service on one of your boards, the one used last where none is named. What lies there
    is the pin of its seller that stands for it."""
    return actions.save_service(
        service_id=public_id,
        saver_id=call.voice_id,
        board_id=call.data.get("board"),
        note=call.data["note"],
        user_id=call.viewer.brand_actor_id,
    )


@operation(
    id="service_unsave",
    tag="Services",
    scope="feed:write",
    asks=BoardAsked,
    gives=BoardOut,
    many=True,
)
def unsave_service(call: Call, public_id: str) -> Results:
    """Take a service off a board of yours, or off all; answers with the boards that it left."""
    gone = actions.unsave_service(
        service_id=public_id,
        saver_id=call.voice_id,
        board_id=call.query.get("board"),
        user_id=call.viewer.brand_actor_id,
    )
    return Results(items=gone.boards)


def _boards(call: Call, profile_id: int) -> Results:
    page = queries.boards_of(profile_id=profile_id, viewer=call.viewer, cursor=call.query["cursor"])
    return Results(items=page.boards, next={"cursor": page.next} if page.next else None)


@operation(
    id="boards_list",
    tag="Boards",
    scope="feed:read",
    asks=CursorAsked,
    gives=BoardOut,
    many=True,
)
def list_boards(call: Call) -> Results:
    """Boards that you made or joined, last used first, secret ones too."""
    return _boards(call, call.acting_id)


@operation(
    id="boards_search_list",
    tag="Boards",
    scope="feed:read",
    asks=KeptAsked,
    gives=KeptOut,
    many=True,
)
def search_boards(call: Call) -> Results:
    """What answers some words of all that you keep: boards that you made or joined and the pins on
    them, secret ones too, the best first. `board` narrows to the pins of one."""
    _ = call.acting_id
    found = queries.search_kept(
        viewer=call.viewer,
        text=call.query["q"],
        board_id=call.query.get("board", ""),
        page=call.query["cursor"],
    )
    if found is None:
        raise NotFound
    items: list[dict[str, Any]] = [{"board": one, "pin": None, "on": []} for one in found.boards]
    items += [{"board": None, "pin": one.card, "on": one.boards} for one in found.pins]
    return Results(items=items, next={"cursor": found.next} if found.next else None)


@operation(
    id="board_create",
    tag="Boards",
    scope="feed:write",
    takes=BoardIn,
    gives=BoardOut,
    status=201,
    example={"title": "A corner to read in", "secret": True},
)
def create_board(call: Call) -> BoardRef:
    """Make a board."""
    board = actions.create_board(
        owner_id=call.voice_id, user_id=call.viewer.brand_actor_id, **call.data
    )
    return _board(call, board.public_id).board


def _board(call: Call, public_id: str) -> BoardPage:
    page = queries.board_page(public_id=public_id, viewer=call.viewer)
    if page is None:
        raise NotFound
    return page


@operation(id="board_read", tag="Boards", scope="feed:read", who="anybody", gives=BoardHeadOut)
def read_board(call: Call, public_id: str) -> BoardPage:
    """A board and whose it is."""
    return _board(call, public_id)


@operation(
    id="board_pins_list",
    tag="Boards",
    scope="feed:read",
    who="anybody",
    asks=BoardPinsAsked,
    gives=PinCardOut,
    many=True,
)
def list_board_pins(call: Call, public_id: str) -> Results:
    """The pins of a board as they stand on it, of all its parts or of one. `reason` quotes the note
    of who saved it, or says whom it is from on a board of several."""
    wall = queries.board_wall(public_id=public_id, viewer=call.viewer, **call.query)
    if wall is None:
        raise NotFound
    return page_of(wall)


def _profile_id(call: Call, handle: str) -> int:
    found = profile_by_handle(handle=handle, viewer=call.viewer)
    if found is None:
        raise NotFound
    return found.ref.id


@operation(
    id="profile_boards_list",
    tag="Boards",
    scope="feed:read",
    who="anybody",
    asks=CursorAsked,
    gives=BoardOut,
    many=True,
)
def list_boards_of(call: Call, handle: str) -> Results:
    """Boards that somebody made or joined, last used first."""
    return _boards(call, _profile_id(call, handle))


@operation(
    id="profile_pins_list",
    tag="Pins",
    scope="feed:read",
    who="anybody",
    asks=PinsOfAsked,
    gives=PinCardOut,
    many=True,
)
def list_pins_of(call: Call, handle: str) -> Results:
    """Somebody's pins, newest first; all, or those for which everything holds that is asked."""
    asked = call.query
    wanted = PinFilter(
        categories=tuple(category_tree_ids(slugs=[asked["category"]]))
        if asked["category"]
        else None,
        looks=asked["looks"],
        savers=tuple(followed_ids(profile_id=call.acting_id)) if asked["saved"] else None,
        price_below=asked.get("price_below"),
        lead_days=0 if asked["ships_today"] else None,
    )
    return page_of(
        queries.pins_of(
            author_id=_profile_id(call, handle),
            viewer=call.viewer,
            wanted=wanted,
            cursor=asked["cursor"],
        )
    )
