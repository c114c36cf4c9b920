"""Writes: a question asked, a question answered."""

from messaging.actions.asking import ask, mark_answered

__all__ = ["ask", "mark_answered"]
