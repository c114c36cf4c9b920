"""Writes: a question asked, a quote requested, a question answered."""

from messaging.actions.asking import ask, mark_answered
from messaging.actions.briefs import request_quote
from messaging.actions.enquiries import ANSWERING_ROLES

__all__ = ["ANSWERING_ROLES", "ask", "mark_answered", "request_quote"]
