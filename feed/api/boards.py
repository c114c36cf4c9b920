"""Operations on a board: its words, sections, order, and who else keeps it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from rest_framework import serializers

from accounts.types import Call
from api.fields import Choice, Flag, Id, In, Out, Text, Word
from api.operations import Limit, operation
from core.errors import NotFound
from feed import actions, queries
from feed.api.serializers import BoardHeadOut, NoteIn
from feed.types import MAX_BOARD_TEXT, BoardPage, Moved, NoteChange

TAG = "Boards"
INVITATIONS = Limit(name="invite", times=30, seconds=3600)
_MOST_PINS = 200


class BoardChangeIn(In):
    """A board as its owner describes it, whole. `cover` is a pin on it, null for none; without it
    the board keeps its own."""

    title = Text(limit=80)
    text = Text(limit=MAX_BOARD_TEXT, multiline=True, required=False, allow_blank=True, default="")
    secret = Flag(required=False, default=False)
    cover = Id(required=False, allow_null=True)


class UndoOut(Out):
    """`undo` puts back what was taken away, for a day ('' where there is no way back)."""

    undo = serializers.CharField()


class UndoIn(In):
    """What an act that took something away answered."""

    undo = Word(most=60)


class UndoneOut(Out):
    """The title of what is back."""

    title = serializers.CharField()


class SectionIn(In):
    """The name of a section."""

    title = Text(limit=80)


class SectionOut(Out):
    """The reference of a section."""

    id = serializers.CharField()


class MoveSectionIn(In):
    """One place up or down."""

    to = Choice(choices=[("up", "up"), ("down", "down")])


class MovePinIn(In):
    """Where a pin goes: a step, an end, or right before or behind another pin of its part."""

    to = Choice(
        choices=[(one, one) for one in ("earlier", "later", "first", "last")], required=False
    )
    before = Id(required=False)
    behind = Id(required=False)

    def validate(self, attrs: Any) -> Any:
        """One of them."""
        if len(attrs) != 1:
            raise serializers.ValidationError("to, before or behind", code="one")
        return attrs


class StandsOut(Out):
    """Where a pin stands now, counted from 1, among how many."""

    place = serializers.IntegerField()
    total = serializers.IntegerField()


class MovePinsIn(In):
    """Pins, and where they go: to another board of yours, to a section, or out of one (null)."""

    pins = serializers.ListField(child=Id(), allow_empty=False, max_length=_MOST_PINS)
    to_board = Id(required=False, allow_null=True, default=None)
    to_section = Id(required=False, allow_null=True, default=None)


class PinsIn(In):
    """Pins of the board."""

    pins = serializers.ListField(child=Id(), allow_empty=False, max_length=_MOST_PINS)


class MovedOut(Out):
    """How many were moved or taken away, and what `undo` takes ('' where there is no way back)."""

    count = serializers.IntegerField()
    undo = serializers.CharField()


class HandleIn(In):
    """Whom to ask."""

    handle = Word(most=60)


class AcceptIn(In):
    """Yes or no."""

    accept = Flag()


def _board(call: Call, public_id: str) -> BoardPage:
    page = queries.board_page(public_id=public_id, viewer=call.viewer)
    if page is None:
        raise NotFound
    return page


@operation(
    id="board_change",
    tag=TAG,
    scope="feed:write",
    takes=BoardChangeIn,
    gives=BoardHeadOut,
    example={"title": "A corner to read in", "text": "Warm light, one chair."},
)
def change(call: Call, public_id: str) -> BoardPage:
    """Describe your board anew."""
    data = dict(call.data)
    if "cover" in data:
        data["cover"] = data["cover"] or ""
    actions.edit_board(
        board_id=public_id,
        owner_id=call.voice_id,
        user_id=call.viewer.brand_actor_id,
        **data,
    )
    return _board(call, public_id)


@operation(id="board_delete", tag=TAG, scope="feed:write", gives=UndoOut)
def delete(call: Call, public_id: str) -> dict[str, Any]:
    """Take your board away. The pins stay: they belong to who made them."""
    token = actions.delete_board(
        board_id=public_id, owner_id=call.voice_id, user_id=call.viewer.brand_actor_id
    )
    return {"undo": token}


@operation(
    id="boards_undo",
    tag=TAG,
    scope="feed:write",
    takes=UndoIn,
    gives=UndoneOut,
    example={"undo": "s:k7m2p9qtxw4z"},
)
def undo(call: Call) -> dict[str, Any]:
    """Put back what an act of yours took away."""
    title = actions.undo(
        token=call.data["undo"], actor_id=call.voice_id, user_id=call.viewer.brand_actor_id
    )
    return {"title": title}


@operation(
    id="section_create",
    tag=TAG,
    scope="feed:write",
    takes=SectionIn,
    gives=SectionOut,
    status=201,
    example={"title": "Lamps"},
)
def create_section(call: Call, public_id: str) -> dict[str, Any]:
    """Make a section on a board that you keep."""
    made = actions.create_section(
        board_id=public_id,
        actor_id=call.voice_id,
        title=call.data["title"],
        user_id=call.viewer.brand_actor_id,
    )
    return {"id": made}


@operation(
    id="section_change",
    tag=TAG,
    scope="feed:write",
    takes=SectionIn,
    example={"title": "Glazes"},
)
def rename_section(call: Call, public_id: str, section_id: str) -> None:
    """Give a section another name."""
    actions.rename_section(
        board_id=public_id,
        section_id=section_id,
        actor_id=call.voice_id,
        title=call.data["title"],
        user_id=call.viewer.brand_actor_id,
    )


@operation(
    id="section_move",
    tag=TAG,
    scope="feed:write",
    takes=MoveSectionIn,
    example={"to": "up"},
)
def move_section(call: Call, public_id: str, section_id: str) -> None:
    """Move a section one place."""
    actions.move_section(
        board_id=public_id,
        section_id=section_id,
        actor_id=call.voice_id,
        up=call.data["to"] == "up",
        user_id=call.viewer.brand_actor_id,
    )


@operation(id="section_delete", tag=TAG, scope="feed:write", gives=UndoOut)
def delete_section(call: Call, public_id: str, section_id: str) -> dict[str, Any]:
    """Dissolve a section; its pins stay on the board."""
    token = actions.delete_section(
        board_id=public_id,
        section_id=section_id,
        actor_id=call.voice_id,
        user_id=call.viewer.brand_actor_id,
    )
    return {"undo": token}


@operation(
    id="board_pin_move",
    tag=TAG,
    scope="feed:write",
    takes=MovePinIn,
    gives=StandsOut,
    example={"to": "first"},
)
def move_pin(call: Call, public_id: str, pin_id: str) -> Moved:
    """Move a pin within its part of the board."""
    data = call.data
    if "to" in data:
        return actions.move_pin(
            board_id=public_id,
            pin_id=pin_id,
            actor_id=call.voice_id,
            direction=data["to"],
            user_id=call.viewer.brand_actor_id,
        )
    return actions.move_pin_beside(
        board_id=public_id,
        pin_id=pin_id,
        actor_id=call.voice_id,
        user_id=call.viewer.brand_actor_id,
        beside=data.get("before") or data["behind"],
        behind="behind" in data,
    )


@operation(
    id="board_pins_move",
    tag=TAG,
    scope="feed:write",
    takes=MovePinsIn,
    gives=MovedOut,
    example={"pins": ["k7m2p9qtxw4z"], "to_section": "h4t8w2kzq9mp"},
)
def move_pins(call: Call, public_id: str) -> dict[str, Any]:
    """Move several pins to another board or section."""
    data = call.data
    count, token = actions.move_pins(
        board_id=public_id,
        pin_ids=data["pins"],
        actor_id=call.voice_id,
        to_board=data["to_board"],
        to_section=data["to_section"],
        user_id=call.viewer.brand_actor_id,
    )
    return {"count": count, "undo": token}


@operation(
    id="board_pins_remove",
    tag=TAG,
    scope="feed:write",
    takes=PinsIn,
    gives=MovedOut,
    example={"pins": ["k7m2p9qtxw4z"]},
)
def remove_pins(call: Call, public_id: str) -> dict[str, Any]:
    """Take several pins off the board."""
    count, token = actions.remove_pins(
        board_id=public_id,
        pin_ids=call.data["pins"],
        actor_id=call.voice_id,
        user_id=call.viewer.brand_actor_id,
    )
    return {"count": count, "undo": token}


class LinkOut(Out):
    """The address with which whoever has it looks at the board."""

    url = serializers.CharField()


@operation(id="board_link_make", tag=TAG, scope="feed:write", gives=LinkOut)
def make_link(call: Call, public_id: str) -> dict[str, Any]:
    """Make a link that lets whoever has it look at your secret board; the same one while it
    lasts."""
    key = actions.make_link(
        board_id=public_id, owner_id=call.voice_id, user_id=call.viewer.brand_actor_id
    )
    path = reverse("feed:board_follow_link", kwargs={"key": key})
    return {"url": call.plain_request.build_absolute_uri(path)}


@operation(id="board_link_end", tag=TAG, scope="feed:write")
def end_link(call: Call, public_id: str) -> None:
    """End the link: it shows nothing from now on, to nobody."""
    actions.end_link(board_id=public_id, owner_id=call.voice_id, user_id=call.viewer.brand_actor_id)


class NoteOut(Out):
    """What the note says now, and what `undo` takes to have the one before back ('' where there was
    none)."""

    note = serializers.CharField(source="text")
    undo = serializers.CharField()


@operation(
    id="board_note_change",
    tag=TAG,
    scope="feed:write",
    takes=NoteIn,
    gives=NoteOut,
    example={"note": "Start from this wall colour."},
)
def write_note(call: Call, public_id: str, pin_id: str) -> NoteChange:
    """Say something of a pin that you saved on a board, or take it back with an empty note. The
    owner of the board may take away what others wrote."""
    return actions.write_note(
        board_id=public_id,
        pin_id=pin_id,
        actor_id=call.voice_id,
        text=call.data["note"],
        user_id=call.viewer.brand_actor_id,
    )


@operation(
    id="board_member_invite",
    tag=TAG,
    scope="feed:write",
    takes=HandleIn,
    limit=INVITATIONS,
    example={"handle": "noor"},
)
def invite(call: Call, public_id: str) -> None:
    """Ask somebody to keep the board with you."""
    actions.invite_member(
        board_id=public_id,
        owner_id=call.voice_id,
        handle=call.data["handle"],
        user_id=call.viewer.brand_actor_id,
    )


@operation(id="board_member_remove", tag=TAG, scope="feed:write", gives=UndoOut)
def remove_member(call: Call, public_id: str, member_id: str) -> dict[str, Any]:
    """Take somebody off your board. What they saved stays."""
    _name, token = actions.remove_member(
        board_id=public_id,
        owner_id=call.voice_id,
        member_id=member_id,
        user_id=call.viewer.brand_actor_id,
    )
    return {"undo": token}


@operation(
    id="board_invitation_answer",
    tag=TAG,
    scope="feed:write",
    takes=AcceptIn,
    example={"accept": True},
)
def answer_invitation(call: Call, public_id: str) -> None:
    """Join a board to which you are invited, or decline."""
    actions.answer_invitation(
        board_id=public_id,
        profile_id=call.voice_id,
        accept=call.data["accept"],
        user_id=call.viewer.brand_actor_id,
    )


@operation(id="board_leave", tag=TAG, scope="feed:write", gives=UndoOut)
def leave(call: Call, public_id: str) -> dict[str, Any]:
    """Leave a board that you joined."""
    _title, token = actions.leave_board(
        board_id=public_id, profile_id=call.voice_id, user_id=call.viewer.brand_actor_id
    )
    return {"undo": token}
