"""From which state a profile may move to which. Pure."""

MOVES: dict[str, frozenset[str]] = {
    "": frozenset({"draft", "submitted", "approved"}),
    "draft": frozenset({"submitted", "approved"}),
    "submitted": frozenset({"approved", "rejected"}),
    "rejected": frozenset({"submitted", "approved"}),
    "approved": frozenset({"suspended"}),
    "suspended": frozenset({"approved"}),
}


def may_move(from_state: str, to_state: str) -> bool:
    """Whether the move is on the graph."""
    return to_state in MOVES[from_state]
