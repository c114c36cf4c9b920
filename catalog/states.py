"""Along which ways a product or a service may move; a take-down stands beside and outranks it."""

from catalog.types import ProductState

MOVES: dict[ProductState, frozenset[ProductState]] = {
    ProductState.DRAFT: frozenset({ProductState.PUBLISHED, ProductState.ARCHIVED}),
    ProductState.PUBLISHED: frozenset({ProductState.ARCHIVED, ProductState.DRAFT}),
    ProductState.ARCHIVED: frozenset({ProductState.PUBLISHED, ProductState.DRAFT}),
}


# What is written down of a take-down and its end, in the place of a state.
TAKEN_DOWN = "taken down"


def may_move(*, current: str, target: str) -> bool:
    """Whether the seller may move a product or service from `current` to `target`."""
    return ProductState(target) in MOVES[ProductState(current)]
