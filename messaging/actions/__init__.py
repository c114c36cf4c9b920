"""Writes: a question asked, a quote requested, a question answered."""

from messaging.actions.asking import ask, mark_answered
from messaging.actions.briefs import request_quote

__all__ = ["ask", "mark_answered", "request_quote"]
