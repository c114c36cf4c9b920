"""Writes to people, brands, follows and addresses."""

from accounts.actions.addresses import (
    delete_address,
    make_default_address,
    restore_address,
    save_address,
)
from accounts.actions.brands import (
    approve_brand,
    create_brand,
    reject_brand,
    restore_brand,
    submit_brand,
    suspend_brand,
)
from accounts.actions.erasing import (
    close_brand,
    erase_account,
    hold_actor,
    hold_profiles,
)
from accounts.actions.follows import follow, unfollow
from accounts.actions.hiding import (
    block,
    hold_blocks,
    mute,
    mute_word,
    unblock,
    unmute,
    unmute_word,
)
from accounts.actions.invitations import (
    accept_invitation,
    invite,
    resend_invitation,
    withdraw_invitation,
)
from accounts.actions.log_ins import end_session, end_sessions
from accounts.actions.organizations import (
    hold_organization,
    leave_organization,
    restore_organization,
    save_organization,
)
from accounts.actions.people import (
    change_unread_count,
    choose_interests,
    choose_letter_keys,
    create_person,
    follow_topic,
    restore_person,
    set_bag_count,
    suspend_person,
    unfollow_topic,
)
from accounts.actions.profiles import profile_token, restore_profile, update_profile
from accounts.actions.providers import connect_provider, disconnect_provider, note_use
from accounts.actions.sessions import count_try, log_in, switch_buying, switch_identity
from accounts.actions.team import (
    add_member,
    change_role,
    remove_colleague,
    remove_member,
    restore_colleague,
    restore_member,
)
from accounts.actions.team_log import record_act
from accounts.actions.tokens import create_token, revoke_token
from accounts.actions.traders import (
    let_check_expire,
    mark_trader_checked,
    save_trader,
    set_pictures,
    set_verified,
)
from accounts.documents import index_profiles

__all__ = [
    "accept_invitation",
    "add_member",
    "approve_brand",
    "block",
    "change_role",
    "change_unread_count",
    "choose_interests",
    "choose_letter_keys",
    "close_brand",
    "connect_provider",
    "count_try",
    "create_brand",
    "create_person",
    "create_token",
    "delete_address",
    "disconnect_provider",
    "end_session",
    "end_sessions",
    "erase_account",
    "follow",
    "follow_topic",
    "hold_actor",
    "hold_blocks",
    "hold_organization",
    "hold_profiles",
    "index_profiles",
    "invite",
    "leave_organization",
    "let_check_expire",
    "log_in",
    "make_default_address",
    "mark_trader_checked",
    "mute",
    "mute_word",
    "note_use",
    "profile_token",
    "record_act",
    "reject_brand",
    "remove_colleague",
    "remove_member",
    "resend_invitation",
    "restore_address",
    "restore_brand",
    "restore_colleague",
    "restore_member",
    "restore_organization",
    "restore_person",
    "restore_profile",
    "revoke_token",
    "save_address",
    "save_organization",
    "save_trader",
    "set_bag_count",
    "set_pictures",
    "set_verified",
    "submit_brand",
    "suspend_brand",
    "suspend_person",
    "switch_buying",
    "switch_identity",
    "unblock",
    "unfollow",
    "unfollow_topic",
    "unmute",
    "unmute_word",
    "update_profile",
    "withdraw_invitation",
]
