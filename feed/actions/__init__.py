"""Writes of the feed."""

from feed.actions.arranging import move_pin, move_pin_beside, move_pins, remove_pins
from feed.actions.boards import create_board, delete_board, edit_board
from feed.actions.comments import (
    delete_comment,
    edit_comment,
    open_comments,
    put_back_comment,
    restore_comment,
    take_down_comment,
    wipe_deleted,
    write_comment,
)
from feed.actions.editing import edit_pin
from feed.actions.follows import (
    follow_board,
    follow_hashtag,
    unfollow_board,
    unfollow_hashtag,
)
from feed.actions.hashtags import forget_hashtags, mend_hashtags
from feed.actions.likes import like_comment, like_pin, unlike_comment, unlike_pin
from feed.actions.links import end_link, make_link
from feed.actions.members import answer_invitation, invite_member, leave_board, remove_member
from feed.actions.notes import take_down_note, write_note
from feed.actions.pins import create_pin, pin_from_product, restore_pin, take_down_pin
from feed.actions.portfolio import show_service
from feed.actions.products import save_product, unsave_product
from feed.actions.publishing import (
    delete_pin,
    drop_deleted,
    publish_due,
    publish_pin,
    schedule_pin,
    undelete_pin,
    unpublish_pin,
)
from feed.actions.saving import save_pin, save_to_new_board, unsave_pin
from feed.actions.sections import create_section, delete_section, move_section, rename_section
from feed.actions.services import save_service, unsave_service
from feed.actions.undoing import drop_old, undo
from feed.actions.versions import restore_version
from feed.popularity import refresh as refresh_popularity

__all__ = [
    "answer_invitation",
    "create_board",
    "create_pin",
    "create_section",
    "delete_board",
    "delete_comment",
    "delete_pin",
    "delete_section",
    "drop_deleted",
    "drop_old",
    "edit_board",
    "edit_comment",
    "edit_pin",
    "end_link",
    "follow_board",
    "follow_hashtag",
    "forget_hashtags",
    "invite_member",
    "leave_board",
    "like_comment",
    "like_pin",
    "make_link",
    "mend_hashtags",
    "move_pin",
    "move_pin_beside",
    "move_pins",
    "move_section",
    "open_comments",
    "pin_from_product",
    "publish_due",
    "publish_pin",
    "put_back_comment",
    "refresh_popularity",
    "remove_member",
    "remove_pins",
    "rename_section",
    "restore_comment",
    "restore_pin",
    "restore_version",
    "save_pin",
    "save_product",
    "save_service",
    "save_to_new_board",
    "schedule_pin",
    "show_service",
    "take_down_comment",
    "take_down_note",
    "take_down_pin",
    "undelete_pin",
    "undo",
    "unfollow_board",
    "unfollow_hashtag",
    "unlike_comment",
    "unlike_pin",
    "unpublish_pin",
    "unsave_pin",
    "unsave_product",
    "unsave_service",
    "wipe_deleted",
    "write_comment",
    "write_note",
]
