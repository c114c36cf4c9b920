"""What a message on a page offers beside its words: `templates/components/toast.html` reads it out
of the message's extra tags."""

from __future__ import annotations


def undo_by(address: str) -> str:
    """The tag of a message with Undo: a POST to this address takes back what the message tells of.
    No tag for "": nothing does."""
    return f"undo:{address}" if address else ""


def see_bag(address: str) -> str:
    """The tag of a message with a link to the bag, which is at this address."""
    return f"bag:{address}"
