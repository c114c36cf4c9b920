"""Writes of reviews: by their authors, and by operators."""

from reviews.actions.counting import count_again
from reviews.actions.deciding import put_back_review, take_down_review
from reviews.actions.writing import delete_review, drop_deleted, restore_review, write_review

__all__ = [
    "count_again",
    "delete_review",
    "drop_deleted",
    "put_back_review",
    "restore_review",
    "take_down_review",
    "write_review",
]
