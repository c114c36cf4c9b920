"""Telling people, and what they do with it."""

from notifications.actions.live import push_live
from notifications.actions.preferences import mute_kind, restore_preferences, save_preferences
from notifications.actions.reading import forget_notices, mark_all_read, mark_read, pass_over
from notifications.actions.telling import notify

__all__ = [
    "forget_notices",
    "mark_all_read",
    "mark_read",
    "mute_kind",
    "notify",
    "pass_over",
    "push_live",
    "restore_preferences",
    "save_preferences",
]
