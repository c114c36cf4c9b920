"""From which state a profile may move to which. Pure."""

MOVES: dict[str, frozenset[str]] = {
    "": frozenset({"draft", "submitted", "approved"}),
    "draft": frozenset({"submitted", "closed"}),
    "submitted": frozenset({"approved", "rejected", "closed"}),
    "rejected": frozenset({"submitted", "approved", "closed"}),
    "approved": frozenset({"suspended", "closed"}),
    "suspended": frozenset({"approved"}),
    "closed": frozenset(),
}


def may_move(from_state: str, to_state: str) -> bool:
    """Whether the move is on the graph."""
    return to_state in MOVES[from_state]
